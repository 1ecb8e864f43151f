"""Only what is due and still wanted is taken, the most urgent first, and by one worker alone."""

import pytest

from bot.store import UnitOfWork
from programme.model.events import MilestoneReached, MilestoneUndone, RemindersWished
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from tests.store.samples import (
    CUTOFF,
    HOUR,
    MINUTE,
    MONDAY,
    claim,
    happen,
    meet,
    owed,
    sources,
    states,
)


async def test_replies_go_before_announcements(tx: UnitOfWork) -> None:
    """By class first, by moment within it; nothing before it is due."""
    person = await meet(tx)
    await tx.outbox.put(
        [
            owed(person, "news", Kind.BROADCAST, due_at=MONDAY - HOUR),
            owed(person, "h-3 later", due_at=MONDAY),
            owed(person, "h-3", due_at=MONDAY - MINUTE),
            owed(person, "staff", Kind.STAFF),
            owed(person, "reply", Kind.REPLY),
            owed(person, "tomorrow", Kind.REPLY, due_at=MONDAY + HOUR),
        ]
    )
    assert await sources(tx, limit=2) == ["reply", "staff"]
    assert await sources(tx, kinds=[Kind.BROADCAST]) == ["news"]
    assert await sources(tx) == ["h-3", "h-3 later"]
    assert await sources(tx) == []


async def test_nothing_is_sent_past_its_limit(tx: UnitOfWork) -> None:
    """At the cutoff a deadline reminder is expired."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, "in time", not_after=CUTOFF)])
    await tx.outbox.put([owed(person, "too late", not_after=CUTOFF, due_at=CUTOFF - MINUTE)])
    assert await sources(tx, CUTOFF - HOUR) == ["in time"]
    assert await sources(tx, CUTOFF, kinds=[Kind.REMINDER]) == []
    assert await states(tx) == {"in time": "expired", "too late": "expired"}


async def test_who_bought_a_second_ago_is_not_reminded(tx: UnitOfWork) -> None:
    """The claim looks again: reached is cancelled, reached and undone is sent."""
    bought, undone, other = [await meet(tx, name) for name in ("bought", "undone", "other")]
    people = (bought, undone, other)
    await tx.outbox.put([owed(person, f"to {person}", unless=Milestone.BOUGHT) for person in people])
    await happen(tx, bought, MilestoneReached(Milestone.BOUGHT))
    await happen(tx, undone, MilestoneReached(Milestone.BOUGHT), MilestoneReached(Milestone.PASSED))
    await happen(tx, undone, MilestoneUndone(Milestone.BOUGHT))
    assert await sources(tx) == [f"to {undone}", f"to {other}"]
    assert (await states(tx))[f"to {bought}"] == "cancelled"


async def test_off_means_off(tx: UnitOfWork) -> None:
    """No reminder reaches who wants none; replies still do."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, "h-3"), owed(person, "reply", Kind.REPLY)])
    await happen(tx, person, RemindersWished(ReminderLevel.NONE))
    assert await sources(tx) == ["reply"]
    assert (await states(tx))["h-3"] == "cancelled"


async def test_the_messenger_heard_last_is_taken(tx: UnitOfWork) -> None:
    """Where no address is given, it is the one most recently heard that can be reached."""
    person = await meet(tx, "1", "telegram")
    connection = tx.connection
    from sqlalchemy import insert

    from bot.store.schema.people import addresses

    later = {"participant": person, "channel": "whatsapp", "address": "2", "heard_at": MONDAY + HOUR}
    await connection.execute(insert(addresses).values(**later, reachable=True))
    await tx.outbox.put([owed(person, "a"), owed(person, "b", channel="telegram", address="1")])
    assert {(one.delivery.source, one.channel, one.address) for one in await claim(tx)} == {
        ("a", "whatsapp", "2"),
        ("b", "telegram", "1"),
    }
    await tx.people.set_reachable("whatsapp", "2", False)
    await tx.outbox.put([owed(person, "c"), owed(person, "d", channel="whatsapp", address="2")])
    assert [(one.delivery.source, one.channel) for one in await claim(tx)] == [("c", "telegram")]
    assert (await states(tx))["d"] == "gone"


async def test_who_blocked_the_bot_is_gone_until_heard_again(tx: UnitOfWork) -> None:
    """Nothing is tried at a blocked address; a message from there opens it."""
    person = await meet(tx)
    await tx.people.set_reachable("telegram", "makassar", False)
    await tx.outbox.put([owed(person, "lost"), owed(999, "nobody")])
    assert await sources(tx) == []
    assert await states(tx) == {"lost": "gone", "nobody": "gone"}
    await meet(tx)
    await tx.outbox.put([owed(person, "heard again")])
    assert await sources(tx) == ["heard again"]


async def test_a_dead_workers_deliveries_come_back(tx: UnitOfWork) -> None:
    """Once the lease has run out another worker gets them, under a new fence."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    first = await claim(tx)
    assert await claim(tx, MONDAY + MINUTE / 2) == []
    second = await claim(tx, MONDAY + MINUTE)
    assert [one.id for one in second] == [one.id for one in first]
    assert second[0].attempt == first[0].attempt + 1


async def test_a_delivery_that_kills_its_workers_fails_in_the_end(tx: UnitOfWork) -> None:
    """Eight leases that ran out are enough."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    now = MONDAY
    for _ in range(8):
        assert len(await claim(tx, now)) == 1
        now += MINUTE
    assert await claim(tx, now) == []
    assert await states(tx) == {"h-3": "failed"}


@pytest.mark.parametrize("limit", [1, 3, 500])
async def test_unwanted_ones_do_not_hide_the_wanted(tx: UnitOfWork, limit: int) -> None:
    """However many have expired, the claim goes on until it finds one or nothing is due."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, f"old {n}", due_at=MONDAY - HOUR, not_after=MONDAY) for n in range(30)])
    await tx.outbox.put([owed(person, "wanted")])
    assert await sources(tx, limit=limit) == ["wanted"]


async def test_a_claimed_one_is_not_claimed_again(tx: UnitOfWork) -> None:
    """Claims go on where the last one ended."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, str(n)) for n in range(5)])
    assert sorted(await sources(tx, limit=3) + await sources(tx, limit=3)) == ["0", "1", "2", "3", "4"]
    assert await tx.outbox.next_due() == MONDAY + MINUTE


async def test_what_a_frozen_messenger_would_carry_waits_and_the_others_go(tx: UnitOfWork) -> None:
    """It costs no attempt, and is there when the channel wants to hear again."""
    frozen, free = await meet(tx, "1"), await meet(tx, "2", "web")
    await tx.outbox.put([owed(frozen, "a"), owed(free, "b")])
    thaws = MONDAY + MINUTE / 2
    assert await sources(tx, frozen={"telegram": thaws}) == ["b"]
    assert await sources(tx) == []
    [claimed] = await claim(tx, thaws)
    assert (claimed.delivery.source, claimed.attempt) == ("a", 1)


async def test_what_had_to_wait_goes_before_what_was_due_after_it(tx: UnitOfWork) -> None:
    """A reply that was put off reaches its person before the next one, though both may go by now."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, "first"), owed(person, "second", due_at=MONDAY + MINUTE)])
    assert await sources(tx, frozen={"telegram": MONDAY + 2 * MINUTE}) == []
    assert await sources(tx, MONDAY + 3 * MINUTE) == ["first", "second"]
