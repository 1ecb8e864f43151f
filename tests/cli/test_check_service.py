"""`sobat check --live` says whether the next cutoff's reminders will be out in time, and what stands in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.metrics.cutoff_figures import CutoffFigures
from bot.cli.check_service import Findings, cutoff_line, cutoff_troubles, look_at_cutoffs
from bot.store import Store
from programme.model.imports import ImportState
from tests.databases import at

CUTOFF = datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)
"""Of wave 21."""


def test_when_the_last_reminders_will_be_out_is_said_beside_the_cutoff() -> None:
    figures = CutoffFigures(21, CUTOFF, finish=CUTOFF - timedelta(hours=2))
    line = cutoff_line(figures, CUTOFF - timedelta(hours=7))
    assert "23.59 WIB, in 7 h" in line
    assert "21.59 WIB" in line


@pytest.mark.parametrize(
    ("hours_left", "late", "unreminded", "told"),
    [
        (5, -1, 0, None),
        (5, 1, 0, "out after its cutoff"),
        (5, -1, 3, "3 people of wave 21 had no reminder"),
        (7, -1, 3, None),
    ],
)
def test_who_may_lose_their_place_without_a_word_is_told(
    hours_left: int, late: int, unreminded: int, told: str | None
) -> None:
    figures = CutoffFigures(21, CUTOFF, finish=CUTOFF + timedelta(hours=late), unreminded=unreminded)
    found = cutoff_troubles(figures, CUTOFF - timedelta(hours=hours_left))
    assert [told in each for each in found] == ([True] if told else [])


@pytest.mark.parametrize(("days_old", "days_left", "wrong"), [(5, 2, True), (1, 2, False), (5, 6, False)])
async def test_an_old_roster_is_told_before_a_cutoff(
    store: Store, days_old: int, days_left: int, *, wrong: bool
) -> None:
    """Whoever bought since would be reminded all the same."""
    now = CUTOFF - timedelta(days=days_left)
    async with at(store, now - timedelta(days=days_old)).writing() as tx:
        await tx.imports.begin("roster", "passed.xlsx", "terminal/rina", ImportState.KEPT)
    found = Findings()
    await look_at_cutoffs(at(store, now), found)
    assert any("roster: imported" in line for line in found.lines)
    assert any("the last roster is" in each for each in found.wrong) == wrong
