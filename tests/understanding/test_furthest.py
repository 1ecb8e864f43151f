"""How far somebody tells to have come, behind the purchase: their own plain words alone."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding.furthest import furthest_told

TODAY = date(2021, 12, 2)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("insentif pertama gw udah cair btw, terus next nya apa?", "incentive_paid"),
        ("gw belom muncul apa2, incentive gw cair tgl 10 nov. normal ga sih?", "incentive_paid"),
        ("course nya udah kelar. makanya insentif cair lol", "incentive_paid"),
        ("survey 1 udah muncul nih barusan", "incentive_paid"),
        ("kelasnya udah selesai min, batasnya kapan ya", "completed"),
    ],
)
def test_a_later_step_is_heard_beside_anything(said: str, step: str) -> None:
    """A clause of one's own that neither asks nor supposes tells it."""
    assert furthest_told(said, TODAY) == step


@pytest.mark.parametrize(
    "said",
    [
        "insentif udah cair belum ya?",
        "kalau kelasnya udah selesai gimana",
        "temen gw udah dapet insentif",
        "insentif gw belum cair",
        "BLT gw udah cair",
        "batas beli kapan",
    ],
)
def test_what_is_asked_supposed_or_others_tells_nothing(said: str) -> None:
    """Whoever only asks or speaks of others is sent to the purchase as before."""
    assert furthest_told(said, TODAY) is None
