"""The days of the incentive that somebody tells: when the first came in, and for when one is scheduled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from handlers.understanding.days_asked import days_asked
from handlers.understanding.entities import find_entities
from handlers.understanding.furthest import plain_clauses
from handlers.understanding.phrases import says

_LONG_AGO: Final = timedelta(days=90)
"""How far ahead a schedule is known."""


def first_paid_on(text: str, today: date) -> date | None:
    """Return the one day behind on which a text says that the first incentive came in."""
    clauses = [part for part in plain_clauses(text) if says("the first was paid", part)]
    found = {one.value for part in clauses for one in find_entities(part, today=today) if one.kind == "date"}
    days = [date.fromisoformat(day) for day in found]
    return days[0] if len(days) == 1 and days[0] <= today else None


def scheduled_for(text: str, today: date) -> date | None:
    """Return the one day of a schedule that a text names, or that of the year before; None where it names several."""
    days = days_asked(text, today)
    return not_far_ahead(days[0], today) if len(days) == 1 else None


def told_schedule(text: str, today: date) -> date | None:
    """Return the day for which a text says that money is scheduled."""
    told = says("the day of a schedule", text) and not says("another aid", text)
    return scheduled_for(text, today) if told else None


def not_far_ahead(day: date, today: date) -> date:
    """Return the day, or that of the year before: *tgl 5 Oktober* is read as the next one."""
    if day <= today + _LONG_AGO:
        return day
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
