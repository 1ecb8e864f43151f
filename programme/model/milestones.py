"""The participant's path through the programme, one milestone a step (FACTS, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Milestone(StrEnum):
    """A step on the path, in the order in which participants take them."""

    PASSED = "passed"
    INDUCTION_WATCHED = "induction_watched"
    BALANCE_SEEN = "balance_seen"
    BOUGHT = "bought"
    COMPLETED = "completed"
    CERTIFIED = "certified"
    REVIEWED = "reviewed"
    ACCOUNT_CONNECTED = "account_connected"
    INCENTIVE_PAID = "incentive_paid"
    SURVEYED = "surveyed"

    @property
    def position(self) -> int:
        """Where the milestone stands on the path, from 0."""
        return list(Milestone).index(self)


class Source(StrEnum):
    """Who says so: the person, the person who saw it in their dashboard, or the programme's own records."""

    SELF = "self"
    SEEN = "seen"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone that was reached: on which day (that of WIB for a purchase), where it was bought, and who says so."""

    milestone: Milestone
    on: date | None = None
    platform: str | None = None
    source: Source = Source.SELF
