"""The columns of a list: their names, meanings and examples, and reading one cell of each sort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.importing.sheets import BadRow, Row
from programme.phones import normal_phone
from programme.platforms import Platform, find_named
from programme.programme import Programme

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `example` fills the template."""

    name: str
    meaning: str
    example: str = ""
    required: bool = False


def phone(row: Row, column: str = "phone") -> str:
    """Read an Indonesian mobile number."""
    if (found := normal_phone(row[column])) is None:
        raise BadRow(f"{column}: {_shortened(row[column])} is no Indonesian mobile number")
    return found


def whole(row: Row, column: str, *, least: int = 0, most: int = 10**9) -> int:
    """Read a whole number; dots between thousands are allowed."""
    text = row[column].removeprefix("Rp").replace(".", "").replace(",", "").strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise BadRow(f"{column}: {row[column]!r} is no whole number from {least} to {most}")
    return int(text)


def maybe_day(row: Row, column: str) -> date | None:
    """Read a day as YYYY-MM-DD or DD/MM/YYYY; None where the cell is empty."""
    text = row[column]
    if not text:
        return None
    try:
        if "/" in text:
            day, month, year = text.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BadRow(f"{column}: {text!r} is no day such as 2021-10-21 or 21/10/2021") from None


def maybe_choice(row: Row, column: str, among: type[Choice]) -> Choice | None:
    """Read one of a fixed set of words; None where the cell is empty."""
    text = row[column]
    if not text:
        return None
    for choice in among:
        if text.casefold() in {choice.value.casefold(), choice.name.casefold()}:
            return choice
    raise BadRow(f"{column}: {text!r} is none of {', '.join(choice.value for choice in among)}")


def maybe_platform(row: Row, column: str, programme: Programme) -> Platform | None:
    """Read a platform by its id, name or nickname; None where the cell is empty."""
    if not row[column]:
        return None
    if (found := find_named(row[column], programme.platforms)) is None:
        raise BadRow(f"{column}: {row[column]!r} is no known platform")
    return found


def _shortened(number: str) -> str:
    """Show just enough of a number to find its row: it is personal."""
    return f"{number[:4]}…" if len(number) > 4 else repr(number)
