"""Broadcast: a message to many, to whom it goes and when, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from programme.model.fingerprint import fingerprint
from programme.model.messages import Message
from programme.model.milestones import Milestone
from programme.model.receipts import ReceiptState
from programme.model.staff import ConsoleWished, Role
from programme.model.whatsapp_outlook import OverWhatsApp, WhatsAppOutlook
from programme.model.zones import Zone

MAY_BROADCAST = Role.SUPERVISOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is meant. Empty fields leave everybody in; people with reminders off are never meant.

    `reached` must all be reached; of `not_reached` none. All of it is asked again right before sending.
    A person without a zone counts as living in WIB. `new_to` is the fingerprint of words: whoever has them
    already, or perhaps has them, is left out. `linked` asks whether official data is known of somebody. `got` is a
    broadcast: only who got that one, or perhaps got it, is meant, and `left_with_it` only who still has its former
    words, because they could not be taken back or corrected there. `listed` is a list of people, `share` a percentage
    of everybody: the same people each time, and all of them in any larger share.
    """

    waves: tuple[int, ...] = ()
    reached: tuple[Milestone, ...] = ()
    not_reached: tuple[Milestone, ...] = ()
    zones: tuple[Zone, ...] = ()
    new_to: str | None = None
    linked: bool | None = None
    got: int | None = None
    left_with_it: bool = False
    listed: int | None = None
    share: int | None = None


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    WAITING_APPROVAL = "waiting_approval"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Whether nothing more goes out unless somebody retries."""
        return self in {BroadcastState.DONE, BroadcastState.CANCELLED, BroadcastState.FAILED}


class Halt(StrEnum):
    """Why a broadcast was paused by itself."""

    REFUSED = "the messenger refuses all of it"
    ACCOUNT = "the messenger refuses our account"


class BroadcastAct(StrEnum):
    """What staff can do with a broadcast that was ordered."""

    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"


POSSIBLE: Mapping[BroadcastAct, frozenset[BroadcastState]] = MappingProxyType(
    {
        BroadcastAct.APPROVE: frozenset({BroadcastState.WAITING_APPROVAL}),
        BroadcastAct.PAUSE: frozenset({BroadcastState.RUNNING, BroadcastState.SCHEDULED}),
        BroadcastAct.RESUME: frozenset({BroadcastState.PAUSED}),
        BroadcastAct.CANCEL: frozenset(state for state in BroadcastState if not state.is_final),
        BroadcastAct.RETRY: frozenset({BroadcastState.DONE}),
    }
)
"""In which states each act makes sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A broadcast before it is ordered.

    `messages` are by language; Indonesian is always there, and stands in for the others. `starts_at` None
    means now. `not_after` is the last moment at which it may still go out. With `again`, those who already
    have these words are meant too.
    """

    audience: Audience
    messages: Mapping[str, Message]
    starts_at: datetime | None = None
    not_after: datetime | None = None
    again: bool = False

    def fingerprint(self, now: datetime) -> str:
        """Name what it says when it is ordered at `now`; see `programme.model.fingerprint`."""
        return fingerprint(self.messages["id"].text, max(self.starts_at or now, now))

    def meant(self, now: datetime) -> Audience:
        """Return the audience without those who already have these words."""
        return replace(self.audience, new_to=None if self.again else self.fingerprint(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """How many people a broadcast leaves out, each counted once, for the first reason that fits.

    `not_chosen` did not get the broadcast that is asked for, are not on the list, not within the share, or are linked
    where those are meant who are not, or the other way round. `heard` already have these words. `unknown`
    are on the official list, but never wrote to the bot.
    """

    other_wave: int = 0
    other_zone: int = 0
    milestone: int = 0  # such as: bought already
    not_chosen: int = 0
    opted_out: int = 0
    unreachable: int = 0
    heard: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a broadcast would come to: people, duration at the account's rate, and cost in Stars.

    `not_after` is the cutoff that the audience itself implies, where there is one. `whatsapp` tells of those who get
    it there, None where nobody does; `cutoffs`, by wave, are those before which others must get it first, where its
    quota makes it last for days.
    """

    count: int
    exclusions: Exclusions
    lasts: timedelta
    stars: int
    needs_approval: bool
    not_after: datetime | None = None
    whatsapp: WhatsAppOutlook | None = None
    cutoffs: tuple[tuple[int, datetime], ...] = ()

    def latest_start(self, not_after: datetime) -> datetime:
        """Return the last moment to start at for everybody to be reached by `not_after`."""
        return not_after - self.lasts

    def cutoff_within(self, starts_at: datetime) -> tuple[int, datetime] | None:
        """Return the wave, and its cutoff, that comes first before a broadcast from `starts_at` on is through."""
        near = [each for each in self.cutoffs if starts_at < each[1] <= starts_at + self.lasts]
        return min(near, key=lambda each: each[1], default=None)


_NONE: Mapping[ReceiptState | None, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many messages stand where. `planned` counts the people that have had their row so far.

    `reasons` are why messages did not arrive, with their number, most first; where they were asked for. So is
    `receipts`: how far those came that WhatsApp took, None for what it has not told anything of.
    """

    planned: int = 0
    waiting: int = 0
    sent: int = 0
    failed: int = 0
    gone: int = 0
    unknown: int = 0
    cancelled: int = 0
    expired: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    receipts: Mapping[ReceiptState | None, int] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A broadcast that was ordered. `author` and `approver` are `StaffMember.who`; moments are in UTC.

    It was ordered at `ordered_at`; `began_at` and `ended_at` are None as long as that has not come.
    """

    id: int
    state: BroadcastState
    audience: Audience
    messages: Mapping[str, Message]
    author: str
    approver: str | None
    starts_at: datetime
    not_after: datetime | None
    expected: int
    exclusions: Exclusions = field(default_factory=Exclusions)
    reason: str | None = None
    over_whatsapp: OverWhatsApp = field(default_factory=OverWhatsApp)
    ordered_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def source(self) -> str:
        """The source of its deliveries."""
        return source_of(self.id)


def source_of(number: int) -> str:
    """Return the source of a broadcast's deliveries: each person gets one of a source."""
    return f"broadcast/{number}"


@dataclass(frozen=True, slots=True)
class BroadcastOrdered:
    """Staff wants this broadcast to go out, having seen what it comes to."""

    draft: Draft
    outlook: Forecast


@dataclass(frozen=True, slots=True)
class BroadcastActed:
    """Staff wants this done with a broadcast."""

    number: int
    act: BroadcastAct


BroadcastOrder = BroadcastOrdered | BroadcastActed
StaffOrder = BroadcastOrder | ConsoleWished
