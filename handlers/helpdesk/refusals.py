"""Why an act of the staff is refused, by kind, so that each place where they work says it in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """One reason not to do what was asked."""

    YOURS = "yours"  # taken by whoever wants to take it
    HELD = "held"  # by a colleague
    CLOSED = "closed"
    OPEN = "open"
    UNREAD = "unread"  # the person wrote something that nobody read yet
    NOTHING = "nothing"  # there are no words and no file to pass on
    NOBODY = "nobody"  # of this name
    SEVERAL = "several"  # of this name
    AWAY = "away"  # a colleague who is off duty
    NO_TEAM = "no_team"
    NO_PLACE = "no_place"
    NO_INCIDENT = "no_incident"
    NO_MOMENT = "no_moment"  # nobody can tell until when to put it off
    TOO_LATE = "too_late"  # it would come back after the person's cutoff
    NO_LABEL = "no_label"  # no word that may be one
    TYPED = "typed"  # a deadline or a sum that the person's own data would fill in
    UNFILLED = "unfilled"  # a place in braces that nobody can fill


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why, and whom or what it is about: the name of a colleague, a team, a place."""

    why: Why
    of: str = ""
