"""Reads one cell of each sort. What can't be told for certain is refused, with what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.importing.days import NoDay, read_day
from bot.importing.errors import BadRow, shown, shown_number
from bot.importing.numbers import LostDigits, NoNumber, plain, read_digits, read_whole
from bot.importing.sheets import Row
from bot.importing.words import MEANING
from handlers.understanding import find_entities
from programme.model.phones import normal_phone
from programme.model.zones import Zone
from programme.organisations import Some, find_named
from programme.programme import Programme

PROGRAMME_BEGAN = date(2020, 3, 20)
"""Before this day nobody passed: the programme was announced on it, and its first wave opened in April."""

SIMPLE_PHONE = re.compile(r"(?:\+?62|0)?(8[1-9][0-9]{7,10})")
"""A number as it stands in most rows: what follows +62 is its group 1."""

_PHONE_SIGNS = re.compile(r"[+0-9 \-./(),]+")
_GROUPS = re.compile(r"[.,]")
_WAVE = re.compile(
    r"(?:(?:gelombang|gelomb|gel|glb|gbg|batch|wave|angkatan|g)[\s.:\-]*)?#?\s*(?:ke[\s.\-]*)?(?P<number>\d.*)",
    re.IGNORECASE,
)
_FURTHEST = 20
"""So many waves beyond the last one that the programme's data know may stand in a list."""


def phone(row: Row) -> str:
    """Read an Indonesian mobile number, the only thing in its cell."""
    text = row["phone"]
    if simple := SIMPLE_PHONE.fullmatch(text):
        return "+62" + simple[1]
    if not text:
        raise BadRow("phone: is empty")
    try:
        digits = read_digits(text)
    except LostDigits as error:
        raise BadRow(f"phone: {shown_number(text)}: {error}") from None
    except NoNumber:
        digits = ""
    found = normal_phone(digits) if _PHONE_SIGNS.fullmatch(digits) and _grouped_well(digits) else None
    if found is None:
        raise BadRow(f"phone: {shown_number(text)} is no Indonesian mobile number")
    return found


def whole(text: str, column: str, *, least: int = 0, most: int) -> int:
    """Read a whole number within bounds, both included."""
    if not text:
        raise BadRow(f"{column}: is empty")
    try:
        number = read_whole(text)
    except LostDigits as error:
        raise BadRow(f"{column}: {shown_number(text)}: {error}") from None
    except NoNumber:
        number = None
    if number is None or not least <= number <= most:
        raise BadRow(f"{column}: {shown_number(text)} is no whole number from {least:,} to {most:,}")
    return number


def wave(row: Row, programme: Programme) -> int:
    """Read the number of a wave, alone or after its name: `21`, `Gelombang 21`, `Gel. ke-21`."""
    text = row["wave"]
    named = _WAVE.fullmatch(plain(text))
    return whole(named["number"] if named else text, "wave", least=1, most=max(programme.waves, default=0) + _FURTHEST)


def maybe_day(row: Row, column: str, today: date, *, ahead: timedelta = timedelta()) -> date | None:
    """Read a day between the beginning of the programme and `ahead` of today; None where the cell is empty."""
    text = row[column]
    if not text:
        return None
    try:
        day = read_day(text, row.sheet.order)
    except NoDay:
        raise BadRow(f"{column}: {shown(text)} is no day such as 2021-10-21 or 21/10/2021") from None
    if day > today + ahead:
        raise BadRow(f"{column}: {shown(text)} is {day}, which is still to come")
    if day < PROGRAMME_BEGAN:
        raise BadRow(f"{column}: {shown(text)} is {day}, before the programme began")
    return day


def maybe_step(row: Row, column: str, today: date) -> date | bool | None:
    """Read when a step was taken: a day, True where only that it was, False where it was not; None where empty."""
    text = row[column]
    match MEANING.get(text.casefold()) if text else "unknown":
        case "yes":
            return True
        case "no":
            return False
        case _:
            return maybe_day(row, column, today)


def maybe_zone(row: Row, today: date) -> Zone | None:
    """Read a time zone by its name or by a place in it; None where the cell is empty."""
    text = row["zone"]
    if not text:
        return None
    for zone in Zone:
        if text.casefold() in {zone.value.casefold(), zone.tz.key.casefold()}:
            return zone
    found = {entity.value for entity in find_entities(text, today=today, kinds=("zone",))}
    if len(found) != 1:
        raise BadRow(f"zone: {shown(text)} is no place that is known here; write WIB, WITA or WIT")
    return Zone(found.pop())


def maybe_named(row: Row, column: str, among: Mapping[str, Some], what: str) -> Some | None:
    """Read one of those that go by names, by its id, name or nickname; None where the cell is empty."""
    text = row[column]
    if not text:
        return None
    if (found := find_named(text, among)) is None:
        raise BadRow(f"{column}: {shown(text)} is no known {what}")
    return found


def _grouped_well(digits: str) -> bool:
    """Tell whether dots and commas stand as between groups of a number, none of which is a fraction."""
    return all(sum(map(str.isdecimal, group)) >= 3 for group in _GROUPS.split(digits)[1:])
