"""What every channel must do, and the names of everything that can go wrong in sending.

SendFailure
├── ChannelStopped  nobody's message gets out for a while; costs no attempt
│   ├── Throttled       the channel asks to wait
│   └── Misconfigured   it takes nothing until an operator acts
├── Transient       not sent; may succeed later
│   ├── Unreachable     the channel itself can't be reached; costs no attempt
│   └── Postponed       not to this person now; costs no attempt
├── Held            waits until the person writes
│   ├── Asked           and they were asked to, just now
│   └── AskedAlready    and they were asked to, a while ago
├── Ambiguous       may have been sent: the answer was lost
├── NotHere         not on this channel: the person's other one may carry it
│   ├── TooLate         not in time any more
│   └── Nobody          it says that nobody is there, and may be wrong
├── Gone            this person can't be reached here any more
└── Refused         this message will never be taken
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Protocol, runtime_checkable

from programme.model.deliveries import Outcome
from programme.model.messages import Kind, Message
from programme.model.receipts import Receipt


class SendFailure(Exception):
    """A message was not, or perhaps not, delivered. What follows from that is part of it."""

    outcome: ClassVar[Outcome] = Outcome.FAILED
    costs_attempt: ClassVar[bool] = True
    retry_after: float | None = None
    """Seconds until the next try makes sense; None where that grows with the number of tries."""


class ChannelStopped(SendFailure):
    """Nobody else's message gets out either, for `retry_after` seconds."""

    outcome = Outcome.LATER
    costs_attempt = False
    retry_after: float = 60.0


class Throttled(ChannelStopped):
    """The channel asks to wait `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"wait {retry_after:g} s")
        self.retry_after = retry_after


class Transient(SendFailure):
    """Not sent; it may succeed later."""

    outcome = Outcome.LATER


class Unreachable(Transient):
    """The channel itself can't be reached: this says nothing about the message."""

    costs_attempt = False


class Postponed(Transient):
    """Not to this person for `retry_after` seconds: they have had too much, or a day's measure is full."""

    costs_attempt = False

    def __init__(self, retry_after: float, why: str) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Held(SendFailure):
    """The channel takes it once the person has written there again."""

    outcome = Outcome.HELD
    costs_attempt = False


class Asked(Held):
    """The same, and the person was asked just now to write; the name of this stands in `deliveries.ASKED`."""


class AskedAlready(Held):
    """The same, and the person was asked to write for another message that waits."""


class Ambiguous(SendFailure):
    """The answer was lost: the message may have arrived. Sent again only where silence is worse than twice."""

    outcome = Outcome.UNKNOWN
    retry_after = 5.0


class NotHere(SendFailure):
    """This channel will not carry this message to this person; of others it says nothing."""

    outcome = Outcome.NOT_HERE


class TooLate(NotHere):
    """It would not arrive in time here; nowhere else, it expired. The name of this stands in `deliveries.TOO_LATE`."""


class Nobody(NotHere):
    """The channel says that nobody is there. Now and then it is wrong: believed once it is said twice, a day apart."""


class Gone(SendFailure):
    """The person blocked the bot, or the account no longer exists."""

    outcome = Outcome.GONE


class Refused(SendFailure):
    """The channel will never take this message."""


class Misconfigured(ChannelStopped):
    """The token or the account is wrong: an operator must act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a message goes out, for a channel that has rules about it.

    `reference` names the delivery in what the channel tells of it later, `participant` whose it is. `heard_at` is
    when the person wrote last from there, in UTC; None for just now. `not_after` is when the message is of no use
    any more. `language` is the person's, for what the channel itself adds.
    """

    reference: str = ""
    participant: int | None = None
    heard_at: datetime | None = None
    not_after: datetime | None = None
    language: str = "id"


FREE: Final = Terms()


class Channel(Protocol):
    """One channel."""

    name: str
    """Of the channel in the store: `telegram`, `whatsapp`, `web`, `terminal`."""

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Send a message, or put it in place of the one with the id `edits`; return the provider's id.

        `kind` lets a channel send in bulk what nobody is waiting for. A message that takes back has the one with the
        id `edits` go away; where it is gone already, that is done. What is in bulk and can't be put in the place of
        another is Refused, never sent beside it. Raises a `SendFailure`.
        """
        ...


@runtime_checkable
class Warmable(Protocol):
    """A channel whose connections are worth opening before a great many messages."""

    async def warm(self, count: int) -> None:
        """Have `count` connections open; failing does no harm."""
        ...


@runtime_checkable
class Reporting(Protocol):
    """A channel that tells later what became of a message."""

    def failure(self, receipt: Receipt) -> SendFailure:
        """Return what a receipt of a message that did not arrive means, in the words of the tree above."""
        ...


@runtime_checkable
class Forgetful(Protocol):
    """A channel that keeps something of people in memory."""

    def forget(self, address: str) -> None:
        """Drop all of it that belongs to whoever is at this address."""
        ...
