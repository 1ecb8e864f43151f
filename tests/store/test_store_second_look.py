"""Right before it is sent, what was claimed a while ago is asked about by the same rules as at the claim."""

from __future__ import annotations

from sqlalchemy import update

from bot.store import UnitOfWork
from bot.store.delivery_queue.states import MOST_FAILURES
from bot.store.schema.traffic import deliveries
from programme.model.deliveries import Claimed, Outcome
from programme.model.events import MilestoneReached, RemindersWished
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from tests.databases import at
from tests.store.samples import CUTOFF, HOUR, MONDAY, claim, happen, meet, owed, settled, states


async def _held(tx: UnitOfWork, *names: str) -> dict[str, Claimed]:
    """Claim one delivery for each of these people, which buying makes pointless."""
    people = [await meet(tx, name) for name in names]
    more = {"unless": Milestone.BOUGHT, "not_after": CUTOFF}
    await tx.outbox.put(
        [owed(person, name, Kind.BROADCAST, **more) for name, person in zip(names, people, strict=True)]
    )
    return {one.delivery.source: one for one in await claim(tx)}


async def _wanted(tx: UnitOfWork, held: dict[str, Claimed], now: object = MONDAY) -> set[str]:
    wanted = await at(tx, now).outbox.still_wanted([one.id for one in held.values()])  # type: ignore[arg-type]
    return {name for name, one in held.items() if one.id in wanted}


async def test_who_bought_after_the_claim_is_not_to_be_told(tx: UnitOfWork) -> None:
    """Nor who wants no reminders any more, blocked the bot, or left; the others are."""
    held = await _held(tx, "buyer", "silent", "blocked", "gone", "other")
    people = {name: one.delivery.participant for name, one in held.items()}
    assert await _wanted(tx, held) == set(held)
    await happen(tx, people["buyer"], MilestoneReached(Milestone.BOUGHT))
    await happen(tx, people["silent"], RemindersWished(ReminderLevel.NONE))
    await tx.people.set_reachable("telegram", "blocked", False)
    await tx.people.forget(people["gone"])
    assert await _wanted(tx, held) == {"other"}


async def test_what_is_given_back_for_it_is_closed_by_the_next_claim(tx: UnitOfWork) -> None:
    """With the verdict that it has earned; it does not come round again."""
    held = await _held(tx, "buyer", "blocked")
    await happen(tx, held["buyer"].delivery.participant, MilestoneReached(Milestone.BOUGHT))
    await tx.people.set_reachable("telegram", "blocked", False)
    back = {"retry_at": MONDAY, "costs_attempt": False}
    await tx.outbox.settle([settled(one, Outcome.LATER, **back) for one in held.values()])
    assert await claim(tx) == []
    assert await states(tx) == {"buyer": "cancelled", "blocked": "gone"}


async def test_past_its_limit_it_is_not_to_be_sent(tx: UnitOfWork) -> None:
    held = await _held(tx, "somebody")
    assert await _wanted(tx, held, CUTOFF - HOUR) == {"somebody"}
    assert await _wanted(tx, held, CUTOFF) == set()


async def test_the_last_try_is_not_over_while_it_is_under_way(tx: UnitOfWork) -> None:
    """A lease that ran out would be one failure too many; this one has not, and giving it back would never end."""
    held = await _held(tx, "somebody")
    await tx.connection.execute(update(deliveries).values(failures=MOST_FAILURES - 1))
    assert await _wanted(tx, held) == {"somebody"}


async def test_what_was_settled_already_is_not_to_be_sent(tx: UnitOfWork) -> None:
    held = await _held(tx, "somebody")
    await tx.outbox.settle([settled(held["somebody"], Outcome.SENT)])
    assert await _wanted(tx, held) == set()
