"""The terminal as a channel: messages are kept for whoever reads them next."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from bot.channels.channel import FREE, Terms
from programme.model.messages import Kind, Message


@dataclass(slots=True)
class TerminalChannel:
    """Collects what was sent; it can't edit what was already shown."""

    name: str = "terminal"
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Take the message; whoever listens to the sender shows it."""
        return str(next(self._numbers))
