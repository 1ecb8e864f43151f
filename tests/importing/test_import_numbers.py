"""A number is read as it was meant, however it was written, or refused: never another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.numbers import LostDigits, NoNumber, read_digits, read_whole

WHOLE = st.integers(min_value=0, max_value=10**12)
MOBILE = st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True)


def _grouped(number: int, group: str) -> str:
    return f"{number:,}".replace(",", group)


WAYS = {
    "plain": str,
    "as pandas writes a float": lambda number: f"{number}.0",
    "as LibreOffice in Indonesian": lambda number: f"{number},00",
    "dots between thousands": lambda number: _grouped(number, "."),
    "commas between thousands": lambda number: _grouped(number, ","),
    "rupiah with cents": lambda number: f"Rp {_grouped(number, '.')},00",
    "English rupiah": lambda number: f"IDR {_grouped(number, ',')}.00",
    "a receipt's": lambda number: f"Rp. {_grouped(number, '.')},-",
    "rupiah behind": lambda number: f"{_grouped(number, '.')} rupiah",
    "marked as text": lambda number: f"'{number}",
    "a text formula": lambda number: f'="{number}"',
    "thousands in words": lambda number: f"{number}000 ribu",
}


@given(WHOLE, st.sampled_from(sorted(WAYS)))
def test_every_way_of_writing_a_number_gives_that_number(number: int, way: str) -> None:
    factor = 1_000_000 if way == "thousands in words" else 1
    assert read_whole(WAYS[way](number)) == number * factor


@given(st.integers(0, 200), st.integers(1, 99))
def test_a_fraction_is_never_taken_for_digits(whole: int, fraction: int) -> None:
    """Wave 1.8 is not wave 18, in either country's way of writing."""
    for point in ".,":
        with pytest.raises(NoNumber):
            read_whole(f"{whole}{point}{fraction}".rstrip("0") if fraction % 10 == 0 else f"{whole}{point}{fraction}")


@pytest.mark.parametrize("text", ["600 ribu", "600rb", "600k", "0,6 juta", "0.6jt", "Rp600.000", "600 000", "600'000"])
def test_sums_in_words_and_groups(text: str) -> None:
    assert read_whole(text) == 600_000


@pytest.mark.parametrize("text", ["", "x", "-5", "1.2.3", "6 0", "1,20,00", "²", "600.000.00", "1/2", "18 19", "Rp",
                                  "60000.000", "0600.000", "1.000,000", "3550,000"])  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(NoNumber):
        read_whole(text)


@pytest.mark.parametrize("text", ["8.12E+11", "8,12E+11", "6E+05", "8.12346e10"])
def test_a_number_that_a_spreadsheet_cut_short_is_told_as_that(text: str) -> None:
    for read in (read_whole, read_digits):
        with pytest.raises(LostDigits, match="Excel lost digits"):
            read(text)


@given(MOBILE)
def test_a_long_number_that_became_a_float_is_still_that_number(number: str) -> None:
    """Its own digits, and none of the point's."""
    for text in (f"{number}.0", f"{number},00", f"{number[0]}.{number[1:]}e+{len(number) - 1}"):
        assert read_digits(text) == number
    with pytest.raises(NoNumber):
        read_digits(f"{number}.5")
