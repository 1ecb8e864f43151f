"""How sure a fact is, who says so, and as of when: carried by everything the bot may say."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)

_AS_OF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Certainty(StrEnum):
    """How a fact came to be. Only the first two may be told to a participant as they are."""

    PUBLISHED = "published"  # printed by the programme or the press
    DERIVED = "derived"  # computed by a published rule
    UNSURE = "unsure"  # never told as certain: a person answers


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value_co]):
    """One value with its source and the day, month or year as of which the source vouches for it."""

    value: Value_co
    source: str
    as_of: str
    certainty: Certainty = Certainty.PUBLISHED


def last_day_of(as_of: str) -> date:
    """Return the last day of an as-of such as `2021`, `2021-10` or `2021-10-21`.

    Raises ValueError for any other form, and for a month or day that does not exist.
    """
    found = _AS_OF.fullmatch(as_of)
    if found is None:
        raise ValueError(f"{as_of!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month = int(found[1]), int(found[2] or 12)
    if not 1 <= month <= 12:
        raise ValueError(f"{as_of!r} has no such month")
    return date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
