"""What every messenger must do, and the names of everything that can go wrong in sending.

SendFailure
├── Throttled      the messenger asks to wait; costs no attempt
├── Transient      not sent; may succeed later
│   └── Unreachable    nobody's message gets out now; costs no attempt
├── Ambiguous      may have been sent: the answer was lost
├── Gone           this person can't be reached here any more
├── Refused        this message will never be taken
└── Misconfigured  nobody's message will be taken until an operator acts
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from programme.model.messages import Kind, Message


class SendFailure(Exception):
    """A message was not, or perhaps not, delivered."""


class Throttled(SendFailure):
    """The messenger asks to wait `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"wait {retry_after:g} s")
        self.retry_after = retry_after


class Transient(SendFailure):
    """Not sent; it may succeed later."""


class Unreachable(Transient):
    """The messenger itself can't be reached: this says nothing about the message."""


class Ambiguous(SendFailure):
    """The answer was lost: the message may have arrived."""


class Gone(SendFailure):
    """The person blocked the bot, or the account no longer exists."""


class Refused(SendFailure):
    """The messenger will never take this message."""


class Misconfigured(SendFailure):
    """The token or the account is wrong: an operator must act."""


class Channel(Protocol):
    """One messenger."""

    @property
    def name(self) -> str:
        """Name the channel in the store: `telegram`, `web`, `terminal`."""
        ...

    async def send(self, address: str, message: Message, *, kind: Kind = Kind.REPLY, edits: str | None = None) -> str:
        """Send a message, or put it in place of the one with the id `edits`; return the provider's id.

        `kind` lets a channel send in bulk what nobody is waiting for. Raises a `SendFailure`.
        """
        ...


@runtime_checkable
class Warmable(Protocol):
    """A messenger whose connections are worth opening before a great many messages."""

    async def warm(self, count: int) -> None:
        """Have `count` connections open; failing does no harm."""
        ...


@runtime_checkable
class Forgetful(Protocol):
    """A messenger that keeps something of people in memory."""

    def forget(self, address: str) -> None:
        """Drop all of it that belongs to whoever is at this address."""
        ...
