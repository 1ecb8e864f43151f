"""Days, months and their names: the arithmetic under what people say about dates."""

from __future__ import annotations

from datetime import date

_MONTH_NAMES = (
    "januari jan january januri|februari feb pebruari february febuari|maret mar march mrt|april apr apil|mei may|"
    "juni jun june jni|juli jul july|agustus agu ags agt agst aug august agus agustusan|"
    "september sept sep setember spt septmber|oktober okt oct october oktobr oktber|"
    "november nov nop nopember novmber|desember des dec december"
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
_WEEKDAY_NAMES = (
    "senin senen monday mon snin isnin|selasa slasa tuesday tue tues salasa slsa|rabu rebo wednesday wed rabo rbu|"
    "kamis kemis thursday thu thur thurs kms kmis khamis|"
    "jumat jumaat friday fri jum'at jmt jmat juma'at jemuwah jemuah jumuah jumuwah jemah jumaah|"
    "sabtu saptu saturday setu sbtu septu|minggu ahad sunday"
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES.split("|")) for name in names.split()}


def day(year: int, month: int, number: int) -> date | None:
    """Return the date, or None if the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def nearest(options: list[date | None], today: date, leaning: int) -> date | None:
    """Return the option nearest to today, if possible on the side leaned to: -1 past, 1 future, 0 either."""
    real = [option for option in options if option is not None]
    fitting = [option for option in real if (option - today).days * leaning >= 0] or real
    return min(fitting, key=lambda option: (abs(option - today), option), default=None)


def in_month(number: int, month: int, year: int | None, today: date, leaning: int) -> date | None:
    """Return a day of a month, in the year nearest to today unless one is given."""
    if year is not None:
        return day(year, month, number)
    return nearest([day(today.year + step, month, number) for step in (-1, 0, 1)], today, leaning)


def of_some_month(number: int, today: date, leaning: int) -> date | None:
    """Return the day of that number in the month before, this or the next, whichever is nearest."""
    return nearest([shifted(today, step, number) for step in (-1, 0, 1)], today, leaning)


def shifted(today: date, months: int, number: int) -> date | None:
    """Return the day of that number so many months from today's, or None if that month has no such day."""
    month = today.year * 12 + today.month - 1 + months
    return day(month // 12, month % 12 + 1, number)
