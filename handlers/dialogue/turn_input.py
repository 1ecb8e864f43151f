"""Input and outcome of a turn: what it starts from, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.dialogue.question import LEFT_OPEN
from handlers.dialogue.reply import Reply
from handlers.dialogue.why import Why
from handlers.understanding import Understanding
from programme.model.broadcasts import StaffOrder
from programme.model.controllers import DataController
from programme.model.dialogues import Dialogue
from programme.model.events import Event, RosterMatched
from programme.model.linking import LinkWish
from programme.model.messages import Incoming, Key, Matter, Message
from programme.model.participants import Participant
from programme.model.ports import ReminderPlanner, StaffQueries
from programme.model.tickets import HelpdeskView, TicketWish
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """The person just shared a number that is vouched to be their own; `roster` is what is known of it."""

    roster: RosterMatched | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnInput:
    """What is known when a message comes in. `now` is UTC; a `dialogue` that is over is only kept in mind.

    `last` is the message that the person was sent last, which may give their words a meaning. `controller` answers for
    their data. `refused` are the families of what the words refuse, `complains` tells
    whether they say that the last answer missed.
    """

    incoming: Incoming
    participant: Participant
    programme: Programme
    reminders: ReminderPlanner
    now: datetime
    dialogue: Dialogue | None = None
    shared: SharedNumber | None = None
    staff: StaffQueries | None = None
    helpdesk: HelpdeskView | None = None
    last: Message | None = None
    controller: DataController | None = None
    refused: frozenset[str] = frozenset()
    complains: bool = False

    @property
    def offered(self) -> tuple[Key, ...]:
        """The buttons of the last message."""
        return tuple(key for row in self.last.keys for key in row) if self.last is not None else ()

    @property
    def matter(self) -> Matter | None:
        """What the last message was about."""
        return self.last.about if self.last is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOutcome:
    """What a message led to: the words to say, what was decided, and the dialogue that is open now.

    A dialogue with id 0 is new. `missed` is the understanding of a text that was not certain,
    `why` explains the answer to a text.
    """

    participant: Participant
    reply: Reply
    events: tuple[Event, ...] = ()
    orders: tuple[StaffOrder, ...] = ()
    wishes: tuple[TicketWish, ...] = ()
    links: tuple[LinkWish, ...] = ()
    dialogue: Dialogue | None = None
    intent: str | None = None
    confidence: float | None = None
    missed: Understanding | None = None
    why: Why | None = None

    @property
    def asks(self) -> bool:
        """Whether a question waits for its answer; one that was only left open doesn't."""
        return self.dialogue is not None and self.dialogue.asked not in {None, *LEFT_OPEN}

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages to send, in order."""
        return self.reply.messages
