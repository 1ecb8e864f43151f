"""Source ids of reminders: an id is used once, so the same reminder reaches a participant once."""

from __future__ import annotations

from datetime import UTC, date, datetime


def wave_source(wave: int, cutoff_day: date, key: str) -> str:
    """Name a reminder of a wave's deadline; it holds the cutoff's day, so that a moved cutoff plans anew."""
    return f"reminder/{wave}/{cutoff_day.isoformat()}/{key}"


def path_source(key: str) -> str:
    """Name a reminder that hangs on the person's own path: once in a lifetime, whatever date is corrected."""
    return f"reminder/path/{key}"


def plan_source(at: datetime) -> str:
    """Name the reminder that the person asked for at that moment."""
    return f"reminder/plan/{at.astimezone(UTC).isoformat()}"


def moved_source(wave: int, cutoff_day: date) -> str:
    """Name the message that tells of a cutoff that moved to this day."""
    return f"moved/{wave}/{cutoff_day.isoformat()}"


def is_plan(source: str) -> bool:
    """Tell whether the person asked for this reminder themselves."""
    return source.startswith("reminder/plan/")


def is_moved(source: str) -> bool:
    """Tell whether this is the message of a moved cutoff."""
    return source.startswith("moved/")


def key_of(source: str) -> str:
    """Return the key of the rule behind a reminder."""
    return source.rpartition("/")[2]
