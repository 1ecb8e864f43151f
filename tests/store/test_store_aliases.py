"""A person with several names on a channel is one person, and two people never become one."""

from __future__ import annotations

from bot.store import UnitOfWork
from tests.databases import at
from tests.store.samples import HOUR, MONDAY, claim, owed

NUMBER, OTHER_NUMBER = "628123456789", "628129999999"
SCOPED, NEW_SCOPED, STRANGER = "ID.13491208655302741918", "ID.2", "ID.3"


async def writes(tx: UnitOfWork, address: str, *aliases: str, hours: int = 0) -> int:
    now = MONDAY + hours * HOUR
    speaker = await at(tx, now).people.speaker("whatsapp", address, language=None, aliases=aliases)
    return speaker.participant.id


async def test_who_wrote_by_number_is_known_by_the_scoped_id(tx: UnitOfWork) -> None:
    """The first webhooks knew numbers only; nothing starts anew when the id comes."""
    before = await writes(tx, NUMBER)
    assert await writes(tx, SCOPED, NUMBER) == before
    assert await tx.people.places(before) == [("whatsapp", SCOPED)]


async def test_a_number_that_vanished_is_not_needed(tx: UnitOfWork) -> None:
    """Whoever takes a username comes without it."""
    before = await writes(tx, SCOPED, NUMBER)
    assert await writes(tx, SCOPED) == before


async def test_a_number_alone_finds_its_person(tx: UnitOfWork) -> None:
    """A webhook of before, or a notice of the channel, may name nothing else; the address stays the id."""
    before = await writes(tx, SCOPED, NUMBER)
    assert await writes(tx, NUMBER) == before
    assert await tx.people.places(before) == [("whatsapp", SCOPED)]


async def test_a_name_of_somebody_else_merges_nothing(tx: UnitOfWork) -> None:
    """A number may be given to somebody new by its operator."""
    first = await writes(tx, SCOPED, NUMBER)
    second = await writes(tx, STRANGER, OTHER_NUMBER)
    people = at(tx, MONDAY).people
    assert (await people.speaker("whatsapp", STRANGER, language=None, aliases=(NUMBER,))).participant.id == second
    assert people.disputed
    assert await writes(tx, SCOPED, NUMBER) == first


async def test_another_number_moves_person_and_reminders(tx: UnitOfWork) -> None:
    """What is owed goes to the new address."""
    person = await writes(tx, SCOPED, NUMBER)
    await tx.outbox.put([owed(person)])
    moved = await tx.people.aliases.move("whatsapp", NUMBER, (NEW_SCOPED, OTHER_NUMBER))
    assert (moved.person, moved.taken) == (person, False)
    assert [each.address for each in await claim(tx)] == [NEW_SCOPED]
    assert await writes(tx, NEW_SCOPED, OTHER_NUMBER) == person


async def test_a_move_onto_somebody_else_changes_nothing(tx: UnitOfWork) -> None:
    """Whose it is must not be guessed."""
    first, second = await writes(tx, SCOPED, NUMBER), await writes(tx, STRANGER, OTHER_NUMBER)
    assert (await tx.people.aliases.move("whatsapp", SCOPED, (STRANGER,))).taken
    assert (await writes(tx, SCOPED), await writes(tx, STRANGER)) == (first, second)


async def test_a_move_of_nobody_is_nothing(tx: UnitOfWork) -> None:
    """We may never have heard of them."""
    assert (await tx.people.aliases.move("whatsapp", NUMBER, (SCOPED,))).person is None


async def test_the_former_number_is_free_again(tx: UnitOfWork) -> None:
    """An operator gives it to somebody else, who must not meet the former owner's data."""
    person = await writes(tx, SCOPED, NUMBER)
    await tx.people.aliases.move("whatsapp", SCOPED, (NEW_SCOPED,))
    assert await writes(tx, "ID.9", NUMBER) != person
