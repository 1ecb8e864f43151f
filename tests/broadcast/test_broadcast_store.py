"""Announcements on SQLite and PostgreSQL: who gets one, once, and what a pause, a cancel and a retry do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.store import State, Store
from bot.store.tables import participants
from programme.broadcast_refusals import AlreadyOrdered, NothingFailed, NotNow, TooLate
from programme.broadcasts import Act, Audience, Broadcast, BroadcastOrdered, Draft, Exclusions, Halt, Progress
from programme.deliveries import Outcome, Settlement
from programme.events import MilestoneReached, RemindersWished, ZoneTold
from programme.messages import Kind, Message
from programme.milestones import Milestone
from programme.participants import ReminderLevel
from programme.zones import Zone
from reminders.broadcasts import load_broadcast_rules
from tests.broadcast.crowd import CUTOFF, JOKO, MONDAY, NOT_BOUGHT, RINA, Bureau, settle_in
from tests.store.samples import happen


@pytest.fixture
async def bureau(store: Store) -> Bureau:
    """Thirty people who have not bought, ids 1 to 30, and ten of each sort that is left out."""
    async with store.writing() as tx:
        await settle_in(tx, range(1, 31))
        await settle_in(tx, range(31, 41), reached=Milestone.BOUGHT)
        await settle_in(tx, range(41, 51), level=ReminderLevel.NONE)
        await settle_in(tx, range(51, 61), reachable=False)
        await settle_in(tx, range(61, 71), wave=20)
        await settle_in(tx, range(71, 81), reached=Milestone.COMPLETED)
    return Bureau(store)


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
    await bureau.rounds._step(found, MONDAY)
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


async def test_who_buys_meanwhile_does_not_get_it(bureau: Bureau) -> None:
    """Nor does who turned reminders off, nor who can't be reached any more."""
    found = await bureau.orders()
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        await happen(tx, 3, MilestoneReached(Milestone.BOUGHT))
        await tx.people.set_reachable("telegram", "1004", False)
    assert set(await bureau.sends()) == set(range(1, 31)) - {3, 4}
    await bureau.rounds.run()
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    progress = looked_at[1]
    assert (progress.sent, progress.cancelled, progress.gone) == (28, 1, 1)


async def test_a_pause_holds_what_waits_and_resuming_lets_it_go(bureau: Bureau) -> None:
    """What a worker already has in hand still goes."""
    found = await bureau.orders()
    await bureau.rounds.run()
    assert len(await bureau.sends(limit=10)) == 10
    await bureau.acts(found.id, Act.PAUSE)
    await bureau.rounds.run()
    assert await bureau.sends() == []
    await bureau.acts(found.id, Act.RESUME)
    await bureau.rounds.run()
    assert len(await bureau.sends()) == 20


async def test_what_a_worker_gives_back_during_a_pause_waits_too(bureau: Bureau) -> None:
    """A message that was throttled comes back open; the next round holds it."""
    found = await bureau.orders()
    await bureau.rounds.run()
    claimed = await bureau.claim(limit=5)
    await bureau.acts(found.id, Act.PAUSE)
    async with bureau.store.writing() as tx:
        await tx.outbox.settle([_later(one.id, one.attempt) for one in claimed])
    await bureau.rounds.run()
    bureau.clock.set(MONDAY + timedelta(minutes=10))
    assert await bureau.sends() == []


async def test_the_whole_audience_is_asked_again(bureau: Bureau) -> None:
    """Who completed a training, moved or was put into another wave since is not meant any more, by whichever sign."""
    audience = replace(NOT_BOUGHT, zones=(Zone.WIB,))
    await bureau.orders(audience=audience)
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        await happen(tx, 1, MilestoneReached(Milestone.COMPLETED))
        await happen(tx, 2, ZoneTold(Zone.WIT))
        await tx.people._connection.execute(update(participants).where(participants.c.id == 3).values(wave=22))
        await happen(tx, 4, RemindersWished(ReminderLevel.NONE))
    assert await bureau.sends() == list(range(5, 31))


async def test_who_left_meanwhile_holds_up_nothing(bureau: Bureau) -> None:
    """Nothing is kept of them, and the announcement ends."""
    found = await bureau.orders()
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        await tx.people.forget(7)
    assert len(await bureau.sends()) == 29
    await bureau.rounds.run()
    assert await bureau.state(found.id) == "done"


async def test_what_a_worker_left_lying_is_cleared_at_its_leases_end(bureau: Bureau) -> None:
    """It died; the announcement was cancelled meanwhile."""
    found = await bureau.orders()
    await bureau.rounds.run()
    assert len(await bureau.claim(limit=5)) == 5
    await bureau.acts(found.id, Act.CANCEL)
    assert (await _progress(bureau, found)).waiting == 5
    bureau.clock.set(MONDAY + timedelta(minutes=1))
    assert await bureau.sends() == []
    assert (await _progress(bureau, found)).cancelled == 30


async def test_announcements_share_what_a_worker_takes(bureau: Bureau) -> None:
    """A large one does not hold up a small one."""
    await bureau.orders("Halo")
    await bureau.orders("Halo lagi")
    await bureau.rounds.run()
    taken = Counter(one.delivery.source for one in await bureau.claim(limit=10))
    assert taken == {"broadcast/1": 5, "broadcast/2": 5}


async def test_each_gets_it_in_their_language(bureau: Bureau) -> None:
    """Indonesian where there is no other; and it is found in the person's log."""
    async with bureau.store.writing() as tx:
        await settle_in(tx, range(100, 102), wave=22, language="en")
        await settle_in(tx, range(102, 103), wave=22, language="jv")
    words = {"id": Message("Halo"), "en": Message("Hello")}
    wanted = Draft(audience=Audience(waves=(22,)), messages=words)
    async with bureau.store.writing() as tx:
        order = BroadcastOrdered(wanted, await bureau.office.outlook(wanted.audience))
        await bureau.turns.obey(tx, order, RINA, "o")
    await bureau.rounds.run()
    said = {one.delivery.participant: one.delivery.message for one in await bureau.claim()}
    assert said == {100: words["en"], 101: words["en"], 102: words["id"]}
    async with bureau.store.reading() as tx:
        [entry] = await tx.outbox.log(5, 101)
    assert (entry.source, entry.message, entry.state) == ("broadcast/1", words["en"], State.LEASED)


async def test_a_cancelled_one_never_goes_out(bureau: Bureau) -> None:
    """What was sent stays sent; it can't be resumed, and may be ordered anew."""
    found = await bureau.orders()
    await bureau.rounds.run()
    await bureau.sends(limit=10)
    await bureau.acts(found.id, Act.CANCEL)
    assert await bureau.sends() == []
    with pytest.raises(NotNow):
        await bureau.acts(found.id, Act.RESUME)
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
    await bureau.acts(found.id, Act.RETRY)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == sorted(failed)
    await bureau.rounds.run()
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    assert (looked_at[1].sent, looked_at[1].unknown, looked_at[1].failed) == (20, 10, 0)
    assert set(got).isdisjoint(failed)
    assert set(perhaps).isdisjoint(failed)
    with pytest.raises(NothingFailed):
        await bureau.acts(found.id, Act.RETRY)


async def test_one_that_the_messenger_refuses_altogether_is_paused(bureau: Bureau) -> None:
    """Fifty would be refused as well as five hundred thousand."""
    bureau.rounds.rules = replace(load_broadcast_rules(), all_failed=5)
    found = await bureau.orders()
    await bureau.rounds.run()
    await bureau.sends(limit=5, outcome=Outcome.FAILED)
    await bureau.rounds.run()
    assert await bureau.state(found.id) == "paused"
    assert await bureau.sends() == []


async def test_one_is_paused_where_the_messenger_refuses_our_account(bureau: Bureau) -> None:
    """An operator must act first; nobody's message is used up, and resuming goes on where it was."""
    found = await bureau.orders()
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        claimed = await tx.outbox.claim(MONDAY, limit=5, lease=timedelta(minutes=1), kinds=[Kind.BROADCAST])
        await tx.outbox.settle([replace(_later(one.id, one.attempt), reason="misconfigured") for one in claimed])
    await bureau.rounds.run()
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    assert (looked_at[0].state.value, looked_at[0].reason) == ("paused", Halt.ACCOUNT)
    bureau.clock.set(MONDAY + timedelta(minutes=5))
    assert await bureau.sends() == []
    await bureau.acts(found.id, Act.RESUME)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == list(range(1, 31))


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
    """Within a day, whoever orders it; other words are another announcement."""
    found = await bureau.orders()
    with pytest.raises(AlreadyOrdered) as refusal:
        await bureau.orders(member=JOKO)
    assert refusal.value.number == found.id
    await bureau.orders("Halo lagi")


async def _progress(bureau: Bureau, found: Broadcast) -> Progress:
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    return looked_at[1]


def _later(number: int, attempt: int) -> Settlement:
    return Settlement(
        id=number,
        attempt=attempt,
        outcome=Outcome.LATER,
        at=MONDAY,
        retry_at=MONDAY + timedelta(seconds=5),
        costs_attempt=False,
    )
