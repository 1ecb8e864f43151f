"""Policy sheet: the reminder policy field by field, what of it staff may edit, and how that is read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from programme.edits import NO_EDITS, Edits, Place, as_cell
from programme.sheets import Cell

FILE: Final = Path(__file__).with_name("policy.toml")
POLICY: Final = FILE.name

Reader = Callable[[str], object]
"""Reads what somebody wrote into a cell as the file would have it. Raises ValueError."""


class PolicyError(ValueError):
    """The policy says something that can't be meant; the message names the place."""


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(f"{text} is neither yes nor no")
    return text == "yes"


def _hour(text: str) -> time:
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - on which clock, the rule says


def _level(text: str) -> str:
    if text not in {"all", "fewer"}:
        raise ValueError(f"{text} is neither all nor fewer")
    return text


def _ends(text: str) -> str | time | int:
    """Read *cutoff*, an hour of that day, or a number of hours."""
    if text == "cutoff":
        return text
    return int(text) if text.isdecimal() else _hour(text)


_OF_RULES: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "day": int,
        "time": _hour,
        "wished": _yes,
        "ends": _ends,
        "level": _level,
        "picture": _yes,
        "picks": _yes,
    }
)
_OF_TABLES: Final[Mapping[str, Mapping[str, Reader]]] = MappingProxyType(
    {
        "quiet": dict.fromkeys(("begins", "ends", "evening"), _hour),
        "plan": {
            **dict.fromkeys(("tonight", "tonight_latest", "tomorrow_morning", "night_ends"), _hour),
            **dict.fromkeys(("safe_minutes", "good_for_hours", "replaces_minutes"), int),
        },
        "catching_up": {"spacing_minutes": int},
    }
)
"""What may be edited: when and to whom. What a reminder says, and of which step it speaks, is code's."""

_FLAGS: Final = frozenset(name for name, read in _OF_RULES.items() if read is _yes)


def fields_of(row: str) -> Mapping[str, Reader]:
    """Return the fields of a row that may be edited, and how each is read."""
    return _OF_TABLES.get(row, _OF_RULES)


def read_laid(file: Path, edits: Edits = NO_EDITS) -> dict[str, Any]:
    """Read the policy's file with edits laid over it. Raises PolicyError for an edit that can't be read."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    laid = {row: _laid(row, values, edits) for row, values in _rows(data)}
    tables = {name: laid.get(name, values) for name, values in data.items() if name != "rule"}
    return tables | {"rule": [laid.get(_key(rule), rule) for rule in data.get("rule", [])]}


def policy_rows(edits: Edits = NO_EDITS) -> Mapping[str, Sequence[Cell]]:
    """Return the fields that may be edited as they hold, by row: reminders in the file's order, then tables."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    ordered = sorted(_rows(data), key=lambda row: row[0] in _OF_TABLES)
    return {row: tuple(_cell(row, name, values, edits) for name in fields_of(row)) for row, values in ordered}


def policy_cell(place: Place, edits: Edits = NO_EDITS) -> Cell | None:
    """Return one field as it holds; None where nothing may be edited."""
    return next((cell for cell in policy_rows(edits).get(place.row, ()) if cell.place == place), None)


def _rows(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield from ((name, data[name]) for name in _OF_TABLES if name in data)
    yield from ((_key(rule), rule) for rule in data.get("rule", []))


def _key(rule: Mapping[str, object]) -> str:
    return str(rule.get("key", "?"))


def _laid(row: str, values: Mapping[str, object], edits: Edits) -> dict[str, object]:
    readers, over = fields_of(row), edits.over(POLICY, row, values)
    try:
        return {
            name: readers[name](value) if name in readers and isinstance(value, str) else value
            for name, value in over.items()
            if name in values or name in readers
        }
    except ValueError as wrong:
        raise PolicyError(f"{row}: {wrong}") from wrong


def _cell(row: str, name: str, values: Mapping[str, object], edits: Edits) -> Cell:
    base = as_cell(values.get(name))
    cell = Cell(Place(POLICY, row, name), base or ("no" if name in _FLAGS else None), "", "", base)
    for edit in edits.by_row.get((POLICY, row), ()):
        if edit.place == cell.place and edit.base == base:
            return replace(cell, text=edit.value, source=edit.source, as_of=edit.as_of, edited=True)
    return cell
