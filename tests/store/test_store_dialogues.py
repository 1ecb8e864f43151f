"""One conversation a person, which nobody else's button fits."""

from dataclasses import replace

import pytest

from bot.store import UnitOfWork, open_store
from programme.model.dialogues import BROUGHT, Dialogue
from tests.databases import at
from tests.store.samples import HOUR, MINUTE, MONDAY, meet

ASKING = Dialogue(conversation="register_wave", answers={"wave": "21"}, asked="zone", misses=1)


async def test_a_conversation_is_kept_as_it_stands(tx: UnitOfWork) -> None:
    """Answers keep their order, for that is how they are replayed."""
    person = await meet(tx)
    assert await tx.dialogues.of(person) is None
    opened = await tx.dialogues.start(person, ASKING)
    assert opened.id > 0
    told = replace(opened, answers={"wave": "21", "zone": "WIT", "day": "kemarin"}, asked=None, misses=0)
    await tx.dialogues.save(person, told)
    found = await tx.dialogues.of(person)
    assert found == told
    assert list(found.answers) == ["wave", "zone", "day"]


async def test_a_new_conversation_takes_the_place_of_the_open_one(tx: UnitOfWork) -> None:
    """There is never more than one; the old one can no longer be changed."""
    person = await meet(tx)
    old = await tx.dialogues.start(person, ASKING)
    new = await tx.dialogues.start(person, replace(ASKING, conversation="deadline"))
    await tx.dialogues.save(person, replace(old, answers={"wave": "9"}))
    assert await tx.dialogues.of(person) == new


async def test_ids_are_never_given_twice(tx: UnitOfWork) -> None:
    """So a button of an old conversation never answers a new one."""
    person = await meet(tx)
    first = await tx.dialogues.start(person, ASKING)
    await tx.dialogues.close(person)
    assert await tx.dialogues.of(person) is None
    assert (await tx.dialogues.start(person, ASKING)).id > first.id


KEPT = replace(ASKING, answers={"wave": "21", BROUGHT: "uangnya belum masuk"}, forget_at=MONDAY + HOUR)


async def test_what_is_over_is_forgotten_when_its_time_has_come(tx: UnitOfWork) -> None:
    """Not before: what was told a moment ago outlives a restart."""
    person = await meet(tx)
    kept = await tx.dialogues.start(person, replace(KEPT, asked=None))
    assert await at(tx, MONDAY + HOUR - MINUTE).dialogues.prune(500) == 0
    assert await tx.dialogues.of(person) == kept
    assert await at(tx, MONDAY + HOUR).dialogues.prune(500) == 1
    assert await tx.dialogues.of(person) is None


async def test_what_is_open_goes_on_without_the_words_that_it_kept(tx: UnitOfWork) -> None:
    """A question left open for weeks keeps its answers, and nothing that was told before it."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    opened = await tx.dialogues.start(one, KEPT)
    other = await tx.dialogues.start(two, ASKING)
    assert await at(tx, MONDAY + HOUR).dialogues.prune(500) == 1
    assert await tx.dialogues.of(one) == replace(opened, answers={"wave": "21"}, forget_at=None)
    assert await tx.dialogues.of(two) == other
    assert await at(tx, MONDAY + HOUR).dialogues.prune(500) == 0


async def test_many_are_forgotten_a_few_at_a_time(tx: UnitOfWork) -> None:
    """So no transaction takes long, however many people there are."""
    for number in range(7):
        await tx.dialogues.start(await meet(tx, str(number)), replace(KEPT, asked=None))
    assert [await at(tx, MONDAY + HOUR).dialogues.prune(few=5) for _time in range(3)] == [5, 2, 0]


@pytest.mark.postgres
async def test_who_is_talking_just_now_is_left_for_the_next_time(postgres_url: str) -> None:
    """A turn that has read its dialogue finds it still there when it saves."""
    store = open_store(postgres_url)
    try:
        async with store.writing() as tx:
            person = await meet(tx)
            await tx.dialogues.start(person, replace(KEPT, asked=None))
        async with store.writing() as turn:
            told = (await turn.people.speaker("telegram", "makassar", language=None)).dialogue
            assert told is not None
            async with at(store, MONDAY + HOUR).writing() as tidying:
                assert await tidying.dialogues.prune(500) == 0
            await turn.dialogues.save(person, replace(told, asked="zone", forget_at=None))
        async with at(store, MONDAY + HOUR).writing() as tx:
            assert await tx.dialogues.prune(500) == 0
            assert await tx.dialogues.of(person) == replace(told, asked="zone", forget_at=None)
    finally:
        await store.close()


async def test_people_have_their_own_conversations(tx: UnitOfWork) -> None:
    """Closing one leaves the other's open."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.dialogues.start(one, ASKING)
    kept = await tx.dialogues.start(two, ASKING)
    await tx.dialogues.close(one)
    assert await tx.dialogues.of(two) == kept
