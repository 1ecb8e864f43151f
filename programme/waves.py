"""Waves of registration (gelombang): when each opened, closed and was announced, and what is known when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType

from programme.edits import NO_EDITS, Edits
from programme.facts import Certainty, last_day_of
from programme.loading import DataRow, read_table
from programme.model.zones import Zone

COLUMNS = (
    "wave",
    "opens",
    "closes",
    "announced_at",
    "announced_certainty",
    "cutoff",
    "certainty",
    "recipients",
    "source",
    "as_of",
    "note",
)
_START, _END = time(0, 0), time(23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One wave. Moments are aware and in UTC, days in WIB; None is what no source tells.

    Where a source tells only the day, `opens` and `announced_at` are its start, `closes` its end. `cutoff`
    is the last day to buy, `certainty` how sure that day is. `recipients` may be a round number.
    """

    number: int
    opens: datetime | None = None
    closes: datetime | None = None
    announced_at: datetime | None = None
    announced_certainty: Certainty = Certainty.PUBLISHED
    cutoff: date | None = None
    certainty: Certainty = Certainty.PUBLISHED
    recipients: int | None = None
    source: str
    as_of: str

    @property
    def opened_on(self) -> date | None:
        """The day on which registration opened, in WIB."""
        return self.opens.astimezone(Zone.WIB.tz).date() if self.opens else None

    @property
    def announced_on(self) -> date | None:
        """The day of the broadcast in WIB."""
        return self.announced_at.astimezone(Zone.WIB.tz).date() if self.announced_at else None

    @property
    def known_from(self) -> datetime:
        """The earliest moment at which the public could know of the wave, in UTC."""
        if told := [moment for moment in (self.opens, self.closes, self.announced_at) if moment]:
            return min(told)
        last_resort = self.cutoff or last_day_of(self.as_of)
        return datetime.combine(last_resort, _START, Zone.WIB.tz).astimezone(UTC)

    def is_open(self, now: datetime) -> bool:
        """Tell whether registration is known to be open at `now`."""
        return bool(self.opens and self.closes and self.opens <= now <= self.closes)

    def as_known_at(self, now: datetime) -> Wave | None:
        """Return what could be known at `now`: None before it opened, no result before it was announced."""
        if now < self.known_from:
            return None
        if self.announced_at is None or self.announced_at <= now:
            return self
        return replace(self, announced_at=None, cutoff=None, recipients=None)


def load_waves(file: Path, edits: Edits = NO_EDITS) -> Mapping[int, Wave]:
    """Read `waves.tsv`, in the order of its rows. Raises DataError naming line and fix."""
    waves: dict[int, Wave] = {}
    for row in read_table(file, COLUMNS, edits):
        wave = _wave(row)
        if wave.number in waves:
            row.fail("wave", f"{wave.number} is there twice", "leave one row a wave")
        waves[wave.number] = wave
    return MappingProxyType(waves)


def _wave(row: DataRow) -> Wave:
    recipients = row.maybe_text("recipients") or ""
    return Wave(
        number=row.number("wave") or row.fail("wave", "is 0", "waves count from 1"),
        opens=row.maybe_moment("opens", _START),
        closes=row.maybe_moment("closes", _END),
        announced_at=row.maybe_moment("announced_at", _START),
        announced_certainty=row.choice("announced_certainty", Certainty, Certainty.PUBLISHED),
        cutoff=row.maybe_day("cutoff"),
        certainty=row.choice("certainty", Certainty, Certainty.PUBLISHED),
        recipients=DataRow(row.file, row.line, "", {"recipients": recipients.lstrip("~")}).maybe_number("recipients"),
        source=row.text("source"),
        as_of=row.as_of(),
    )
