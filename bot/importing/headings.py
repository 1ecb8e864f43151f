"""Finds the heading of a list: the first row that names every column that must be there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.importing.columns import Column
from bot.importing.errors import UnreadableFile, shown, shown_line
from bot.importing.words import heading_form

_TOLD = 12  # cells of what was taken for the heading


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the heading stands, and which cell belongs to which column."""

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def unread(self) -> list[str]:
        """The headings of which nothing is known."""
        return [cell for at, cell in enumerate(self.cells) if cell and at not in self.places.values()]


Find = Callable[[Sequence[Sequence[str]], Sequence[Column], Path], Heading | None]
"""Finds the heading among the first rows of a file. Raises UnreadableFile."""


def find_heading(start: Sequence[Sequence[str]], columns: Sequence[Column], path: Path) -> Heading | None:
    """Return the heading among the first rows of a file. Raises UnreadableFile where two cells name one column."""
    required = {column.name for column in columns if column.required}
    for number, line in enumerate(start, start=1):
        cells = tuple(cell.strip() for cell in line)
        fitting = {column.name: _fitting(column, cells) for column in columns}
        found = {name: places for name, places in fitting.items() if places}
        if not required <= found.keys():
            continue
        for name, places in found.items():
            if len(places) > 1:
                one, two = (shown(cells[at]) for at in places[:2])
                raise UnreadableFile(f"{path.name}: both {one} and {two} are read as {name}; leave one of them")
        return Heading(number, cells, {name: places[0] for name, places in found.items()})
    return None


def likely_heading(start: Sequence[Sequence[str]], columns: Sequence[Column], _path: Path) -> Heading | None:
    """Return the row that looks most like a heading, with those of its cells that mean one column for certain."""
    least = sum(column.required for column in columns)
    best: Heading | None = None
    for number, line in enumerate(start, start=1):
        cells = tuple(cell.strip() for cell in line)
        if sum(map(bool, cells)) < least:
            continue
        fitting = {column.name: _fitting(column, cells) for column in columns}
        places = {name: found[0] for name, found in fitting.items() if len(found) == 1}
        if best is None or len(places) > len(best.places):
            best = Heading(number, cells, places)
    return best


@dataclass(frozen=True, slots=True)
class ChosenHeading:
    """A heading that somebody looked at, with what they said that each column is read from."""

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]

    def find(self, start: Sequence[Sequence[str]], _columns: Sequence[Column], _path: Path) -> Heading | None:
        """Return it where exactly it stands."""
        if len(start) < self.row or tuple(cell.strip() for cell in start[self.row - 1]) != self.cells:
            return None
        return Heading(self.row, self.cells, self.places)


def no_heading(path: Path, lines: Iterable[Sequence[str]], columns: Sequence[Column], how: str) -> UnreadableFile:
    """Say what was taken for the heading, and what it lacks; `how` tells the separator or the sheets."""
    first = next((line for line in lines if any(line)), None)
    if first is None:
        return UnreadableFile(f"{path.name}: is empty")
    read = shown_line(first[:_TOLD])
    known = {heading_form(cell) for cell in first}
    missing = ", ".join(column.name for column in columns if column.required and not known & column.headings)
    return UnreadableFile(f"{path.name}: the heading lacks {missing}; what was read is: {read} ({how}). See --template")


def _fitting(column: Column, cells: Sequence[str]) -> list[int]:
    """Return where a column may stand: under its own name, else under another of its headings."""
    forms = [heading_form(cell) for cell in cells]
    own = [at for at, form in enumerate(forms) if form == heading_form(column.name)]
    return own or [at for at, form in enumerate(forms) if form and form in column.headings]
