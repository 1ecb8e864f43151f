"""Approach: how somebody is written to who has not written within a day, by which approved text, and how many a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.channel import Held, NotHere, SendFailure, Terms, TooLate
from bot.channels.whatsapp.asking import Asking
from bot.channels.whatsapp.template_book import TemplateBook
from bot.channels.whatsapp.templates import WITHOUT_PICTURE, Template, choose
from bot.channels.whatsapp.tier import Tier
from programme.model.clock import Clock
from programme.model.messages import Kind, Message

Stopped = Callable[[Template, str], None]
"""Hears that Meta does not carry a template any more, and why."""

NOTHING_ASKS = "waits until the person writes, and nothing asks them to"


def _nobody(_template: Template, _why: str) -> None:
    return


@dataclass(slots=True)
class Approach:
    """Chooses the approved text that arrives in time, as far as the day's measure of people goes.

    `on_stop` hears of a template that Meta refused.
    """

    book: TemplateBook
    tier: Tier
    clock: Clock
    asking: Asking
    on_stop: Stopped = _nobody

    async def template_for(self, message: Message, kind: Kind, terms: Terms) -> Template:
        """Return the text to send in place of `message`.

        Raises NotHere where there is none, TooLate where none would arrive in time, Held for an answer of the staff
        that nothing stands for, Postponed where as many people as a day allows were written to.
        """
        if kind is Kind.REPLY:
            raise NotHere("the person wrote more than a day ago")
        template = self._chosen(message, self._seconds_left(message, terms))
        if template is None:
            raise self._without_text(message, kind)
        await self.tier.allow(terms.participant, kind)
        return template

    def sent(self, template: Template) -> None:
        """Remember that it was used."""
        self.book.sent(template.name, template.language)

    def stopped(self, template: Template, why: str) -> None:
        """Send it no more."""
        self.book.bar(template.name, template.language)
        self.on_stop(template, why)

    def _seconds_left(self, message: Message, terms: Terms) -> float | None:
        until = message.notice.until if message.notice is not None else None
        ends = min((moment for moment in (terms.not_after, until) if moment is not None), default=None)
        return None if ends is None else (ends - self.clock.now()).total_seconds()

    def _chosen(self, message: Message, seconds_left: float | None) -> Template | None:
        """Choose by the notice; of a plain one a text without a picture goes before, and any before silence."""
        notice = message.notice
        if notice is None:
            return None
        names = (f"{notice.name}{WITHOUT_PICTURE}", notice.name) if notice.plain else (notice.name,)
        found = (choose(name, notice.language, seconds_left, self.book.usable) for name in names)
        return next((one for one in found if one is not None), None)

    def _without_text(self, message: Message, kind: Kind) -> SendFailure:
        if kind is Kind.STAFF:
            return Held(NOTHING_ASKS)
        if self._chosen(message, None) is None:
            return NotHere("no approved text can be sent")
        return TooLate("no approved text would arrive in time")
