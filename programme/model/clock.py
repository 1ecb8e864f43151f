"""Clock: the only place that knows the time. Everything else is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment, always aware and in UTC."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...


class SystemClock:
    """The clock of the machine, for real participants."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is set: for tests, scripts and the demonstration."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment that was set last, in UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to `at`, forwards or backwards; any aware time zone is taken."""
        self._at = at.astimezone(UTC)
