"""Reading data files: every value typed, every error naming file, line and what to fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, TypeVar

from programme.edits import NO_EDITS, Edits
from programme.facts import last_day_of
from programme.model.zones import Zone

Choice = TypeVar("Choice", bound=StrEnum)
Record = TypeVar("Record")

_FLAGS = {"yes": True, "no": False}


class DataError(ValueError):
    """A data file says something that can't be read; the message tells where and what to fix."""


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of a TSV or one table of a TOML file, read by name and type.

    `line` is the row's line from 1, or 0 in a TOML file, where the line is looked up once it is needed.
    Dates and times in the files are WIB. Every reader raises DataError for a value that does not fit.
    """

    file: Path
    line: int
    table: str
    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """Return a text that must be there."""
        return self.maybe_text(name) or self.fail(name, "is missing", "write it")

    def maybe_text(self, name: str) -> str | None:
        """Return a text, or None where it is empty or absent."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            self.fail(name, f"is {value!r}", "write a text")
        return value.strip() or None if value else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return texts: a TOML list, or a TSV cell separated by `; `."""
        value = self.values.get(name) or ()
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            self.fail(name, f"is {value!r}", "write a list of texts")
        return tuple(stripped for part in parts if (stripped := part.strip()))

    def number(self, name: str) -> int:
        """Return a whole number, 0 or more, that must be there."""
        number = self.maybe_number(name)
        return number if number is not None else self.fail(name, "is missing", "write a whole number")

    def maybe_number(self, name: str) -> int | None:
        """Return a whole number, 0 or more, or None where it is empty or absent."""
        value = self.values.get(name)
        if value in {None, ""}:
            return None
        if isinstance(value, bool) or not re.fullmatch(r"\d+", str(value).strip(), re.ASCII):
            self.fail(name, f"is {value!r}", "write a whole number in digits only")
        return int(str(value))

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return whole numbers: a TOML list, or a TSV cell separated by `; `."""
        value = self.values.get(name) or ()
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(str(part).strip().isdecimal() for part in parts):
            self.fail(name, f"is {value!r}", "write a list of whole numbers")
        return tuple(int(str(part)) for part in parts)

    def flag(self, name: str) -> bool:
        """Return `true`/`false` of TOML or `yes`/`no` of a TSV; absent means no."""
        value = self.values.get(name) or "no"
        if isinstance(value, bool):
            return value
        if value not in _FLAGS:
            self.fail(name, f"is {value!r}", "write yes or no")
        return _FLAGS[str(value)]

    def maybe_day(self, name: str) -> date | None:
        """Return a day written YYYY-MM-DD, or None where it is empty or absent."""
        value = self.values.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value)) if value else None
        except ValueError:
            self.fail(name, f"is {value!r}", "write the day as YYYY-MM-DD")

    def maybe_moment(self, name: str, otherwise: time) -> datetime | None:
        """Return a moment written `YYYY-MM-DD HH:MM` in WIB, as UTC; a day alone means `otherwise` on it."""
        written = self.maybe_text(name)
        if written is None:
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            self.fail(name, f"is {written!r}", "write YYYY-MM-DD or YYYY-MM-DD HH:MM, in WIB")
        if len(written) == len("2021-10-21"):
            moment = datetime.combine(moment.date(), otherwise)
        return moment.replace(tzinfo=Zone.WIB.tz).astimezone(UTC)

    def choice(self, name: str, among: type[Choice], otherwise: Choice | None = None) -> Choice:
        """Return one of an enumeration's values, or `otherwise` where none is written."""
        written = self.maybe_text(name)
        if written is None and otherwise is not None:
            return otherwise
        try:
            return among(written or "")
        except ValueError:
            self.fail(name, f"is {written!r}", "write one of: " + ", ".join(among))

    def as_of(self, name: str = "as_of") -> str:
        """Return a day, month or year: YYYY-MM-DD, YYYY-MM or YYYY."""
        written = self.text(name)
        try:
            last_day_of(written)
        except ValueError as error:
            self.fail(name, str(error), "write when the source said so")
        return written

    def entry(self, name: str) -> DataRow:
        """Return an inline table that must be there."""
        found = self.values.get(name)
        if not isinstance(found, dict):
            self.fail(name, f"is {found!r}", "write an inline table, such as { value = ... }")
        return self._inner(name, found)

    def entries(self, name: str) -> tuple[DataRow, ...]:
        """Return a list of inline tables; absent means none."""
        found = self.values.get(name, [])
        if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            self.fail(name, f"is {found!r}", "write a list of inline tables")
        return tuple(self._inner(name, table) for table in found)

    def fail(self, name: str, problem: str, fix: str) -> NoReturn:
        """Raise DataError about the value `name`."""
        key = self.table.partition("/")[2] or name
        line = self.line or _line_in_toml(self.file, self.table.partition("/")[0], key)
        raise DataError(f"{self.file.name}, line {line}: {name} {problem}; {fix}")

    def _inner(self, name: str, values: Mapping[str, object]) -> DataRow:
        inherited = {key: self.values[key] for key in ("source", "as_of") if key in self.values}
        return DataRow(self.file, self.line, f"{self.table}/{name}", {**inherited, **values})


def read_table(file: Path, columns: tuple[str, ...], edits: Edits = NO_EDITS) -> Iterator[DataRow]:
    """Go through the rows of a TSV whose header must name exactly `columns`; `#` lines are comments.

    The first column is the row's id, by which `edits` are laid over it; rows that only they have come last.
    """
    known: set[str] = set()
    for row in _written_rows(file, columns):
        name = str(row.values[columns[0]])
        known.add(name)
        yield DataRow(file, row.line, "", edits.over(file.name, name, row.values))
    for name in edits.added(file.name, known):
        yield DataRow(file, 1, "", edits.over(file.name, name, dict.fromkeys(columns, "") | {columns[0]: name}))


def _written_rows(file: Path, columns: tuple[str, ...]) -> Iterator[DataRow]:
    header: list[str] | None = None
    for line, written in enumerate(_content(file).splitlines(), start=1):
        if not written.strip() or written.startswith("#"):
            continue
        cells = written.split("\t")
        if header is None:
            header = cells
            if tuple(header) != columns:
                raise DataError(f"{file.name}, line {line}: the columns must be: {', '.join(columns)}")
        elif len(cells) != len(header):
            raise DataError(
                f"{file.name}, line {line}: {len(cells)} cells where {len(header)} columns are; "
                "separate cells by one tab each, empty ones too"
            )
        else:
            yield DataRow(file, line, "", dict(zip(header, cells, strict=True)))


def load_records(file: Path, read: Callable[[str, DataRow], Record], edits: Edits = NO_EDITS) -> Mapping[str, Record]:
    """Read every table of a TOML file, by id and in their order. Raises DataError naming line and fix."""
    return MappingProxyType({name: read(name, entry) for name, entry in read_records(file, edits)})


def read_records(file: Path, edits: Edits = NO_EDITS) -> Iterator[tuple[str, DataRow]]:
    """Go through the tables of a TOML file, each with its id, with `edits` laid over them."""
    try:
        tables = tomllib.loads(_content(file))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file.name}: {error}; see https://toml.io for how to write it") from error
    for name, values in tables.items():
        if not isinstance(values, dict):
            raise DataError(f"{file.name}, line {_line_in_toml(file, '', name)}: {name} must stand under an [id]")
        yield name, DataRow(file, 0, name, edits.over(file.name, name, values))


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}; put the file there") from error


def _line_in_toml(file: Path, table: str, name: str) -> int:
    """Find where `name` is written under `[table]`; the table's own line where it is not."""
    current, header = "", 1
    for line, written in enumerate(_content(file).splitlines(), start=1):
        if found := re.match(r"\[([^\[\]]+)\]", written):
            current = found[1]
            header = line if current == table else header
        elif current == table and re.match(rf"{re.escape(name)}\s*=", written):
            return line
    return header
