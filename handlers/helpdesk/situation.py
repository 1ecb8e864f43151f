"""What an act of the staff is decided on, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.helpdesk.outside import Place
from handlers.helpdesk.refusals import Refusal
from programme.helpdesk import CannedReply
from programme.model.messages import Attachment, Button, Message
from programme.model.staff import Role, StaffMember
from programme.model.tickets import Ticket, TicketState

NEW_INCIDENT = "baru"
"""What staff name in place of an incident's number to begin one."""


@dataclass(frozen=True, slots=True)
class Running:
    """An open incident with its latest news."""

    id: int
    name: str
    news: str | None = None


def _nowhere(_name: str) -> Place | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What an act is decided on. `now` is UTC; `unseen` says that the person wrote something not yet shown.

    `away` are colleagues who are off duty. `places` are the likely ones outside, `elsewhere` finds any other.
    `fill` puts what is known into a reply kept ready, `show` does so for the eyes of staff.
    """

    ticket: Ticket
    member: StaffMember
    now: datetime
    colleagues: Mapping[str, str]  # names by `StaffMember.who`
    known: bool = True  # whether the member worked at the helpdesk before
    away: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    canned: Mapping[str, CannedReply] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    elsewhere: Callable[[str], Place | None] = _nowhere
    incidents: Mapping[int, Running] = field(default_factory=dict)
    unseen: bool = False
    attachment: Attachment | None = None
    fill: Callable[[str], str] = str
    show: Callable[[str], str] = str
    quote: str = ""

    @property
    def owns(self) -> bool:
        """Whether the member holds the ticket."""
        return self.ticket.state is TicketState.HELD and self.ticket.owner == self.member.who

    @property
    def leads(self) -> bool:
        """Whether the member may decide over others' tickets."""
        return self.member.role.covers(Role.SUPERVISOR)

    @property
    def holder(self) -> str:
        """Name whoever holds the ticket."""
        return self.colleagues.get(self.ticket.owner or "", "petugas lain")

    def place(self, name: str) -> Place | None:
        """Return the place outside that staff call `name`."""
        return self.places.get(name) or (self.elsewhere(name) if name else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDecision:
    """What comes of an act. `told` is for the staff, HTML, with `keys` below; `said` is the agent's own words.

    `refusal` says by kind why nothing is done. `opens_incident` ties the ticket to an incident of its kind, which
    begins with it where there is none.
    """

    ticket: Ticket
    replies: tuple[Message, ...] = ()
    told: str = ""
    keys: tuple[tuple[Button, ...], ...] = ()
    said: str = ""
    note: str = ""
    done: bool = True
    refusal: Refusal | None = None
    muted: bool | None = None
    show_card: bool = False
    opens_incident: bool = False
