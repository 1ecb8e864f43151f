"""Ticket: a complaint on its way to a person, what was said on it, and what a participant may wish of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from programme.model.messages import Attachment


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"  # for somebody to take it
    HELD = "held"  # somebody answers, and the bot is silent
    WITH_BOT = "with_bot"  # given back to the bot
    CLOSED = "closed"


class Handover(StrEnum):
    """Why the bot passed somebody on to people."""

    ASKED = "asked"  # they wanted somebody
    MISSED = "missed"  # the bot did not understand them
    UNHELPED = "unhelped"  # they were shown how to help themselves, and it did not help


class Author(StrEnum):
    """Who wrote an entry. What the person may not see is a note or the desk's."""

    PERSON = "person"
    BOT = "bot"
    AGENT = "agent"
    NOTE = "note"  # an agent to colleagues
    DESK = "desk"  # what happened to the ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One complaint. Moments are UTC. `fence` grows with every change, and every change re-checks it.

    `owner` is `StaffMember.who`. `waits_since` is when the person began to wait for somebody's word, None once
    answered. `concerned` is a platform's or payment partner's id. `outside` names where it was escalated to. `labels`
    are words of the staff, with a space before and behind each. Until `put_off_to` it is out of the queue.
    """

    id: int
    participant: int
    about: str
    opened_at: datetime
    concerned: str | None = None
    complaint: str = ""
    summary: str = ""
    heard: str = ""
    state: TicketState = TicketState.WAITING
    owner: str | None = None
    team: str | None = None
    fence: int = 0
    queued_at: datetime
    waits_since: datetime | None = None
    answered_at: datetime | None = None
    touched_at: datetime | None = None
    closed_at: datetime | None = None
    cutoff: datetime | None = None
    outside: str | None = None
    stars: int | None = None
    word: str | None = None
    reopened: int = 0
    incident: int | None = None
    why: Handover | None = None
    labels: str | None = None
    put_off_to: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be settled."""
        return self.state is not TicketState.CLOSED

    @property
    def labelled(self) -> tuple[str, ...]:
        """The labels, in the order in which they are read."""
        return tuple((self.labels or "").split())

    def is_put_off(self, now: datetime) -> bool:
        """Tell whether it is out of the queue at `now`."""
        return self.is_open and self.put_off_to is not None and self.put_off_to > now

    def can_reopen(self, now: datetime, within: timedelta) -> bool:
        """Tell whether an answer of the person reopens it at `now`."""
        return self.closed_at is not None and not self.is_open and now - self.closed_at <= within


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing said or done on a ticket. `text` is plain, secrets already cut out.

    `origin` names it at the channel where it was written, so that edits and replies find it; `replies_to` is
    the entry that it answers; `corrects` the one that it changes. `shown` is the id under which the staff
    see it.
    """

    ticket: int
    at: datetime
    author: Author
    text: str
    id: int = 0
    who: str | None = None
    attachment: Attachment | None = None
    origin: str | None = None
    replies_to: int | None = None
    corrects: int | None = None
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture that somebody sent while telling, with the words below it."""

    attachment: Attachment
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TicketWished:
    """The person wants somebody to look at this. `concerned` is the id of a platform or payment partner."""

    about: str
    concerned: str | None
    complaint: str
    summary: str
    pictures: tuple[Shot, ...] = ()
    why: Handover = Handover.ASKED


@dataclass(frozen=True, slots=True)
class TicketRated:
    """The person gives 1 to 5 stars."""

    ticket: int
    stars: int


@dataclass(frozen=True, slots=True)
class TicketWorded:
    """The person says a word about how they were helped."""

    ticket: int
    word: str


@dataclass(frozen=True, slots=True)
class TicketReopened:
    """The person says that it is not settled."""

    ticket: int


@dataclass(frozen=True, slots=True)
class SelfHelpOffered:
    """The person was offered what helps with such a matter, and need not be again."""

    about: str


TicketWish = SelfHelpOffered | TicketWished | TicketRated | TicketWorded | TicketReopened


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpdeskView:
    """What a conversation may know of the helpdesk; there is none where nobody is at work behind the bot.

    `ticket` is the person's latest. `place` (from 1) and `expected_at` are those of this ticket, or of one
    that would be opened now; `expected_at` None means that nothing honest can be said. `advised` are the matters
    for which self-help was offered lately.
    """

    hours: str
    open_now: bool
    opens_at: datetime | None = None
    ticket: Ticket | None = None
    place: int = 1
    expected_at: datetime | None = None
    can_reopen: bool = False
    incident_news: str | None = None
    advised: frozenset[str] = frozenset()
