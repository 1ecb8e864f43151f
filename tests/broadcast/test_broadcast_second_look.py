"""A message of a broadcast that a worker has in hand is held back where it is not meant any more."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from bot.store.schema.people import participants
from programme.model.broadcasts import BroadcastAct
from programme.model.deliveries import Claimed, Outcome
from programme.model.events import MilestoneReached, RemindersWished
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from programme.model.zones import Zone
from tests.broadcast.crowd import MONDAY, NOT_BOUGHT, Bureau
from tests.store.samples import happen, settled

EVERYBODY = set(range(1, 31))


async def _wanted(bureau: Bureau, held: list[Claimed]) -> set[int]:
    async with bureau.store.reading() as tx:
        wanted = await tx.outbox.still_wanted([one.id for one in held])
    return {one.delivery.participant for one in held if one.id in wanted}


async def _give_back(bureau: Bureau, held: list[Claimed]) -> None:
    async with bureau.store.writing() as tx:
        await tx.outbox.settle([settled(one, Outcome.LATER, retry_at=MONDAY, costs_attempt=False) for one in held])


async def test_whoever_left_its_audience_since_is_not_to_be_told(bureau: Bureau) -> None:
    await bureau.orders(audience=replace(NOT_BOUGHT, zones=(Zone.WIB,)))
    await bureau.rounds.run()
    held = await bureau.claim()
    assert await _wanted(bureau, held) == EVERYBODY
    async with bureau.store.writing() as tx:
        await happen(tx, 1, MilestoneReached(Milestone.BOUGHT))
        await tx.connection.execute(update(participants).where(participants.c.id == 2).values(wave=22))
        await happen(tx, 3, RemindersWished(ReminderLevel.NONE))
        await tx.people.set_reachable("telegram", "1004", False)
        await tx.people.forget(5)
    assert await _wanted(bureau, held) == EVERYBODY - {1, 2, 3, 4, 5}


async def test_a_paused_one_waits_with_all_that_is_in_hand(bureau: Bureau) -> None:
    """Given back, it is not claimed again until somebody resumes; then everybody gets it once."""
    found = await bureau.orders()
    await bureau.rounds.run()
    held = await bureau.claim(limit=10)
    await bureau.acts(found.id, BroadcastAct.PAUSE)
    assert await _wanted(bureau, held) == set()
    await _give_back(bureau, held)
    assert await bureau.claim() == []
    await bureau.acts(found.id, BroadcastAct.RESUME)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == sorted(EVERYBODY)


async def test_a_cancelled_one_is_not_sent_from_the_hand(bureau: Bureau) -> None:
    """Given back, it is closed at the next claim; another broadcast goes on."""
    first = await bureau.orders("Halo")
    await bureau.orders("Halo lagi")
    await bureau.rounds.run()
    held = await bureau.claim(limit=20)
    await bureau.acts(first.id, BroadcastAct.CANCEL)
    async with bureau.store.reading() as tx:
        wanted = await tx.outbox.still_wanted([one.id for one in held])
    assert {one.delivery.source for one in held if one.id in wanted} == {"broadcast/2"}
    await _give_back(bureau, [one for one in held if one.id not in wanted])
    assert {one.delivery.source for one in await bureau.claim()} == {"broadcast/2"}
    looked_at = await bureau.office.look_at(first.id)
    assert looked_at is not None
    assert looked_at[1].cancelled == 30
