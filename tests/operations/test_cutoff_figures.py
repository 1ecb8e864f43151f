"""Before a cutoff a machine sees who was told nothing, and whether the last word will be out in time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from bot.app.metrics.cutoff_figures import CutoffFigures, read_cutoffs
from bot.store import Store
from bot.store.repositories.service_stats import STRETCH
from bot.store.schema.traffic import deliveries
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from programme.programme import load_programme
from reminders.last_call import finish
from reminders.policy import load_policy
from tests.broadcast.crowd import CUTOFF, settle_in
from tests.databases import at

RATES = {"telegram": 30.0}
LAST_CALL = CUTOFF - timedelta(hours=2, minutes=59, seconds=59)


async def _read(store: Store, before: timedelta) -> CutoffFigures:
    found = await read_cutoffs(at(store, CUTOFF - before), load_programme(), load_policy(), RATES)
    return next(each for each in found if each.wave == 21)


async def _told(store: Store, people: range, before: timedelta) -> None:
    moment = CUTOFF - before
    row = {"source": "reminder/21/2021-10-21/H-0", "kind": Kind.REMINDER, "due_at": moment, "closed_at": moment}
    row |= {"state": "sent", "attempt": 1, "failures": 0}
    async with store.writing() as tx:
        await tx.connection.execute(insert(deliveries), [{"participant": each, **row} for each in people])


async def test_those_count_who_wait_for_a_word_and_had_none(store: Store) -> None:
    """Not who bought, wants no reminders, can't be reached, or was told since the day before."""
    async with store.writing() as tx:
        await settle_in(tx, range(1, 11))
        await settle_in(tx, range(11, 14), reached=Milestone.BOUGHT)
        await settle_in(tx, range(14, 16), level=ReminderLevel.NONE)
        await settle_in(tx, range(16, 20), reachable=False)
    await _told(store, range(1, 8), timedelta(hours=10))
    found = await _read(store, timedelta(hours=5))
    assert found.unreminded == 3
    assert found.finish == LAST_CALL + timedelta(seconds=10 / 30)


async def test_after_the_last_call_those_count_who_have_not_had_it(store: Store) -> None:
    async with store.writing() as tx:
        await settle_in(tx, range(1, 11))
    await _told(store, range(1, 5), timedelta(hours=1))
    found = await _read(store, timedelta(minutes=10))
    assert found.finish == CUTOFF - timedelta(minutes=10) + timedelta(seconds=6 / 30)


async def test_a_wave_is_counted_whole_a_stretch_at_a_time(store: Store) -> None:
    async with store.writing() as tx:
        await settle_in(tx, range(1, STRETCH + 3))
    await _told(store, range(1, 3), timedelta(hours=10))
    assert (await _read(store, timedelta(hours=5))).unreminded == STRETCH


async def test_a_week_before_it_is_seen_whether_all_can_be_told_and_a_month_before_only_when(store: Store) -> None:
    assert (await _read(store, timedelta(days=3))).unreminded is None
    assert (await _read(store, timedelta(days=3))).finish == LAST_CALL
    assert (await _read(store, timedelta(days=20))) == CutoffFigures(21, CUTOFF)


def test_each_channel_goes_at_its_own_rate() -> None:
    waiting = {"telegram": 300, "whatsapp": 1600}
    assert finish(waiting, CUTOFF, RATES | {"whatsapp": 80.0}) == CUTOFF + timedelta(seconds=20)
