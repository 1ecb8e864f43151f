"""One conversation a person, which nobody else's button fits."""

from dataclasses import replace

from bot.store import Transaction
from programme.dialogues import Dialogue
from tests.store.samples import meet

ASKING = Dialogue(conversation="register_wave", answers={"wave": "21"}, asked="zone", misses=1)


async def test_a_conversation_is_kept_as_it_stands(tx: Transaction) -> None:
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


async def test_a_new_conversation_takes_the_place_of_the_open_one(tx: Transaction) -> None:
    """There is never more than one; the old one can no longer be changed."""
    person = await meet(tx)
    old = await tx.dialogues.start(person, ASKING)
    new = await tx.dialogues.start(person, replace(ASKING, conversation="deadline"))
    await tx.dialogues.save(person, replace(old, answers={"wave": "9"}))
    assert await tx.dialogues.of(person) == new


async def test_ids_are_never_given_twice(tx: Transaction) -> None:
    """So a button of an old conversation never answers a new one."""
    person = await meet(tx)
    first = await tx.dialogues.start(person, ASKING)
    await tx.dialogues.close(person)
    assert await tx.dialogues.of(person) is None
    assert (await tx.dialogues.start(person, ASKING)).id > first.id


async def test_what_is_over_is_forgotten_at_the_next_tidying(tx: Transaction) -> None:
    """A dialogue that asks nothing only keeps in mind what was told; one that asks goes on."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.dialogues.start(one, replace(ASKING, asked=None))
    kept = await tx.dialogues.start(two, ASKING)
    await tx.dialogues.prune()
    assert await tx.dialogues.of(one) is None
    assert await tx.dialogues.of(two) == kept


async def test_people_have_their_own_conversations(tx: Transaction) -> None:
    """Closing one leaves the other's open."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.dialogues.start(one, ASKING)
    kept = await tx.dialogues.start(two, ASKING)
    await tx.dialogues.close(one)
    assert await tx.dialogues.of(two) == kept
