"""Whose waves a text names, where several are named."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding.whose_wave import own_wave

TODAY = date(2021, 9, 29)


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("Gelombang 19, 20, 21 itu batas belinya barengan kan? sy yg 19", 19),
        ("gel 19, 20, 21 barengan? gw sih yg 21", 21),
        ("gelombang 20 karo 21 podo ora? aku sing 20", 20),
        ("batas gelombang 18 dan 19 itu sama kan? kalo saya 19", 19),
        ("gelombang 20 atau 21 ya saya?", None),
        ("gelombang 19, 20, 21 batasnya kapan", None),
        ("kalau saya gelombang 21 batasnya kapan", None),
    ],
)
def test_of_several_waves_the_one_said_to_be_ones_own_is_meant(said: str, own: int | None) -> None:
    found = own_wave(said, TODAY)
    assert (found.number if found else None) == own
