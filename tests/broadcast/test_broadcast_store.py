"""Broadcasts on SQLite and PostgreSQL: who gets one, once, and what a pause, a cancel and a retry do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasts.rules import load_broadcast_rules
from programme.model.broadcast_refusals import AlreadyOrdered, NothingFailed, NotNow, TooLate
from programme.model.broadcasts import Audience, BroadcastAct, Exclusions
from programme.model.deliveries import Outcome
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from tests.broadcast.crowd import CUTOFF, JOKO, MONDAY, Bureau, settle_in


async def test_who_is_left_out_is_counted_for_one_reason_each(bureau: Bureau) -> None:
    """Also who completed a training, and so must have bought one."""
    outlook = await bureau.outlook()
    assert outlook.count == 30
    assert outlook.exclusions == Exclusions(other_wave=10, milestone=20, opted_out=10, unreachable=10)


async def test_what_is_counted_is_what_is_sent(bureau: Bureau) -> None:
    """The people counted get it, each once, however small the stretches."""
    bureau.rounds.rules = replace(load_broadcast_rules(), window=7)
    found = await bureau.orders()
    got: list[int] = []
    while news := await bureau.rounds.run() + len(sent := await bureau.sends(limit=5)):
        got += sent
        assert news
    assert sorted(got) == list(range(1, 31))
    assert await bureau.state(found.id) == "done"
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    assert (looked_at[1].planned, looked_at[1].sent, looked_at[1].waiting) == (30, 30, 0)


async def test_everybody_can_be_planned_in_one_statement(bureau: Bureau) -> None:
    """And planning again adds nothing."""
    found = await bureau.orders()
    await bureau.rounds._step(found)
    async with bureau.store.writing() as tx:
        assert await tx.broadcasts.plan(found.id) == 30
        assert await tx.broadcasts.plan(found.id) is None
    assert len(await bureau.sends()) == 30


async def test_zones_and_milestones_narrow_the_audience(bureau: Bureau) -> None:
    """Who told no zone counts as living in WIB."""
    async with bureau.store.writing() as tx:
        await settle_in(tx, range(100, 103), zone=Zone.WITA, reached=Milestone.BOUGHT)
    bought = Audience(waves=(21,), reached=(Milestone.BOUGHT,))
    assert (await bureau.outlook(bought)).count == 13
    assert (await bureau.outlook(replace(bought, zones=(Zone.WITA,)))).count == 3
    assert (await bureau.outlook(replace(bought, zones=(Zone.WIB, Zone.WIT)))).count == 10
    assert (await bureau.outlook(Audience())).count == 30 + 10 + 10 + 10 + 3


async def test_a_pause_holds_what_waits_and_resuming_lets_it_go(bureau: Bureau) -> None:
    """What a worker already has in hand still goes."""
    found = await bureau.orders()
    await bureau.rounds.run()
    assert len(await bureau.sends(limit=10)) == 10
    await bureau.acts(found.id, BroadcastAct.PAUSE)
    await bureau.rounds.run()
    assert await bureau.sends() == []
    await bureau.acts(found.id, BroadcastAct.RESUME)
    await bureau.rounds.run()
    assert len(await bureau.sends()) == 20


async def test_a_cancelled_one_never_goes_out(bureau: Bureau) -> None:
    """What was sent stays sent; it can't be resumed, and may be ordered anew."""
    found = await bureau.orders()
    await bureau.rounds.run()
    await bureau.sends(limit=10)
    await bureau.acts(found.id, BroadcastAct.CANCEL)
    assert await bureau.sends() == []
    with pytest.raises(NotNow):
        await bureau.acts(found.id, BroadcastAct.RESUME)
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    assert (looked_at[1].sent, looked_at[1].cancelled) == (10, 20)
    assert (await bureau.orders()).id != found.id


async def test_only_what_failed_is_tried_again(bureau: Bureau) -> None:
    """Who got it does not get it again, nor does who perhaps got it."""
    found = await bureau.orders()
    await bureau.rounds.run()
    got = await bureau.sends(limit=10)
    perhaps = await bureau.sends(limit=10, outcome=Outcome.UNKNOWN)
    failed = await bureau.sends(limit=10, outcome=Outcome.FAILED)
    await bureau.rounds.run()
    assert await bureau.state(found.id) == "done"
    await bureau.acts(found.id, BroadcastAct.RETRY)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == sorted(failed)
    await bureau.rounds.run()
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    assert (looked_at[1].sent, looked_at[1].unknown, looked_at[1].failed) == (20, 10, 0)
    assert set(got).isdisjoint(failed)
    assert set(perhaps).isdisjoint(failed)
    with pytest.raises(NothingFailed):
        await bureau.acts(found.id, BroadcastAct.RETRY)


async def test_one_that_the_messenger_refuses_altogether_is_paused(bureau: Bureau) -> None:
    """Fifty would be refused as well as five hundred thousand."""
    bureau.rounds.rules = replace(load_broadcast_rules(), all_failed=5)
    found = await bureau.orders()
    await bureau.rounds.run()
    await bureau.sends(limit=5, outcome=Outcome.FAILED)
    await bureau.rounds.run()
    assert await bureau.state(found.id) == "paused"
    assert await bureau.sends() == []


async def test_it_waits_for_its_moment(bureau: Bureau) -> None:
    """Not a second before."""
    starts = MONDAY + timedelta(hours=3)
    found = await bureau.orders(starts_at=starts)
    bureau.clock.set(starts - timedelta(seconds=1))
    await bureau.rounds.run()
    assert await bureau.sends() == []
    bureau.clock.set(starts)
    await bureau.rounds.run()
    assert len(await bureau.sends()) == 30
    assert found.state.value == "scheduled"


async def test_what_would_end_after_the_cutoff_is_refused_with_the_latest_start(bureau: Bureau) -> None:
    """Thirty people take two seconds at thirty a second, some of it kept for replies."""
    latest = CUTOFF - timedelta(seconds=2)
    with pytest.raises(TooLate) as refusal:
        await bureau.orders(starts_at=latest + timedelta(seconds=1))
    assert refusal.value.latest == latest
    await bureau.orders(starts_at=latest)


async def test_what_was_slept_through_does_not_begin_too_late(bureau: Bureau) -> None:
    """Nobody was running at its moment; now it would not be through by the cutoff."""
    found = await bureau.orders(starts_at=CUTOFF - timedelta(minutes=1))
    bureau.clock.set(CUTOFF - timedelta(seconds=1))
    await bureau.rounds.run()
    assert await bureau.state(found.id) == "failed"
    assert await bureau.sends() == []


async def test_the_same_words_to_the_same_people_are_a_mistake(bureau: Bureau) -> None:
    """While they are under way, whoever orders it; other words are another broadcast."""
    found = await bureau.orders()
    with pytest.raises(AlreadyOrdered) as refusal:
        await bureau.orders(member=JOKO)
    assert refusal.value.number == found.id
    await bureau.orders("Halo lagi")


async def test_what_it_is_about_lies_with_its_words(bureau: Bureau) -> None:
    """Whatever day it was read on, the same words stay the same broadcast."""
    words = "Survei evaluasi sudah bisa diisi di dashboard sampai besok."
    found = await bureau.orders(words)
    about = found.messages["id"].about
    assert about is not None
    assert (about.conversation, about.told["waves"]) == ("survey", "21")
    bureau.clock.set(bureau.clock.now() + timedelta(days=1))
    with pytest.raises(AlreadyOrdered):
        await bureau.orders(words)
