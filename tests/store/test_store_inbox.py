"""What came in is kept once, in order, and let go of when it is handled."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.store import InboxRow, Store, UnitOfWork, open_store
from programme.model.clock import SetClock
from programme.model.messages import Answer, Open, Sort
from programme.model.phones import OwnHash, OwnNumber
from tests.databases import at
from tests.store.samples import MINUTE, MONDAY, incoming, unhandled


async def test_a_message_waits_until_it_is_handled(tx: UnitOfWork) -> None:
    """What was added comes back as it was, and no more once it is handled."""
    message = incoming("gel 21 terakhir kapan?", language="id", redacted=("nik",), forwarded=True)
    row = await tx.inbox.add(message)
    assert row is not None
    assert await unhandled(tx, 10) == [InboxRow(row, message)]
    assert await tx.inbox.handled(row)
    assert await unhandled(tx, 10) == []


@pytest.mark.parametrize("action", [Open("deadline", {"wave": "21"}), Answer(7, "zone", "WITA")])
async def test_a_press_comes_back_as_it_was(tx: UnitOfWork, action: Open | Answer) -> None:
    """A button's action survives the way through the store."""
    press = incoming("", sort=Sort.PRESS, action=action, pressed="99", stale=True)
    await tx.inbox.add(press)
    assert (await unhandled(tx, 1))[0].incoming == press


async def test_a_repeated_message_is_not_taken_again(tx: UnitOfWork) -> None:
    """The provider delivers twice; the store takes it once, before and after it is handled."""
    row = await tx.inbox.add(incoming())
    assert row is not None
    assert await tx.inbox.add(incoming()) is None
    await tx.inbox.handled(row)
    assert await tx.inbox.add(incoming()) is None
    assert await unhandled(tx, 10) == []


async def test_ids_are_unique_only_on_their_own_channel(tx: UnitOfWork) -> None:
    """Two channels may number their messages alike."""
    from dataclasses import replace

    await tx.inbox.add(incoming())
    assert await tx.inbox.add(replace(incoming(), channel="web")) is not None


async def test_messages_come_oldest_first(tx: UnitOfWork) -> None:
    """They are handed out in the order in which they came, as many as asked for."""
    for number in range(5):
        await tx.inbox.add(incoming(message=str(number)))
    assert [row.incoming.id for row in await unhandled(tx, 3)] == ["0", "1", "2"]


async def test_only_one_worker_handles_a_message(tx: UnitOfWork) -> None:
    """The second to say so learns that it was too late."""
    row = await tx.inbox.add(incoming())
    assert row is not None
    assert await tx.inbox.handled(row)
    assert not await tx.inbox.handled(row)


async def test_a_phone_number_is_never_kept_in_clear(store: Store) -> None:
    """Only its hash reaches the table, and that too goes with the handling, as do words and sender."""
    async with at(store, MONDAY).writing() as tx:
        row = await tx.inbox.add(incoming(sort=Sort.CONTACT, number=OwnNumber("+6281234567890")), number=OwnHash("abc"))
        assert row is not None
        waiting = await unhandled(tx, 1)
        assert (waiting[0].incoming.number, waiting[0].number) == (None, OwnHash("abc"))
        assert "6281234567890" not in await _everything(tx)
        await tx.inbox.handled(row)
        left = await _everything(tx)
    for trace in ("halo", "makassar", "abc", "telegram"):
        assert trace not in left


async def test_old_traces_can_be_dropped(tx: UnitOfWork) -> None:
    """Pruning takes what was handled long ago and leaves what waits."""
    row = await tx.inbox.add(incoming(message="old"))
    assert row is not None
    await tx.inbox.add(incoming(message="waiting"))
    await tx.inbox.handled(row)
    assert await tx.inbox.prune(MONDAY + timedelta(days=30), 5) is None
    assert [row.incoming.id for row in await unhandled(tx, 5)] == ["waiting"]
    assert await tx.inbox.add_handled(incoming(message="old")) is not None, "its trace is gone"


async def test_traces_go_a_few_at_a_time_past_what_waits(tx: UnitOfWork) -> None:
    """What waits for ever at the front keeps nobody from being forgotten; the first young one ends it."""
    for number in range(4):
        await tx.inbox.add(incoming(message=f"waits {number}"))
    for number in range(5):
        await tx.inbox.add_handled(incoming(message=f"old {number}"))
    for number in range(4):
        await at(tx, MONDAY + timedelta(days=40)).inbox.add_handled(incoming(message=f"young {number}"))
    looked_to, steps = 0, 0
    while (upto := await tx.inbox.prune(MONDAY + timedelta(days=30), 2, after=looked_to)) is not None:
        looked_to, steps = upto, steps + 1
    left = [await tx.inbox.add_handled(incoming(message=f"old {number}")) for number in range(5)]
    assert None not in left
    assert await tx.inbox.add_handled(incoming(message="young 0")) is None
    assert len(await unhandled(tx, 9)) == 4
    assert steps <= 6


async def _everything(tx: UnitOfWork) -> str:
    rows = await tx.connection.execute(text("SELECT * FROM inbox"))
    return repr(rows.all())


async def test_what_is_handled_at_once_leaves_only_its_trace(tx: UnitOfWork) -> None:
    """It waits for nobody, isn't taken again, and neither words nor sender were ever kept."""
    assert await tx.inbox.add_handled(incoming()) is not None
    assert await tx.inbox.add_handled(incoming()) is None
    assert await tx.inbox.add(incoming()) is None
    assert await unhandled(tx, 5) == []
    assert "makassar" not in await _everything(tx)


@pytest.mark.postgres
async def test_what_a_process_has_in_hand_is_left_to_it_while_it_lives(postgres_url: str) -> None:
    """Another one takes it over when the first has not held it for longer in time."""
    store, later = open_store(postgres_url, SetClock(MONDAY)), MONDAY + MINUTE
    async with store.writing() as tx:
        row = await tx.inbox.add(incoming(), until=later)
        assert row is not None
        assert await tx.inbox.take_over(later, but=(), limit=5) == []
        await tx.inbox.hold([row], later + MINUTE)
        assert await at(tx, later).inbox.take_over(later + MINUTE, but=(), limit=5) == []
        assert [
            taken.id for taken in await at(tx, later + MINUTE).inbox.take_over(later + 2 * MINUTE, but=(), limit=5)
        ] == [row]
        assert await at(tx, later + MINUTE).inbox.take_over(later + 2 * MINUTE, but=(), limit=5) == []
    await store.close()


async def test_two_processes_never_take_over_the_same_message(url: str) -> None:
    """Whatever a dead process left behind goes to one of them."""
    stores = [open_store(url) for _ in range(3)]
    async with stores[0].writing() as tx:
        rows = [await tx.inbox.add(incoming(message=str(number))) for number in range(20)]
    ours: list[int] = []

    async def take(store: Store) -> None:
        while True:
            async with at(store, MONDAY).writing() as tx:
                taken = await tx.inbox.take_over(MONDAY + MINUTE, but=ours, limit=3)
                ours.extend(row.id for row in taken)  # before the commit, from which on another store may begin
            if not taken:
                return

    async with asyncio.TaskGroup() as tasks:
        for store in stores:
            tasks.create_task(take(store))
    assert sorted(ours) == rows
    for store in stores:
        await store.close()


async def test_what_is_in_hand_here_is_not_taken_over(tx: UnitOfWork) -> None:
    """The rest is, the oldest first; on SQLite, where there is no other process, at once."""
    rows = [await tx.inbox.add(incoming(message=str(number))) for number in range(4)]
    assert rows[0] is not None
    taken = await tx.inbox.take_over(MONDAY + MINUTE, but=[rows[0]], limit=2)
    assert [row.id for row in taken] == rows[1:3]
