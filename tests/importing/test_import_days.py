"""A day is read as it was meant, and whether day or month stands first is decided by the whole file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.days import DayOrder, MixedOrders, NoDay, OrderEvidence, read_day

DAYS = st.dates(date(2020, 3, 20), date(2031, 12, 31))
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]

WAYS = {
    "ISO": date.isoformat,
    "ISO with slashes": lambda day: f"{day:%Y/%m/%d}",
    "without anything between": lambda day: f"{day:%Y%m%d}",
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "dashes": lambda day: f"{day:%d-%m-%Y}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "short year": lambda day: f"{day:%d/%m/%y}",
    "short everything": lambda day: f"{day.day}/{day.month}/{day:%y}",
    "month in words": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "English, short": lambda day: f"{day:%d-%b-%y}",
    "American words": lambda day: f"{day:%b} {day.day}, {day.year}",
    "with its weekday": lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    "pandas": lambda day: f"{day} 00:00:00",
    "a machine's": lambda day: f"{day}T08:15:30.123+07:00",
    "Excel's number": lambda day: str((day - date(1899, 12, 30)).days),
    "Excel's number with the hour": lambda day: f"{(day - date(1899, 12, 30)).days}.75",
}


@given(DAYS, st.sampled_from(sorted(WAYS)))
def test_every_way_of_writing_a_day_gives_that_day(day: date, way: str) -> None:
    assert read_day(WAYS[way](day)) == day


@given(DAYS)
def test_month_first_is_read_where_the_file_puts_it_first(day: date) -> None:
    assert read_day(f"{day:%m/%d/%Y}", DayOrder.MONTH_FIRST) == day


@given(DAYS)
def test_a_moment_in_another_zone_is_the_day_which_it_is_in_jakarta(day: date) -> None:
    assert read_day(f"{day}T18:00:00Z") == day + timedelta(days=1)
    assert read_day(f"{day}T16:59:59Z") == day


@pytest.mark.parametrize(
    "text",
    ["2021-09-22junk", "31/02/2021", "22/13/2021", "9/22/2021", "Kamis, 22 September 2021", "22/9", "kemarin", "0",
     "1632268800", "2021-09-22 25:61", "22/09/021", "22-09/2021", "#N/A", "22 Sepetember 2021",
     "9999-12-31T23:59Z", "0001-01-01 00:00+14:00", "0000-01-01"],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(NoDay):
        read_day(text)


def _evidence(*cells: str) -> OrderEvidence:
    evidence = OrderEvidence()
    for row, cell in enumerate(cells, start=2):
        evidence.note(row, cell)
    return evidence


def test_one_day_that_can_be_read_one_way_only_decides_for_all() -> None:
    assert _evidence("09/10/2021", "09/22/2021").decide() is DayOrder.MONTH_FIRST
    assert _evidence("09/10/2021", "22/09/2021").decide() is DayOrder.DAY_FIRST
    assert _evidence("09/10/2021", "2021-09-22").decide() is DayOrder.DAY_FIRST


def test_where_nothing_tells_it_is_day_first_and_that_is_said() -> None:
    assert _evidence("09/10/2021").undecided
    assert not _evidence("09/10/2021", "22/09/2021").undecided
    assert not _evidence("09/09/2021", "2021-09-10").undecided


def test_a_file_that_contradicts_itself_is_refused_with_both_rows() -> None:
    with pytest.raises(MixedOrders, match=r"row 3 .*22/09/2021.* row 4 .*09/22/2021"):
        _evidence("09/10/2021", "22/09/2021", "09/22/2021").decide()
