"""`sobat chat --channel whatsapp`: what WhatsApp would be given, without an account there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.channels.buttons import ButtonSigner
from bot.channels.channel import FREE, Held, NotHere, Terms
from bot.channels.whatsapp.addresses import CHANNEL
from bot.look.whatsapp_bubble import Choice
from bot.look.whatsapp_outgoing import Outgoing, by_template, freely
from bot.store.delivery_queue.receipts import reference_of
from locales import speaking
from programme.model.clock import Clock
from programme.model.deliveries import Claimed
from programme.model.messages import Action, Button, Kind, Message
from programme.model.windows import is_open

_MORE: Final = "page:"


@dataclass(slots=True)
class WhatsAppTerminal:
    """Keeps what would be posted until somebody shows it; refuses what WhatsApp would not carry."""

    clock: Clock
    signer: ButtonSigner
    name: str = CHANNEL
    _sent: dict[str, Outgoing] = field(default_factory=dict)

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Make the posts; whoever listens to the sender shows them. Raises NotHere or Held where there are none."""
        outgoing = self._outgoing(message, terms)
        if not outgoing.bodies:
            raise Held("waits until the person writes") if kind is Kind.STAFF else NotHere("no approved text")
        self._sent[terms.reference] = outgoing
        return terms.reference

    def sent(self, claimed: Claimed) -> Outgoing:
        """Return what a delivery went out as, once."""
        return self._sent.pop(reference_of(claimed), Outgoing())

    def page(self, message: Message, page: int, language: str) -> Outgoing:
        """Return a later page of a message's list."""
        with speaking(language):
            return freely(message, self.signer, page=page, more=_more)

    def chosen(self, label: str, message: Message, outgoing: Outgoing) -> Action | int | None:
        """Return what the button or row of this label does, or the page that it leads to; None where there is none."""
        for choice in choices_of(outgoing):
            if label in self._names(choice, message):
                return _page(choice) or self.signer.read(choice.id)
        return None

    def _names(self, choice: Choice, message: Message) -> Iterator[str]:
        """What a choice may be called: as it is shown, and by its label in full."""
        yield from (choice.title, choice.description)
        for key in (key for row in message.keys for key in row):
            if isinstance(key, Button) and self.signer.write(key.action) == choice.id:
                yield key.label

    def _outgoing(self, message: Message, terms: Terms) -> Outgoing:
        now = self.clock.now()
        with speaking(terms.language):
            if is_open(CHANNEL, terms.heard_at, now):
                return freely(message, self.signer, more=_more)
            left = None if terms.not_after is None else (terms.not_after - now).total_seconds()
            return by_template(message, self.signer, left)


def choices_of(outgoing: Outgoing) -> Iterable[Choice]:
    """Go through all buttons and rows of what went out."""
    return (choice for bubble in outgoing.bubbles for choice in (*bubble.replies, *bubble.rows))


def _more(page: int) -> str:
    return f"{_MORE}{page}"


def _page(choice: Choice) -> int | None:
    return int(choice.id.removeprefix(_MORE)) if choice.id.startswith(_MORE) else None
