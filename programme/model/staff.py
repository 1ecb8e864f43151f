"""Staff: roles, each including what the ones before it may do, and the members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LINK_LASTS = timedelta(minutes=2)
"""How long a link into the console may be used, once."""


class Role(StrEnum):
    """What a member of staff may do, from the least to the most."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"

    def covers(self, needed: Role) -> bool:
        """Tell whether this role may do what `needed` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class ConsoleWished:
    """A member of the staff wants into the console."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person of the staff, known by the channel address from which they write.

    On the command line that is the channel `terminal` and the login name.
    """

    channel: str
    address: str
    role: Role
    name: str

    @property
    def who(self) -> str:
        """Name the member in records: `telegram:12345`."""
        return f"{self.channel}:{self.address}"
