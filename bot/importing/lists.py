"""What the lists have in common: columns, reading a row, and how it stands beside what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from bot.importing.changes import Effect
from bot.importing.columns import Column
from bot.importing.sheets import Row
from bot.store import Line, Lines, UnitOfWork
from programme.facts import Certainty
from programme.model.phones import NumberKeys
from programme.model.zones import Zone
from programme.programme import Programme
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class Office:
    """What an import works with. `numbers` are the keys behind phone hashes; `now` is UTC; `who` is for the records."""

    programme: Programme
    policy: Policy
    numbers: NumberKeys
    now: datetime
    who: str = "terminal:import"
    _cutoffs: dict[tuple[int, str | None], bool] = field(default_factory=dict, compare=False)

    @property
    def today(self) -> date:
        """The day it is in Jakarta."""
        return self.now.astimezone(Zone.WIB.tz).date()

    def has_cutoff(self, wave: int, passed_on: str | None) -> bool:
        """Tell whether the cutoff of whoever passed then in that wave is certain enough to remind of it."""
        asked = wave, passed_on
        if asked not in self._cutoffs:
            found = self.programme.cutoff(wave, date.fromisoformat(passed_on) if passed_on else None)
            self._cutoffs[asked] = found is not None and found.certainty is not Certainty.UNSURE
        return self._cutoffs[asked]


class Stated(NamedTuple):
    """What a row says: a line, and under which hashes its number may lie from before (`NumberHash.former`).

    `new`: nothing was known of it when the list was compared.
    """

    line: Line
    former: tuple[str, ...] = ()
    new: bool = False


class Roll(Protocol):
    """One sort of list. A line is what a row says, in the order of the table's columns; None is not told.

    What follows a line's first value is merged and judged without it: it is alike for many. A list that is not about
    people leaves the last four methods as they are here.
    """

    columns: tuple[Column, ...]
    """In the order of the template."""

    keys: int
    """How many of a line's first values tell whom or what it is about."""

    of_people: bool = False
    """Whether a line begins with the hash of the row's number, beside which the same is said of many."""

    def read(self, row: Row, office: Office) -> Line:
        """Return what a row says: of people, without the number. Raises BadRow."""
        ...

    def lines(self, tx: UnitOfWork) -> Lines:
        """Return the repository of the table in which the list is kept."""
        ...

    def merged(self, known: Line | None, said: Line, office: Office) -> Line:
        """Return what is to be kept: what is not told stays as it is. Raises BadRow."""
        ...

    def effects(self, known: Line | None, merged: Line, office: Office) -> Iterable[Effect]:
        """Tell what an operator wants counted of a line, before it is kept."""
        return ()

    async def renew(self, said: Sequence[Stated], tx: UnitOfWork) -> None:
        """Put what lies under the former hashes of these numbers under the one in use."""
        return

    async def follow(self, lines: Sequence[Line], tx: UnitOfWork, office: Office) -> dict[int, Any]:
        """Bring the people behind lines that were just kept up to what they say; return what undoes it, by person."""
        return {}

    async def linked(self, subjects: Iterable[str], tx: UnitOfWork) -> set[str]:
        """Return those first values of lines behind which somebody stands who talks with the bot."""
        return set()
