"""How days, moments, durations and sums are written in the language being spoken."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from html import escape

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from locales.catalogue import gettext as _
from locales.catalogue import language

# The same few days, sums and durations are written again and again, and Babel takes its time over each.
_remembered = lru_cache(maxsize=4096)
_day, _number, _counted = _remembered(format_date), _remembered(format_decimal), _remembered(format_unit)


class Rupiah(int):
    """A sum in whole rupiah, written Rp600.000, in English Rp600,000."""


class Html(str):
    """Words that are in a message's HTML already, and so are not escaped again."""

    __slots__ = ()


def fill(template: str, /, **values: object) -> str:
    """Put `values` into the `{names}` of a message's HTML, each written and escaped as its type asks."""
    return template.format_map({name: _escaped(value) for name, value in values.items()})


def plainly(template: str, /, **values: object) -> str:
    """Put `values` into the `{names}` of words that are shown as they are, as the console's: nothing is escaped."""
    return template.format_map({name: spell(value) for name, value in values.items()})


def _escaped(value: object) -> str:
    return value if isinstance(value, Html) else escape(spell(value), quote=False)


def spell(value: object) -> str:
    """Write one value: a sum, a day, a duration, a number, a list or a plain word."""
    match value:
        case Rupiah():
            return f"Rp{_number(int(value), locale=language().locale)}"
        case datetime():
            raise TypeError("a moment needs a time zone to be written in: use moment()")
        case date():
            return long_date(value)
        case timedelta():
            return hours_and_minutes(value)
        case bool() | str():
            return str(value)
        case int():
            return _number(value, locale=language().locale)
        case list() | tuple():
            return format_list([spell(item) for item in value], locale=language().locale)
        case _:
            return str(value)


def long_date(day: date) -> str:
    """Write a day with its weekday: *Kamis, 21 Oktober 2021*."""
    return _day(day, "EEEE, d MMMM y", locale=language().locale)


def short_date(day: date) -> str:
    """Write a day without its weekday: *21 Oktober 2021*."""
    return _day(day, "d MMMM y", locale=language().locale)


def day_and_month(day: date) -> str:
    """Write a day for a narrow key, without its year: *22 Sep*."""
    return _day(day, "d MMM", locale=language().locale)


def moment(at: datetime, zone: tzinfo, label: str) -> str:
    """Write a moment on the clock of `zone`: *Kamis, 21 Oktober 2021 pukul 23.59 WIB*."""
    local = at.astimezone(zone)
    return _("{day} pukul {hour} {zone}").format(day=long_date(local.date()), hour=f"{local:%H.%M}", zone=label)


def hours_and_minutes(left: timedelta) -> str:
    """Write a duration in its two largest units, rounded down: *3 hari 14 jam*, *45 menit*."""
    minutes = max(0, int(left.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    counted = [("duration-day", days), ("duration-hour", hours), ("duration-minute", minutes)]
    first = next((place for place, (_unit, count) in enumerate(counted) if count), 2)
    parts = [_counted(count, unit, locale=language().locale) for unit, count in counted[first : first + 2] if count]
    return " ".join(parts) or _counted(0, "duration-minute", locale=language().locale)
