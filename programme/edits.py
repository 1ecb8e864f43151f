"""Edits: what two of the staff changed of the programme's data, laid over the files as they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Values = Mapping[str, object]

_SURE: Final = MappingProxyType({"cutoff": "certainty", "announced_at": "announced_certainty", "value": "certainty"})
"""What tells how sure a field is: an edit has a source, so its value is published."""

_ROWS_OWN: Final = frozenset({"cutoff", "value", "texts"})
"""Fields that a row's source speaks for: with these it is exchanged; of the other fields the source is the edit's."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One field of a data file: the file's name, the row's id, and the field, as in `contacts.0.value`."""

    file: str
    row: str
    field: str

    def __str__(self) -> str:
        """Write it as records name it."""
        return f"{self.file}/{self.row}/{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A value that holds instead of the file's, with its own source and as-of day.

    `base` is what the file said when it was decided, None for nothing. Once the file says something else, the file
    is the newer one and holds again.
    """

    place: Place
    base: str | None
    value: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Edits:
    """The edits in force, by file and row."""

    by_row: Mapping[tuple[str, str], tuple[Edit, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> Edits:
        """Lay out edits, of which each place has one at most."""
        rows: defaultdict[tuple[str, str], list[Edit]] = defaultdict(list)
        for edit in edits:
            rows[edit.place.file, edit.place.row].append(edit)
        return cls(MappingProxyType({row: tuple(found) for row, found in rows.items()}))

    def plus(self, edit: Edit) -> Edits:
        """Return the edits with one more, which takes the place of the one that was there."""
        others = (each for row in self.by_row.values() for each in row if each.place != edit.place)
        return Edits.of((*others, edit))

    def over(self, file: str, row: str, values: Values) -> Values:
        """Return a row's values as they hold."""
        for edit in self.by_row.get((file, row), ()):
            if edit.base == written(values, edit.place.field):
                values = _laid(values, edit)
        return values

    def added(self, file: str, known: Iterable[str]) -> Iterator[str]:
        """Go through the rows that only edits have: those without a base."""
        there = set(known)
        for (of, row), edits in self.by_row.items():
            if of == file and row not in there and all(edit.base is None for edit in edits):
                yield row


NO_EDITS: Final = Edits()


def written(values: Values, path: str) -> str | None:
    """Return a field as it would be written into a cell; None where nothing is there."""
    found: object = values
    for name in path.split("."):
        if isinstance(found, list | tuple) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        elif isinstance(found, Mapping):
            found = found.get(name)
        else:
            return None
    return as_cell(found)


def as_cell(value: object) -> str | None:
    """Write a value of a data file as the cell of a table has it; None for nothing."""
    match value:
        case None | "":
            return None
        case bool():
            return "yes" if value else "no"
        case time():
            return f"{value:%H:%M}"
        case list() | tuple():
            return "; ".join(str(each) for each in value) or None
        case _:
            return str(value)


def _laid(values: Values, edit: Edit) -> Values:
    """Put the value where it belongs, and its source beside it where that is what the source speaks for."""
    path = edit.place.field.split(".")
    laid = _put(values, path, edit)
    speaks = path[0] in _ROWS_OWN or not values.get("source")
    return laid | _told(edit) if len(path) == 1 and speaks else laid


def _put(within: object, names: list[str], edit: Edit) -> dict[str, object]:
    """Copy the tables on the way to a field, and set it in the innermost."""
    table = dict(within) if isinstance(within, Mapping) else {}
    name, *deeper = names
    if not deeper:
        return table | {name: edit.value} | ({_SURE[name]: "published"} if name in _SURE else {})
    inner = table.get(name)
    if isinstance(inner, list) and deeper[0].isdecimal():
        place, *path = deeper
        table[name] = [_entry(each, path, edit) if str(at) == place else each for at, each in enumerate(inner)]
    else:
        table[name] = _entry(inner, deeper, edit)
    return table


def _entry(inner: object, path: list[str], edit: Edit) -> dict[str, object]:
    return _put(inner, path, edit) | _told(edit)


def _told(edit: Edit) -> dict[str, object]:
    return {"source": edit.source, "as_of": edit.as_of}


class EditState(StrEnum):
    """Where an edit stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedEdit:
    """An edit on its way, and what became of it; moments in UTC.

    `before` is what held when it was proposed, and `over` the edit that said so, None for the file: it is decided
    on that, and on nothing that came since.
    """

    id: int
    edit: Edit
    before: str | None
    over: int | None
    state: EditState = EditState.PROPOSED
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def place(self) -> Place:
        """What it changes."""
        return self.edit.place
