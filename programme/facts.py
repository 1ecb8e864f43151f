"""How sure a fact is, who says so, and as of when: carried by everything the bot may say."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from programme.model.zones import Zone

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


class Sourced(Protocol):
    """Anything of the programme that carries its source."""

    @property
    def source(self) -> str:
        """Who says so, as cited in the data files."""

    @property
    def as_of(self) -> str:
        """The day, month or year as of which it holds."""


def known_at(as_of: str, now: datetime) -> bool:
    """Tell whether what holds as of `as_of` could be known at `now`: from its first day in WIB on.

    Raises ValueError where `last_day_of` does.
    """
    year, month, day = _parts(as_of)
    return date(year, month or 1, day or 1) <= now.astimezone(Zone.WIB.tz).date()


def last_day_of(as_of: str) -> date:
    """Return the last day of an as-of such as `2021`, `2021-10` or `2021-10-21`.

    Raises ValueError for any other form, and for a month or day that does not exist.
    """
    year, month, day = _parts(as_of)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(as_of: str) -> tuple[int, int | None, int | None]:
    """Return year, month and day, as far as they are told."""
    found = _AS_OF.fullmatch(as_of)
    if found is None:
        raise ValueError(f"{as_of!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        raise ValueError(f"{as_of!r} has no such month")
    return year, month, day
