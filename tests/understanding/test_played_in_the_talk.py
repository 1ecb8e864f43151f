"""What answers a question of the bot's own, as far as it is read."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding.step_answers import confirms
from handlers.understanding.wave_answer import announced_about

TODAY = date(2021, 10, 18)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("lolos bulan 9 kayaknya", 1, 30),
        ("bulan september akhir2 itu smsnya masuk", 21, 30),
        ("akhir september", 21, 30),
    ],
)
def test_a_month_by_its_number_and_its_part_behind_it_tell_when(text: str, first: int, last: int) -> None:
    assert announced_about(text, TODAY) == (date(2021, 9, first), date(2021, 9, last))


@pytest.mark.parametrize("text", ["bulan 12 kayaknya", "bulan 21", "akhir 21"])
def test_a_number_that_is_no_month_behind_us_tells_nothing(text: str) -> None:
    assert announced_about(text, TODAY) is None


@pytest.mark.parametrize("text", ["kok sertifikatnya belum nongol", "insentifnya belum cair", "survei saya belum ada"])
def test_what_comes_of_a_step_does_not_deny_it(text: str) -> None:
    assert confirms("completed", text, today=TODAY) is None


@pytest.mark.parametrize("text", ["belum kak", "belum, sertifikatnya aja belum ada", "saya belum selesai"])
def test_a_plain_no_is_one(text: str) -> None:
    assert confirms("completed", text, today=TODAY) == "no"
