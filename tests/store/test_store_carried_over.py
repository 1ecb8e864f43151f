"""What was under way before an upgrade goes on after it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.store import open_store
from bot.store.engine import migrate
from bot.store.engine.engines import database, migrator
from bot.store.schema.codec import message_to_json
from programme.model.broadcasts import BroadcastState
from programme.model.deliveries import BroadcastDeliveryId, Outcome
from programme.model.events import MilestoneReached
from programme.model.messages import Message
from programme.model.milestones import Milestone
from programme.model.phones import OwnHash
from tests.databases import at
from tests.store.samples import MONDAY, happen, settled
from tests.store.samples import sources as claimed_sources

pytestmark = pytest.mark.usefixtures("migrations")

WORDS = message_to_json(Message("Halo"))
DIGEST = hashlib.sha256(WORDS.encode()).digest()
NOTHING_SAID = {"wave": 21, "language": "id", "no": False, "at": MONDAY}


async def _run(url: str, *statements: tuple[str, dict[str, object]]) -> None:
    engine = migrator(database(url))
    async with engine.begin() as connection:
        for statement, given in statements:
            typed = text(statement)
            moments = {name: value for name, value in given.items() if value is MONDAY}
            lite = connection.dialect.name == "sqlite"
            plain = {name: value.strftime("%Y-%m-%d %H:%M:%S.%f") if lite else value for name, value in moments.items()}
            await connection.execute(typed, {**given, **plain})
    await engine.dispose()


def _delivery(number: int, person: int, source: str, kind: str, rank: int, state: str) -> tuple[str, dict[str, object]]:
    return (
        "INSERT INTO deliveries (id, participant, source, kind, rank, due_at, shared_message, state, open_at, attempt, "
        "failures) VALUES (:id, :person, :source, :kind, :rank, :at, :digest, :state, :open, 0, 0)",
        {
            **{"id": number, "person": person, "source": source, "kind": kind, "rank": rank, "at": MONDAY},
            **{"digest": DIGEST if kind == "broadcast" else None, "state": state},
            "open": MONDAY if state == "pending" else None,
        },
    )


async def _as_it_was(url: str) -> None:
    """Three people of wave 21; one got the broadcast, two wait for it, one for a reminder as well."""
    people = [
        (
            "INSERT INTO participants (id, language, wave, official, joined_at, welcomed, reminder_level) "
            "VALUES (:id, :language, :wave, :no, :at, :no, 'all')",
            {"id": person, **NOTHING_SAID},
        )
        for person in (1, 2, 3)
    ]
    places = [
        (
            "INSERT INTO addresses (participant, channel, address, heard_at, reachable) "
            "VALUES (:id, 'telegram', :address, :at, :yes)",
            {"id": person, "address": str(person), "at": MONDAY, "yes": True},
        )
        for person in (1, 2, 3)
    ]
    audience = '{"waves":[21],"reached":[],"not_reached":["bought"],"zones":[]}'
    words = json.dumps({"id": WORDS})
    await _run(
        url,
        *people,
        *places,
        ("INSERT INTO shared_messages (digest, content) VALUES (:d, :c)", {"d": DIGEST, "c": WORDS}),
        (
            "INSERT INTO broadcasts (id, state, audience, words, digest, twin, origin, author, created_at, starts_at, "
            "expected, exclusions, planned_to, planned_all, planned, first_row, last_row, tally, tallied_to, told) "
            "VALUES (1, 'running', :audience, :words, 'd', 'd', 'o', 'telegram:9', :at, :at, 3, '{}', :all, :yes, 3, "
            "0, 3, '{}', 0, 0)",
            {"audience": audience, "words": words, "at": MONDAY, "all": 2**62, "yes": True},
        ),
        _delivery(1, 1, "broadcast/1", "broadcast", 3, "sent"),
        _delivery(2, 2, "broadcast/1", "broadcast", 3, "pending"),
        _delivery(3, 3, "broadcast/1", "broadcast", 3, "pending"),
        _delivery(4, 3, "h-3", "reminder", 2, "pending"),
    )


async def test_an_announcement_under_way_goes_on_after_the_upgrade(empty_url: str) -> None:
    """Nobody gets it twice, nobody is left out, and who bought meanwhile does not get it."""
    await migrate.upgrade(database(empty_url), "0007")
    await _as_it_was(empty_url)
    store = open_store(empty_url)
    await store.prepare()
    try:
        async with store.writing() as tx:
            await happen(tx, 2, MilestoneReached(Milestone.BOUGHT))
        async with at(store, MONDAY).writing() as tx:
            claimed = await tx.outbox.claim(limit=9, lease=timedelta(minutes=1))
            assert [(one.delivery.source, one.delivery.participant) for one in claimed] == [
                ("h-3", 3),
                ("broadcast/1", 3),
            ]
            assert claimed[1].delivery.message == Message("Halo")
            await tx.outbox.settle([settled(one, Outcome.SENT, provider_id="1") for one in claimed])
        async with store.reading() as tx:
            progress = await tx.broadcasts.progress(1)
            assert (progress.planned, progress.sent, progress.cancelled, progress.waiting) == (3, 2, 1, 0)
    finally:
        await store.close()


async def test_the_way_back_keeps_what_is_owed(empty_url: str) -> None:
    """Down to the revision before and up again: the same people still wait for the same."""
    await migrate.upgrade(database(empty_url), "0007")
    await _as_it_was(empty_url)
    await migrate.upgrade(database(empty_url))
    await migrate.downgrade(database(empty_url), "0007")
    await migrate.upgrade(database(empty_url))
    store = open_store(empty_url)
    try:
        async with store.writing() as tx:
            assert await claimed_sources(tx) == ["h-3", "broadcast/1", "broadcast/1"]
    finally:
        await store.close()


async def _narrow_rows(url: str) -> None:
    """The same broadcast as revision 20 has it: sent to 1, held for 2, next in turn for 3; 3 is set aside too."""
    await migrate.upgrade(database(url), "0007")
    await _as_it_was(url)
    await migrate.upgrade(database(url), "0020")
    far = "'9000-01-01 00:00:00.000000'" if "sqlite" in url else "TIMESTAMPTZ '9000-01-01 00:00:00+00'"
    held = f"UPDATE deliveries SET open_at = {far}, attempt = 1 WHERE id = :id"  # noqa: S608 - our own words
    letter = (
        "INSERT INTO dead_letters (sphere, key, reason, tries, since, at, dead) "
        "VALUES ('delivery', :key, 'IntegrityError', 1, :at, :at, :yes)"
    )
    await _run(
        url,
        (held, {"id": 2 - 2**40}),
        ("UPDATE deliveries SET open_at = NULL WHERE id = :id", {"id": 3 - 2**40}),
        ("UPDATE handing_out SET handed_to = 2", {}),
        ("UPDATE broadcasts SET state = 'paused'", {}),
        (letter, {"key": str(3 - 2**40), "at": MONDAY, "yes": True}),
    )


async def test_what_was_held_by_a_far_away_moment_is_held_after_the_upgrade(empty_url: str) -> None:
    """It goes on with its broadcast, as does what no worker was given yet; who got it does not get it twice."""
    await _narrow_rows(empty_url)
    store = open_store(empty_url)
    await store.prepare()
    try:
        async with at(store, MONDAY).writing() as tx:
            assert [letter.key for letter in await tx.dead_letters.all()] == ["1/3"]
            assert await claimed_sources(tx) == ["h-3"]
            assert await tx.outbox.next_due() is not None
            assert await tx.broadcasts.move(1, BroadcastState.RUNNING, since={BroadcastState.PAUSED})
            assert await tx.broadcasts.deliveries.release(1) == 1
        async with at(store, MONDAY).writing() as tx:
            claimed = await tx.outbox.claim(limit=9, lease=timedelta(minutes=1))
            assert [(one.id, one.attempt) for one in claimed] == [
                (BroadcastDeliveryId(1, 2), 2),
                (BroadcastDeliveryId(1, 3), 1),
            ]
    finally:
        await store.close()


async def test_the_way_back_from_a_table_of_its_own_gives_the_same_rows(empty_url: str) -> None:
    """Down to the revision before it: key, moment and the name of what is set aside are as they were."""
    await _narrow_rows(empty_url)
    rows = "SELECT id, broadcast, participant, kind, state, open_at, attempt, failures FROM deliveries ORDER BY id"
    letters = "SELECT key FROM dead_letters"
    before = [await _read(empty_url, asked) for asked in (rows, letters)]
    await migrate.upgrade(database(empty_url))
    assert len(await _read(empty_url, "SELECT * FROM deliveries")) == 1
    await migrate.downgrade(database(empty_url), "0020")
    assert [await _read(empty_url, asked) for asked in (rows, letters)] == before


async def _read(url: str, asked: str) -> list[tuple[object, ...]]:
    engine = migrator(database(url))
    async with engine.begin() as connection:
        found = [tuple(row) for row in await connection.execute(text(asked))]
    await engine.dispose()
    return found


async def test_what_was_kept_in_mind_without_a_moment_is_forgotten_after_the_upgrade(empty_url: str) -> None:
    """Nobody knows how old it is; open questions go on without it."""
    await migrate.upgrade(database(empty_url), "0007")
    await _as_it_was(empty_url)
    await migrate.upgrade(database(empty_url), "0009")
    rows = [(1, None, '{"brought":"a b c"}'), (2, "why", '{"said":"x","brought":"a b c"}'), (3, "wave", "{}")]
    dialogue = (
        "INSERT INTO dialogues (id, participant, conversation, answers, asked, misses) "
        "VALUES (:id, :id, 'incentive_problem', :answers, :asked, 0)"
    )
    for person, asked, told in rows:
        await _run(empty_url, (dialogue, {"id": person, "asked": asked, "answers": told}))
    store = open_store(empty_url)
    await store.prepare()
    try:
        async with at(store, MONDAY).writing() as tx:
            assert await tx.dialogues.prune(500) == 2
            assert await tx.dialogues.of(1) is None
            for person, answers in ((2, {"said": "x"}), (3, {})):
                left = await tx.dialogues.of(person)
                assert left is not None
                assert (left.is_open, left.answers, left.forget_at) == (True, answers, None)
    finally:
        await store.close()


async def test_numbers_that_were_only_typed_open_nothing_after_the_upgrade(empty_url: str) -> None:
    """Typed at the page: unlinked, its official data taken back. Shared on Telegram: as it was."""
    await migrate.upgrade(database(empty_url), "0007")
    await _as_it_was(empty_url)
    await _run(
        empty_url,
        ("UPDATE participants SET phone_hash = 'abc', official = :yes", {"yes": True}),
        ("UPDATE addresses SET channel = 'web' WHERE participant = :id", {"id": 3}),
        (
            "INSERT INTO progress (participant, milestone, source, noted_at) VALUES (:id, 'bought', 'official', :at)",
            {"id": 3, "at": MONDAY},
        ),
        (
            "INSERT INTO progress (participant, milestone, source, noted_at) VALUES (:id, 'passed', 'self', :at)",
            {"id": 3, "at": MONDAY},
        ),
        (
            "INSERT INTO inbox (digest, at, channel, address, content, phone_hash) "
            "VALUES (:digest, :at, 'web', '3', '{}', 'abc')",
            {"digest": b"1", "at": MONDAY},
        ),
    )
    store = open_store(empty_url)
    await store.prepare()
    try:
        async with store.reading() as tx:
            assert await tx.roster.linked(["abc"]) == {OwnHash("abc"): 2}
            people = await tx.people.many([1, 2, 3])
            waiting = await tx.connection.execute(text("SELECT phone_hash FROM inbox"))
            assert waiting.scalars().all() == [None]
        assert [people[number].official for number in (1, 2, 3)] == [True, True, False]
        assert set(people[3].progress) == {Milestone.PASSED}
    finally:
        await store.close()
