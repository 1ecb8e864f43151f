"""Quiet hours: when a phone should not ring, and where a reminder goes instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `begins` in the evening until `ends` in the morning, on the person's own clock.

    `evening` is the hour, shortly before `begins`, to which a reminder of the late evening moves.
    """

    begins: time
    ends: time
    evening: time

    def cover(self, at: datetime, zone: tzinfo) -> bool:
        """Tell whether `at` falls into quiet hours in `zone`."""
        clock = at.astimezone(zone).time()
        return clock >= self.begins or clock < self.ends

    def over(self, at: datetime, zone: tzinfo) -> datetime:
        """Return when the quiet hours around `at` end, on the clock of `zone`; by day, `at` itself."""
        local = at.astimezone(zone)
        if not self.cover(at, zone):
            return at
        days = 1 if local.time() >= self.begins else 0
        return datetime.combine(local.date() + timedelta(days=days), self.ends, zone)

    def spared(self, at: datetime, zone: tzinfo, *, before: datetime | None = None) -> datetime:
        """Move `at` out of quiet hours: back to the evening before them, or on to their end.

        What falls before midnight goes back, what falls after goes on, unless that would reach `before`.
        """
        if not self.cover(at, zone):
            return at
        morning = self.over(at, zone)
        evening = datetime.combine(morning.date() - timedelta(days=1), self.evening, zone)
        late = at.astimezone(zone).time() >= self.begins
        return evening if late or (before is not None and morning >= before) else morning
