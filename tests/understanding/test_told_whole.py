"""A purchase told amid its circumstances is plain; what only sounds like it never is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handlers.understanding.reports import Said
from handlers.understanding.slips import righted
from handlers.understanding.telling import bought_by_somebody, step_told

TODAY = date(2021, 10, 19)


def lines(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("text", lines("told_whole.txt"))
def test_what_is_told_whole_is_plain(text: str) -> None:
    assert step_told("bought", text, today=TODAY) is Said.PLAINLY


@pytest.mark.parametrize("text", lines("sounds_like_bought.txt"))
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert step_told("bought", text, today=TODAY) is not Said.PLAINLY


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("udah beli di tokopedia kemarin, eh salah, di pintaria", "udah beli di pintaria kemarin, "),
        ("udah beli di shopee, eh bukan aku, istriku di bukalapak", None),
        ("udah beli di tokopedia, eh bukan, mau beli di bukalapak", None),
        ("sudah beli di pintaria", None),
    ],
)
def test_a_slip_is_put_right_only_where_the_place_is_meant(text: str, meant: str | None) -> None:
    assert righted(text) == (meant if meant is not None else text)


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("suami aq dh beli di pintaria min", True),
        ("sama suami sudah beli di pintaria", False),
        ("suami sudah belikan di pintaria", False),
        ("ibu sudah beli", False),
        ("urang geus meuli kelas desain", False),
        ("adikku sudah beli, aku juga sudah", False),
    ],
)
def test_whose_purchase_it_is(text: str, theirs: bool) -> None:
    assert bought_by_somebody(text, today=TODAY) is theirs
