"""The last days of a programme year: for the balance, the surveys and the accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from programme.cutoffs import Cutoff, cutoff_on
from programme.facts import Fact, known_at
from programme.loading import DataRow, read_records
from programme.model.zones import Zone


class YearEnd(StrEnum):
    """What ends with a programme year, by the name of its last day in `calendars.toml`."""

    BALANCE = "balance_until"
    SURVEYS = "surveys_until"
    LINKING = "account_linking_until"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The end of one programme year; days are in WIB and are the last on which it can be done.

    `account_linking_until` ends both registration and account linking, in UTC. `facts` has the sources.
    """

    year: int
    first_wave: int
    last_wave: int
    balance_until: date | None = None
    surveys_until: date | None = None
    account_linking_until: datetime | None = None
    facts: Mapping[str, Fact[str]]

    def covers(self, wave: int) -> bool:
        """Tell whether the days hold for `wave`."""
        return self.first_wave <= wave <= self.last_wave

    def cutoff(self, what: YearEnd) -> Cutoff | None:
        """Return the end of the last day for one thing; None where no source has told it."""
        days = {
            YearEnd.BALANCE: self.balance_until,
            YearEnd.SURVEYS: self.surveys_until,
            YearEnd.LINKING: self.account_linking_until and self.account_linking_until.astimezone(Zone.WIB.tz).date(),
        }
        day, fact = days[what], self.facts.get(what.value)
        return cutoff_on(day, fact.certainty, fact.source) if day is not None and fact is not None else None

    def as_known_at(self, now: datetime) -> Calendar:
        """Return the days that had been told by `now`; one told later is None."""
        untold = (name for name in YearEnd if name not in self.facts or not known_at(self.facts[name].as_of, now))
        nothing: dict[str, Any] = dict.fromkeys(untold)
        return replace(self, **nothing)


def load_calendars(file: Path) -> Mapping[int, Calendar]:
    """Read `calendars.toml`, by year. Raises DataError naming line and fix."""
    read = (_calendar(entry) for _, entry in read_records(file))
    return MappingProxyType({calendar.year: calendar for calendar in read})


def _calendar(entry: DataRow) -> Calendar:
    told = {name: entry.entry(name) for name in map(str, YearEnd)}
    facts = {name: Fact(each.text("value"), each.text("source"), each.as_of()) for name, each in told.items()}
    return Calendar(
        year=entry.number("year"),
        first_wave=entry.number("first_wave"),
        last_wave=entry.number("last_wave"),
        balance_until=told["balance_until"].maybe_day("value"),
        surveys_until=told["surveys_until"].maybe_day("value"),
        account_linking_until=told["account_linking_until"].maybe_moment("value", time(23, 59, 59)),
        facts=MappingProxyType(facts),
    )
