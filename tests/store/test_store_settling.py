"""What became of a delivery is noted by the worker that holds it, and by no other."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.channels.channel import NotHere, TooLate
from bot.outbound.retry_policy import of_failure
from bot.store import UnitOfWork
from bot.store.schema.people import addresses
from programme.model.deliveries import Outcome
from programme.model.messages import Kind
from tests.store.samples import HOUR, MINUTE, MONDAY, claim, meet, owed, settled, sources, states


@pytest.mark.parametrize("outcome", [each for each in Outcome if each not in {Outcome.LATER, Outcome.NOT_HERE}])
async def test_a_final_outcome_is_final(tx: UnitOfWork, outcome: Outcome) -> None:
    """The row closes with its moment and reason, and nobody gets it again."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    held = await claim(tx)
    await tx.outbox.settle([settled(held[0], outcome, MONDAY + MINUTE / 2, reason="why", provider_id="7")])
    entry = (await tx.outbox.log(1))[0]
    assert (entry.state.value, entry.closed_at, entry.reason) == (outcome.value, MONDAY + MINUTE / 2, "why")
    assert await claim(tx, MONDAY + HOUR) == []
    assert await tx.outbox.next_due() is None


async def test_later_comes_back_at_its_moment(tx: UnitOfWork) -> None:
    """Not before, and under a new fence."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    held = await claim(tx)
    await tx.outbox.settle([settled(held[0], Outcome.LATER, retry_at=MONDAY + HOUR)])
    assert await states(tx) == {"h-3": "pending"}
    assert await claim(tx, MONDAY + HOUR - MINUTE) == []
    assert [one.attempt for one in await claim(tx, MONDAY + HOUR)] == [2]


@pytest.mark.parametrize(("costs", "end"), [(True, "failed"), (False, "pending")])
async def test_eight_costly_attempts_are_enough(tx: UnitOfWork, costs: bool, end: str) -> None:
    """Being throttled costs nothing and may go on; real failures end."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    now = MONDAY
    for attempt in range(8):
        held = await claim(tx, now)
        assert [one.attempt for one in held] == [attempt + 1]
        again = now + MINUTE / 2
        await tx.outbox.settle(
            [settled(held[0], Outcome.LATER, now, retry_at=again, costs_attempt=costs, reason="503")]
        )
        now = again
    assert await states(tx) == {"h-3": end}


async def test_only_the_holder_settles(tx: UnitOfWork) -> None:
    """A worker whose lease was taken over changes nothing; nor does one that settles twice."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    slow = (await claim(tx))[0]
    quick = (await claim(tx, MONDAY + MINUTE))[0]
    await tx.outbox.settle([settled(slow, Outcome.FAILED), settled(slow, Outcome.LATER)])
    assert await states(tx) == {"h-3": "leased"}
    await tx.outbox.settle([settled(quick, Outcome.SENT)])
    await tx.outbox.settle([settled(quick, Outcome.FAILED)])
    await tx.outbox.settle([settled(quick, Outcome.LATER)])
    assert await states(tx) == {"h-3": "sent"}


async def test_a_late_settlement_counts_while_nobody_took_over(tx: UnitOfWork) -> None:
    """The lease ran out but the message went out: it is not sent again."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    held = await claim(tx)
    await tx.outbox.settle([settled(held[0], Outcome.SENT, MONDAY + HOUR)])
    assert await claim(tx, MONDAY + HOUR) == []
    assert await states(tx) == {"h-3": "sent"}


@pytest.mark.parametrize(("failure", "end"), [(TooLate("by then"), "expired"), (NotHere("no text"), "failed")])
async def test_what_nobody_brings_in_time_expired_and_what_nobody_brings_failed(
    tx: UnitOfWork, failure: NotHere, end: str
) -> None:
    """With another channel either goes by that."""
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person)])
    [held] = await claim(tx)
    await tx.outbox.settle([of_failure(held, MONDAY, failure)])
    assert await states(tx) == {"h-3": end}


async def test_gone_marks_the_address(tx: UnitOfWork) -> None:
    """The next delivery is not even tried."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, "a"), owed(person, "b")])
    held = await claim(tx, limit=1)
    await tx.outbox.settle([settled(held[0], Outcome.GONE)])
    assert await sources(tx) == []
    assert await states(tx) == {"a": "gone", "b": "gone"}


async def test_gone_on_one_messenger_goes_to_the_other(tx: UnitOfWork) -> None:
    """What was meant for any channel of the person is tried at the next one."""
    person = await meet(tx, "1", "telegram", MONDAY - HOUR)
    elsewhere = {"participant": person, "channel": "whatsapp", "address": "2", "heard_at": MONDAY}
    await tx.connection.execute(insert(addresses).values(**elsewhere, reachable=True))
    await tx.outbox.put([owed(person, "any"), owed(person, "here", channel="whatsapp", address="2")])
    held = await claim(tx)
    assert [one.channel for one in held] == ["whatsapp", "whatsapp"]
    await tx.outbox.settle([settled(one, Outcome.GONE) for one in held])
    assert [(one.delivery.source, one.channel) for one in await claim(tx)] == [("any", "telegram")]
    assert (await states(tx))["here"] == "gone"


async def test_many_are_settled_at_once(tx: UnitOfWork) -> None:
    """Each with its own outcome; an empty list is fine."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, str(n), Kind.BROADCAST) for n in range(20)])
    held = await claim(tx, limit=20)
    later = MONDAY + timedelta(days=1)
    await tx.outbox.settle(
        [
            settled(one, Outcome.LATER, retry_at=later) if index % 2 else settled(one, Outcome.SENT)
            for index, one in enumerate(held)
        ]
    )
    await tx.outbox.settle([])
    assert sorted((await states(tx)).values()) == ["pending"] * 10 + ["sent"] * 10
