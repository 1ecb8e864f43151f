"""Sheets: the data files as staff look at them, field by field, each with its source, and what may be edited there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from programme.edits import NO_EDITS, Edits, Place, as_cell
from programme.loading import read_records, read_table
from programme.waves import COLUMNS as WAVE_COLUMNS

DATA: Final = Path(__file__).with_name("data")
_SOURCE: Final = ("source", "as_of")
_BESIDE: Final = frozenset({*_SOURCE, "certainty", "announced_certainty"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One data file. `editable` are the fields that staff may edit; `grows` says whether rows may be added."""

    file: str
    editable: re.Pattern[str]
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as it holds, with the source that speaks for it; `base` is what the file says."""

    place: Place
    text: str | None
    source: str
    as_of: str
    base: str | None
    edited: bool = False


SHEETS: Final[Mapping[str, Sheet]] = MappingProxyType({
    sheet.file: sheet
    for sheet in (
        Sheet("waves.tsv", re.compile(r"opens|closes|announced_at|cutoff|recipients"), grows=True),
        Sheet("rules.toml", re.compile(r"(?!days_to_buy|announcement_is_day_one|certificate_after)\w+\.value")),
        Sheet("platforms.toml", re.compile(r"name|url|ended|contacts\.\d+\.value")),
        Sheet("partners.toml", re.compile(r"name|contacts\.\d+\.value")),
        Sheet("contacts.toml", re.compile(r"name|value")),
        Sheet("failures.toml", re.compile(r"texts")),
    )
})  # fmt: skip
"""What may be edited. What moves the cutoff of many waves at once, and what code stands behind, is not."""


def read_sheet(sheet: Sheet, edits: Edits = NO_EDITS, folder: Path = DATA) -> Mapping[str, Sequence[Cell]]:
    """Return the fields of each row as they hold, in the file's order. Raises DataError."""
    files = {
        row: {cell.place.field: cell for cell in _cells(sheet, row, values)} for row, values in _rows(sheet, folder)
    }
    found = dict(files) | {row: {} for row in edits.added(sheet.file, files)}
    for (file, row), of_row in edits.by_row.items():
        for edit in of_row if file == sheet.file and row in found else ():
            cell = found[row].get(edit.place.field, Cell(edit.place, None, "", "", None))
            if cell.base == edit.base:
                found[row][edit.place.field] = replace(
                    cell, text=edit.value, source=edit.source, as_of=edit.as_of, edited=True
                )
    return {row: tuple(cells.values()) for row, cells in found.items()}


def cell_at(place: Place, edits: Edits = NO_EDITS, folder: Path = DATA) -> Cell | None:
    """Return one field as it holds, empty where nothing stands there yet; None where nothing may be edited."""
    sheet = SHEETS.get(place.file)
    if sheet is None or not sheet.editable.fullmatch(place.field):
        return None
    rows, nothing = read_sheet(sheet, edits, folder), Cell(place, None, "", "", None)
    if place.row not in rows:
        return nothing if sheet.grows else None
    found = next((cell for cell in rows[place.row] if cell.place == place), None)
    return found or (nothing if "." not in place.field else None)


def _rows(sheet: Sheet, folder: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    file = folder / sheet.file
    if file.suffix == ".tsv":
        yield from ((str(row.values["wave"]), row.values) for row in read_table(file, WAVE_COLUMNS))
    else:
        yield from ((name, row.values) for name, row in read_records(file))


def _cells(
    sheet: Sheet,
    row: str,
    values: Mapping[str, object],
    told: Mapping[str, object] = MappingProxyType({}),
    path: str = "",
) -> Iterator[Cell]:
    """Go through the fields of a table and of those in it, with the source that speaks for each."""
    told = {**told, **{name: values[name] for name in _SOURCE if values.get(name)}}
    for name, value in values.items():
        tables = value if isinstance(value, list) and value and isinstance(value[0], dict) else None
        if isinstance(value, dict):
            yield from _cells(sheet, row, value, told, f"{path}{name}.")
        elif tables is not None:
            for at, each in enumerate(tables):
                yield from _cells(sheet, row, each, told, f"{path}{name}.{at}.")
        elif name not in _BESIDE:
            text, place = as_cell(value), Place(sheet.file, row, f"{path}{name}")
            yield Cell(place, text, str(told.get("source", "")), str(told.get("as_of", "")), text)
