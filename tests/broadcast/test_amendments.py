"""What went out by mistake is taken back or corrected: everywhere it went, once, and told honestly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.broadcasts.amending import Amending
from bot.store.schema.people import participants
from bot.store.schema.traffic import broadcast_deliveries
from programme.model.amendments import Amendment, AmendmentKind, AmendmentProgress, AmendmentState
from programme.model.broadcast_refusals import BeingAmended, NotAllowed, NothingSent, OwnApproval, SameWords
from programme.model.broadcasts import Audience, Broadcast, BroadcastAct
from programme.model.deliveries import Claimed, Outcome, Settlement
from programme.model.messages import Kind, Message
from programme.model.participants import ReminderLevel
from tests.broadcast.crowd import AGENT, JOKO, RINA, Bureau

RIGHT = {"id": Message("Ralat: besok tidak libur")}


@pytest.fixture
def amending(bureau: Bureau) -> Amending:
    return Amending(bureau.office)


async def sent(bureau: Bureau, few: int = 12) -> Broadcast:
    """A broadcast that reached a few of its thirty people."""
    found = await bureau.orders("Besok libur")
    await bureau.rounds.run()
    assert len(await bureau.sends(limit=few)) == few
    return found


async def withdrawn(bureau: Bureau, amending: Amending, number: int, origin: str = "1") -> Amendment:
    async with bureau.store.writing() as tx:
        return await amending.withdraw(tx, number, RINA, origin)


async def claimed(bureau: Bureau, limit: int = 1000) -> Sequence[Claimed]:
    async with bureau.store.writing() as tx:
        taken = await tx.outbox.claim(limit=limit, lease=timedelta(minutes=1), kinds=[Kind.BROADCAST])
    return [one for one in taken if one.delivery.edits is not None]


async def settled(bureau: Bureau, taken: Sequence[Claimed], outcome: Outcome = Outcome.SENT) -> None:
    async with bureau.store.writing() as tx:
        await tx.outbox.settle([Settlement(one, outcome, bureau.clock.now(), provider_id="1") for one in taken])


async def progress(bureau: Bureau, number: int) -> tuple[AmendmentState, AmendmentProgress]:
    async with bureau.store.reading() as tx:
        found = await tx.amendments.get(number)
        assert found is not None
        return found.state, await tx.amendments.progress(found)


async def test_a_mistake_is_stopped_and_taken_back(bureau: Bureau, amending: Amending) -> None:
    """Nobody else gets it; whom it reached have it taken from them, by the id of their own message."""
    found = await sent(bureau)
    amendment = await withdrawn(bureau, amending, found.id)
    assert await bureau.sends() == []
    await bureau.rounds.run()
    taken = await claimed(bureau)
    assert {one.delivery.participant for one in taken} == set(range(1, 13))
    assert all(one.delivery.message == Message("", takes_back=True) and one.delivery.edits == "1" for one in taken)
    assert {one.address for one in taken} == {str(1000 + person) for person in range(1, 13)}
    await settled(bureau, taken)
    assert await progress(bureau, amendment.id) == (AmendmentState.COLLECTED, AmendmentProgress(done=12))
    assert await bureau.state(found.id) == "cancelled"


async def test_asking_twice_takes_it_back_once(bureau: Bureau, amending: Amending) -> None:
    """By two people, by a replay, and after it is done."""
    found = await sent(bureau)
    first = await withdrawn(bureau, amending, found.id)
    await bureau.rounds.run()
    again = await withdrawn(bureau, amending, found.id, "2")
    await bureau.rounds.run()
    assert again.id == first.id
    taken = await claimed(bureau)
    assert len(taken) == 12
    await settled(bureau, taken)
    await withdrawn(bureau, amending, found.id, "3")
    await bureau.rounds.run()
    assert await claimed(bureau) == []


async def test_what_a_worker_had_in_hand_is_taken_back_as_well(bureau: Bureau, amending: Amending) -> None:
    """It arrives after the press; the withdrawal looks again at whoever was in hand."""
    found = await bureau.orders("Besok libur")
    await bureau.rounds.run()
    async with bureau.store.writing() as tx:
        held = await tx.outbox.claim(limit=5, lease=timedelta(minutes=1), kinds=[Kind.BROADCAST])
    amendment = await withdrawn(bureau, amending, found.id)
    await bureau.rounds.run()
    state, _counts = await progress(bureau, amendment.id)
    assert state is AmendmentState.COLLECTING
    await settled(bureau, held)
    await bureau.rounds.run()
    taken = await claimed(bureau)
    assert len(taken) == 5
    assert (await progress(bureau, amendment.id))[0] is AmendmentState.COLLECTED


async def test_a_worker_that_dies_takes_it_back_later(bureau: Bureau, amending: Amending) -> None:
    """Its lease ends, and another one does it; nobody is left out, and nobody counts twice."""
    found = await sent(bureau)
    amendment = await withdrawn(bureau, amending, found.id)
    await bureau.rounds.run()
    lost = await claimed(bureau)
    bureau.clock.set(bureau.clock.now() + timedelta(minutes=2))
    again = await claimed(bureau)
    assert {one.delivery.participant for one in again} == {one.delivery.participant for one in lost}
    await settled(bureau, lost)
    await settled(bureau, again)
    assert (await progress(bureau, amendment.id))[1] == AmendmentProgress(done=12)


async def test_who_keeps_it_is_told(bureau: Bureau, amending: Amending) -> None:
    """On WhatsApp nothing can be taken back, nor after two days; what is unsure or refused is told as such."""
    found = await sent(bureau)
    where = broadcast_deliveries.c
    async with bureau.store.writing() as tx:
        own = update(broadcast_deliveries).where(where.broadcast == found.id)
        await tx.connection.execute(own.where(where.participant <= 3).values(via_channel="whatsapp"))
        late = bureau.clock.now() - timedelta(hours=49)
        await tx.connection.execute(own.where(where.participant == 4).values(closed_at=late))
        await tx.connection.execute(own.where(where.participant == 5).values(state="unknown"))
    amendment = await withdrawn(bureau, amending, found.id)
    await bureau.rounds.run()
    one, *others = await claimed(bureau)
    await settled(bureau, [one], Outcome.FAILED)
    await settled(bureau, others)
    _state, counts = await progress(bureau, amendment.id)
    assert counts == AmendmentProgress(done=6, failed=1, no_way=3, too_late=1, unsure=1)
    assert counts.left_with_it == 6
    kept = await bureau.outlook(Audience(got=found.id, left_with_it=True))
    assert kept.count == 6


async def test_a_correction_holds_it_and_reaches_both(bureau: Bureau, amending: Amending) -> None:
    """Who has it gets the new words in its place, also with reminders off; the others get them at first."""
    found = await sent(bureau)
    async with bureau.store.writing() as tx:
        quiet = update(participants).where(participants.c.id == 2).values(reminder_level=ReminderLevel.NONE)
        await tx.connection.execute(quiet)
        amendment = await amending.edit(tx, found.id, RIGHT, RINA, "1")
    assert await bureau.state(found.id) == "paused"
    await bureau.rounds.run()
    taken = await claimed(bureau)
    assert {one.delivery.participant for one in taken} == set(range(1, 13))
    assert {one.delivery.message.text for one in taken if one.delivery.message} == {RIGHT["id"].text}
    await settled(bureau, taken)
    assert (await progress(bureau, amendment.id))[1] == AmendmentProgress(done=12)
    await bureau.acts(found.id, BroadcastAct.RESUME)
    rest = await bureau.claim()
    assert {one.delivery.participant for one in rest} == set(range(13, 31))
    assert {one.delivery.message.text for one in rest if one.delivery.message} == {RIGHT["id"].text}


async def test_a_large_correction_takes_a_second_person(bureau: Bureau, amending: Amending) -> None:
    """Until then nobody reads the new words; the author can't approve, and it can be called off."""
    bureau.office.rules = replace(bureau.office.rules, approval_above=20)
    found = await bureau.orders("Besok libur")
    await bureau.acts(found.id, BroadcastAct.APPROVE, JOKO)
    await bureau.rounds.run()
    await bureau.sends(limit=12)
    async with bureau.store.writing() as tx:
        amendment = await amending.edit(tx, found.id, RIGHT, RINA, "1")
    await bureau.rounds.run()
    assert await claimed(bureau) == []
    with pytest.raises(OwnApproval):
        async with bureau.store.writing() as tx:
            await amending.approve(tx, amendment.id, RINA)
    async with bureau.store.writing() as tx:
        await amending.approve(tx, amendment.id, JOKO)
    await bureau.rounds.run()
    assert len(await claimed(bureau, limit=5)) == 5
    async with bureau.store.writing() as tx:
        await amending.stop(tx, amendment.id, JOKO)
    assert await claimed(bureau) == []


async def test_stopping_all_stops_corrections_too(bureau: Bureau, amending: Amending) -> None:
    """Also one whose people are all known, and half of which is through; what was withdrawn goes on."""
    wrong, other = await sent(bureau), await bureau.orders("Lain", audience=Audience(waves=(20,)))
    await bureau.rounds.run()
    await bureau.sends()
    async with bureau.store.writing() as tx:
        amendment = await amending.edit(tx, wrong.id, RIGHT, RINA, "1")
    await withdrawn(bureau, amending, other.id, "2")
    await bureau.rounds.run()
    first = await claimed(bureau, limit=3)
    await settled(bureau, first)
    async with bureau.store.writing() as tx:
        await bureau.turns.stop_all(tx, JOKO)
    rest = await claimed(bureau)
    sources = {one.delivery.source for one in rest}
    assert sources == {f"broadcast/{other.id}/withdraw"}
    assert (await progress(bureau, amendment.id))[0] is AmendmentState.STOPPED


async def test_what_makes_no_sense_is_refused(bureau: Bureau, amending: Amending) -> None:
    """Before anything went out, with the same words, by an agent, and after it was taken back."""
    early = await bureau.orders("Belum jalan")
    with pytest.raises(NothingSent):
        await withdrawn(bureau, amending, early.id)
    await bureau.acts(early.id, BroadcastAct.CANCEL)
    found = await sent(bureau)
    async with bureau.store.writing() as tx:
        with pytest.raises(SameWords):
            await amending.edit(tx, found.id, {"id": Message("Besok libur")}, RINA, "1")
        with pytest.raises(NotAllowed):
            await amending.withdraw(tx, found.id, AGENT, "2")
        await amending.withdraw(tx, found.id, RINA, "3")
        with pytest.raises(BeingAmended):
            await amending.edit(tx, found.id, RIGHT, RINA, "4")
        [only] = await tx.amendments.of(found.id)
    assert only.kind is AmendmentKind.WITHDRAW
