"""What a claim makes of broadcasts: who is still meant, in which words, and what a worker left lying."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.channels.channel import Ambiguous, Gone, Refused, SendFailure
from bot.outbound.retry_policy import of_failure
from bot.store import State
from bot.store.schema.people import participants
from bot.store.schema.staff import broadcasts
from programme.model.broadcasts import (
    Audience,
    Broadcast,
    BroadcastAct,
    BroadcastOrdered,
    BroadcastState,
    Draft,
    Halt,
    Progress,
)
from programme.model.deliveries import BroadcastDeliveryId, Claimed, Delivery, Outcome, Settlement
from programme.model.events import MilestoneReached, RemindersWished, ZoneTold
from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from programme.model.spheres import Sphere
from programme.model.zones import Zone
from tests.broadcast.crowd import MONDAY, NOT_BOUGHT, RINA, Bureau, settle_in
from tests.databases import at
from tests.store.samples import happen, owed, settled


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


async def test_the_whole_audience_is_asked_again(bureau: Bureau) -> None:
    """Who completed a training, moved or was put into another wave since is not meant any more, by whichever sign."""
    audience = replace(NOT_BOUGHT, zones=(Zone.WIB,))
    await bureau.orders(audience=audience)
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        await happen(tx, 1, MilestoneReached(Milestone.COMPLETED))
        await happen(tx, 2, ZoneTold(Zone.WIT))
        await tx.connection.execute(update(participants).where(participants.c.id == 3).values(wave=22))
        await happen(tx, 4, RemindersWished(ReminderLevel.NONE))
    assert await bureau.sends() == list(range(5, 31))


@pytest.mark.parametrize("spoilt", ["audience", "words"])
async def test_an_announcement_that_can_not_be_read_pauses_and_others_go_on(bureau: Bureau, spoilt: str) -> None:
    """As when an older version finds what a newer one wrote; an operator is told."""
    found = await bureau.orders("berita yang rusak")
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        broken = {spoilt: {"id": "["}, "digest": f"never read {spoilt}"}
        await tx.connection.execute(update(broadcasts).where(broadcasts.c.id == found.id).values(**broken))
        await tx.outbox.put([owed(3)])
    assert [one.delivery.kind for one in await bureau.claim()] == []
    async with bureau.store.writing() as tx:
        claimed = await tx.outbox.claim(limit=9, lease=timedelta(minutes=1))
        assert [one.delivery.participant for one in claimed] == [3]
        [letter] = await tx.dead_letters.all()
        assert (letter.sphere, letter.key, letter.tries) == (Sphere.BROADCAST, str(found.id), 1)
        state = await tx.connection.execute(select(broadcasts.c.state).where(broadcasts.c.id == found.id))
        assert state.scalar_one() is BroadcastState.PAUSED


async def test_who_left_meanwhile_holds_up_nothing(bureau: Bureau) -> None:
    """Nothing is kept of them, and the broadcast ends."""
    found = await bureau.orders()
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        await tx.people.forget(7)
    assert len(await bureau.sends()) == 29
    await bureau.rounds.run()
    assert await bureau.state(found.id) == "done"


async def test_what_was_in_a_dead_workers_hands_comes_back_while_it_runs(bureau: Bureau) -> None:
    """Nobody is lost; who is not meant any more is told of as unknown, for it may have gone out."""
    found = await bureau.orders()
    await bureau.rounds.run()
    lost = [one.delivery.participant for one in await bureau.claim(limit=5)]
    async with bureau.store.writing() as tx:
        await happen(tx, lost[0], MilestoneReached(Milestone.BOUGHT))
    bureau.clock.set(MONDAY + timedelta(minutes=1))
    assert set(await bureau.sends()) == set(range(1, 31)) - {lost[0]}
    progress = await _progress(bureau, found)
    assert (progress.sent, progress.unknown) == (29, 1)


async def test_what_a_worker_left_lying_is_unknown_even_where_the_announcement_was_cancelled(bureau: Bureau) -> None:
    """It died; the broadcast was cancelled meanwhile."""
    found = await bureau.orders()
    await bureau.rounds.run()
    assert len(await bureau.claim(limit=5)) == 5
    await bureau.acts(found.id, BroadcastAct.CANCEL)
    assert (await _progress(bureau, found)).waiting == 5
    bureau.clock.set(MONDAY + timedelta(minutes=1))
    assert await bureau.sends() == []
    progress = await _progress(bureau, found)
    assert (progress.unknown, progress.cancelled) == (5, 25)


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


async def test_one_is_paused_where_the_messenger_refuses_our_account(bureau: Bureau) -> None:
    """An operator must act first; nobody's message is used up, and resuming goes on where it was."""
    found = await bureau.orders()
    await bureau.rounds.run()
    async with at(bureau.store, MONDAY).writing() as tx:
        claimed = await tx.outbox.claim(limit=5, lease=timedelta(minutes=1), kinds=[Kind.BROADCAST])
        await tx.outbox.settle([replace(_later(one), reason="misconfigured") for one in claimed])
    await bureau.rounds.run()
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    assert (looked_at[0].state.value, looked_at[0].reason) == ("paused", Halt.ACCOUNT)
    bureau.clock.set(MONDAY + timedelta(minutes=5))
    assert await bureau.sends() == []
    await bureau.acts(found.id, BroadcastAct.RESUME)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == list(range(1, 31))


async def test_what_a_worker_gives_back_during_a_pause_waits_too(bureau: Bureau) -> None:
    """A message that was throttled comes back open; the next round holds it."""
    found = await bureau.orders()
    await bureau.rounds.run()
    claimed = await bureau.claim(limit=5)
    await bureau.acts(found.id, BroadcastAct.PAUSE)
    async with bureau.store.writing() as tx:
        await tx.outbox.settle([_later(one) for one in claimed])
    await bureau.rounds.run()
    bureau.clock.set(MONDAY + timedelta(minutes=10))
    assert await bureau.sends() == []


async def test_a_worker_that_was_slow_during_a_pause_is_still_believed(bureau: Bureau) -> None:
    """Its lease ended meanwhile, and nobody took over: what it says it sent goes out to nobody again."""
    found = await bureau.orders()
    await bureau.rounds.run()
    slow = await bureau.claim(limit=5)
    await bureau.acts(found.id, BroadcastAct.PAUSE)
    bureau.clock.set(MONDAY + timedelta(minutes=2))
    assert await bureau.claim() == []
    await bureau.acts(found.id, BroadcastAct.RESUME)
    async with bureau.store.writing() as tx:
        await tx.outbox.settle([settled(one, Outcome.SENT, bureau.clock.now()) for one in slow])
    bureau.clock.set(MONDAY + timedelta(minutes=9))
    assert not {one.delivery.participant for one in slow} & set(await bureau.sends())
    assert (await _progress(bureau, found)).sent == 30


async def test_what_was_in_hand_at_a_pause_is_unknown_where_it_is_then_cancelled(bureau: Bureau) -> None:
    """The worker died, so nobody knows; to call it cancelled would say that they did not get it."""
    found = await bureau.orders()
    await bureau.rounds.run()
    assert len(await bureau.claim(limit=5)) == 5
    await bureau.acts(found.id, BroadcastAct.PAUSE)
    bureau.clock.set(MONDAY + timedelta(minutes=2))
    assert await bureau.claim() == []
    await bureau.acts(found.id, BroadcastAct.CANCEL)
    bureau.clock.set(MONDAY + timedelta(minutes=9))
    assert await bureau.sends() == []
    progress = await _progress(bureau, found)
    assert (progress.unknown, progress.cancelled) == (5, 25)


async def test_the_messengers_own_reasons_are_counted(bureau: Bureau) -> None:
    """For each group of what did not arrive, most first."""
    found = await bureau.orders()
    await bureau.rounds.run()
    claimed = await bureau.claim()
    said = ["gone: Forbidden: bot was blocked by the user"] * 3 + ["refused: Bad Request: PHOTO_INVALID"] * 2
    settled = [
        replace(_later(one), outcome=Outcome.GONE if "gone" in why else Outcome.FAILED, reason=why)
        for one, why in zip(claimed, said, strict=False)
    ]
    async with bureau.store.writing() as tx:
        await tx.outbox.settle(settled)
    assert (await _progress(bureau, found)).reasons == ((said[0], 3), (said[3], 2))


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (Gone("Forbidden: user is deactivated"), "gone: Forbidden: user is deactivated"),
        (Refused("Bad Request: chat 628123456789 is odd"), "refused: Bad Request: chat \N{HORIZONTAL ELLIPSIS} is odd"),
        (Ambiguous(""), "ambiguous"),
    ],
)
def test_a_reason_is_in_the_messengers_words(failure: SendFailure, reason: str) -> None:
    """Without a number that may be somebody's."""
    delivery = Delivery(participant=1, source="broadcast/1", kind=Kind.BROADCAST, due_at=MONDAY)
    one = Claimed(id=BroadcastDeliveryId(1, 1), attempt=1, channel="telegram", address="1", delivery=delivery)
    assert of_failure(one, MONDAY, failure).reason == reason


async def _progress(bureau: Bureau, found: Broadcast) -> Progress:
    looked_at = await bureau.office.look_at(found.id)
    assert looked_at is not None
    return looked_at[1]


def _later(one: Claimed) -> Settlement:
    return Settlement(one, Outcome.LATER, MONDAY, retry_at=MONDAY + timedelta(seconds=5), costs_attempt=False)
