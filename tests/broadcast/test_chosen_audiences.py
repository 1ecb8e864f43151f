"""Audiences of those who were chosen: who got another broadcast, a list, a share, a sample, the linked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasts.listing import make_list
from bot.broadcasts.trying import for_sample, sample_of
from bot.store.delivery_queue import audiences
from bot.store.schema.people import participants
from programme.model.broadcast_refusals import OwnApproval
from programme.model.broadcasts import Audience, BroadcastAct, Draft
from programme.model.messages import Message
from programme.model.phones import NumberKey, NumberKeys
from tests.broadcast.crowd import JOKO, NOT_BOUGHT, RINA, Bureau

KEYS = NumberKeys(NumberKey(0, b"key"))


async def got(bureau: Bureau, number: int) -> set[int]:
    async with bureau.store.reading() as tx:
        return {each.participant async for each in tx.broadcasts.results(number) if each.state.value == "sent"}


async def test_exactly_those_who_got_it(bureau: Bureau) -> None:
    """A correction goes to whom the mistaken one reached before it was stopped, and to nobody else."""
    first = await bureau.orders("Besok libur")
    await bureau.rounds.run()
    reached = set(await bureau.sends(limit=12))
    await bureau.acts(first.id, BroadcastAct.CANCEL)
    for_them = Audience(got=first.id)
    outlook = await bureau.outlook(for_them)
    assert (outlook.count, outlook.exclusions.not_chosen) == (12, 68)
    second = await bureau.orders("Ralat: besok tidak libur", audience=for_them)
    await bureau.rounds.run()
    assert set(await bureau.sends()) == reached
    assert await got(bureau, second.id) == reached


async def test_people_are_counted_a_few_at_a_time(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """A million in one statement would hold the database for seconds; however few at once, the count is the same."""
    first = await bureau.orders("Besok libur")
    for audience in (NOT_BOUGHT, Audience(), Audience(got=first.id), replace(NOT_BOUGHT, linked=True, share=50)):
        whole = await bureau.outlook(audience)
        with monkeypatch.context() as fewer:
            fewer.setattr(audiences, "COUNTED_AT_ONCE", 7)
            assert await bureau.outlook(audience) == whole


async def test_a_share_is_the_same_people_each_time(bureau: Bureau) -> None:
    """A larger share has the smaller one in it; all of it together is everybody."""
    counts = {}
    people: set[int] = set()
    for share in (10, 50, 99):
        async with bureau.store.reading() as tx:
            chosen = set(await tx.broadcasts.sample(bureau.office.meant(replace(NOT_BOUGHT, share=share)), 99))
        assert people <= chosen
        people, counts[share] = chosen, len(chosen)
    assert 1 <= counts[10] <= 6
    assert 12 <= counts[50] <= 18
    assert counts[99] in {29, 30}


async def test_a_list_is_of_numbers_and_keeps_none(bureau: Bureau) -> None:
    """Phone numbers that people vouched for, and participants' numbers; who is unknown is counted, and not kept."""
    async with bureau.store.writing() as tx:
        hashed = KEYS.current.hash("+628120000021")
        await tx.connection.execute(participants.update().where(participants.c.id == 7).values(phone_hash=hashed))
        listed = await make_list(tx, ["participant", "0812-0000-021", "12", "999999", "bukan nomor"], KEYS, RINA.who)
    assert (listed.people, listed.strangers) == (2, 2)
    audience = Audience(listed=listed.number)
    assert (await bureau.outlook(audience)).count == 2
    await bureau.orders("Halo kalian", audience=audience)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == [7, 12]


async def test_a_list_is_let_go(bureau: Bureau) -> None:
    """Half a year after it was made nobody is on it any more; a younger one stays."""
    async with bureau.store.writing() as tx:
        old = await make_list(tx, ["1", "2", "3"], KEYS, RINA.who)
    bureau.clock.set(bureau.clock.now() + timedelta(days=100))
    async with bureau.store.writing() as tx:
        young = await make_list(tx, ["4"], KEYS, RINA.who)
        before = tx.now - timedelta(days=50)
        assert [await tx.audience_lists.prune(before, 2) for _portion in range(3)] == [2, 1, 0]
    assert (await bureau.outlook(Audience(listed=old.number))).count == 0
    assert (await bureau.outlook(Audience(listed=young.number))).count == 1


async def test_a_sample_gets_it_first_and_nobody_twice(bureau: Bureau) -> None:
    """Ten of those meant, all over them; when all are written to, these ten are left out."""
    draft = Draft(audience=NOT_BOUGHT, messages={"id": Message("Kabar baik")})
    people = await sample_of(bureau.office, draft, 10)
    assert len(people) == 10
    assert max(people) - min(people) > 12
    async with bureau.store.writing() as tx:
        small = await for_sample(tx, draft, people, RINA.who)
    await bureau.orders("Kabar baik", audience=small.audience)
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == sorted(people)
    await bureau.orders("Kabar baik")
    await bureau.rounds.run()
    assert sorted(await bureau.sends()) == sorted(set(range(1, 31)) - set(people))


async def test_who_is_not_linked(bureau: Bureau) -> None:
    """Official data is known of the linked; the others are who can be asked to share their number."""
    async with bureau.store.writing() as tx:
        await tx.connection.execute(participants.update().where(participants.c.id <= 5).values(official=True))
    assert (await bureau.outlook(replace(NOT_BOUGHT, linked=True))).count == 5
    assert (await bureau.outlook(replace(NOT_BOUGHT, linked=False))).count == 25


async def test_everything_is_stopped_in_one_act(bureau: Bureau) -> None:
    """What goes out and what is scheduled; each is resumed by itself, the scheduled one back to its moment."""
    bureau.rules = bureau.office.rules = replace(bureau.rules, approval_above=20)
    waiting = await bureau.orders("Menunggu")
    try:
        await bureau.acts(waiting.id, BroadcastAct.APPROVE)
        raise AssertionError("nobody approves their own")
    except OwnApproval:
        pass
    await bureau.acts(waiting.id, BroadcastAct.APPROVE, JOKO)
    await bureau.rounds.run()
    later = await bureau.orders("Nanti", audience=Audience(waves=(20,)), starts_at=bureau.clock.now().replace(hour=9))
    await bureau.sends(limit=5)
    async with bureau.store.writing() as tx:
        stopped = await bureau.turns.stop_all(tx, RINA)
    assert [each.id for each in stopped] == [waiting.id, later.id]
    assert await bureau.sends() == []
    await bureau.acts(later.id, BroadcastAct.RESUME)
    await bureau.acts(waiting.id, BroadcastAct.RESUME)
    assert await bureau.state(later.id) == "scheduled"
    assert len(await bureau.sends()) == 25
