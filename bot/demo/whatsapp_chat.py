"""One chat as it would be on WhatsApp: when the person was heard, and so what each message would go out as."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_bytes
from typing import Final

from bot.channels.buttons import ButtonSigner
from bot.channels.web.channel import FILES
from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.prices import SERVICE
from bot.look.whatsapp_outgoing import Outgoing, by_template, freely
from bot.store.repositories.chats import ChatMessage
from locales import speaking
from programme.model.messages import Kind, Link, Message
from programme.model.participants import Participant
from programme.model.windows import is_open
from programme.programme import Programme

MORE: Final = "page:"
"""How the id of a row begins that leads to a page of a list; its number follows."""

SIGNER: Final = ButtonSigner(token_bytes(32))
"""Writes what comes back when something is chosen on the page; what a process of before wrote is too old."""


@dataclass(slots=True, repr=False, eq=False)
class WhatsAppChat:
    """What was said in one chat, as far as WhatsApp's rules ask for it. `person` is whose it is, once that is known."""

    programme: Programme
    person: Participant | None = None
    _heard: list[datetime] = field(default_factory=list)
    _categories: dict[tuple[Kind, datetime], str] = field(default_factory=dict)

    def hear(self, post: ChatMessage) -> None:
        """Take note of a post of the person's own."""
        if post.own:
            self._heard.append(post.at)

    def clear(self) -> None:
        """Forget all of it."""
        self.person = None
        self._heard.clear()
        self._categories.clear()

    def outgoing(self, post: ChatMessage, page: int = 0) -> Outgoing:
        """Return what would go out for a post of ours."""
        kind = post.kind or Kind.REPLY
        message = without_files(post.message)
        with speaking(self.person.language if self.person else "id"):
            if kind is Kind.REPLY or self._is_open(post.at):
                outgoing = freely(message, SIGNER, page=page, more=lambda next_: f"{MORE}{next_}")
            else:
                outgoing = by_template(message, SIGNER, self._seconds_left(post.at))
        self._categories[kind, post.at] = outgoing.category
        return outgoing

    def category(self, kind: Kind | None, at: datetime) -> str:
        """Return as what Meta would charge the message of this kind and moment; nothing where none would go out."""
        return self._categories.get((kind or Kind.REPLY, at), SERVICE)

    def _is_open(self, at: datetime) -> bool:
        before = bisect_right(self._heard, at)
        return is_open(CHANNEL, self._heard[before - 1] if before else None, at)

    def _seconds_left(self, at: datetime) -> float | None:
        """Until the cutoff: what is said before it is of no use after it."""
        cutoff = self.programme.cutoff_of(self.person) if self.person else None
        return (cutoff.at - at).total_seconds() if cutoff is not None and at < cutoff.at else None


def files_of(message: Message) -> list[Link]:
    """Return the files that the page shows as links; on WhatsApp they are documents."""
    return [key for row in message.keys for key in row if isinstance(key, Link) and _is_file(key)]


def without_files(message: Message) -> Message:
    """Return it without them."""
    kept = [tuple(key for key in row if not (isinstance(key, Link) and _is_file(key))) for row in message.keys]
    keys = tuple(row for row in kept if row)
    return message if keys == message.keys else replace(message, keys=keys)


def _is_file(link: Link) -> bool:
    return link.url.startswith(f"{FILES}/")
