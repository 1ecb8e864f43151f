"""What a channel tells later of what it took: only forward, in any order, and each message is charged once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest
from sqlalchemy import select

from bot.store import UnitOfWork
from bot.store.delivery_queue.receipts import Applied, Told, reference_of
from bot.store.schema.people import addresses
from bot.store.schema.traffic import deliveries
from programme.model.deliveries import Claimed, Outcome
from programme.model.messages import Kind
from programme.model.receipts import Pricing, Receipt, ReceiptState
from tests.databases import at
from tests.store.samples import CUTOFF, GREETING, HOUR, MINUTE, MONDAY, claim, meet, owed, settled, sources, states

UTILITY = Pricing(billable=True, category="utility")
SENT, FAILED, DELIVERED, READ = ReceiptState


def told(claimed: Claimed, state: ReceiptState, outcome: Outcome | None = None, **more: object) -> Told:
    receipt = Receipt(
        channel="whatsapp",
        message="wamid.1",
        state=state,
        at=MONDAY + MINUTE,
        reference=reference_of(claimed),
        pricing=None if state is FAILED else UTILITY,
        code=131047 if state is FAILED else None,
    )
    return Told(receipt=receipt, outcome=outcome, **more)  # type: ignore[arg-type]


async def taken(tx: UnitOfWork, channel: str = "whatsapp", outcome: Outcome = Outcome.SENT) -> Claimed:
    """Owe a reminder to somebody, and have their channel take it."""
    person = await meet(tx, channel=channel)
    await tx.outbox.put([owed(person)])
    [held] = await claim(tx)
    await tx.outbox.settle([settled(held, outcome, provider_id="wamid.1")])
    return held


async def how_far(tx: UnitOfWork) -> ReceiptState | None:
    found: ReceiptState | None = (await tx.connection.execute(select(deliveries.c.receipt))).scalar_one()
    return found


@pytest.mark.parametrize("order", list(permutations((SENT, DELIVERED, READ))))
async def test_in_whatever_order_they_come_the_furthest_counts(tx: UnitOfWork, order: tuple[ReceiptState, ...]) -> None:
    """Webhooks are shuffled; and what is charged is charged once."""
    held = await taken(tx)
    charged = [await tx.outbox.receive([told(held, state)]) for state in order]
    assert await how_far(tx) is READ
    assert sum(len(each.charges) for each in charged) == 1


async def test_all_of_them_at_once_are_one(tx: UnitOfWork) -> None:
    """A batch may hold each of them twice."""
    held = await taken(tx)
    applied = await tx.outbox.receive([told(held, state) for state in (READ, SENT, DELIVERED, READ)])
    assert (applied.changed, len(applied.charges), await how_far(tx)) == (1, 1, READ)
    assert await tx.outbox.receive([told(held, READ)]) == Applied()


async def test_failed_after_delivered_changes_nothing(tx: UnitOfWork) -> None:
    """What arrived has arrived."""
    held = await taken(tx)
    await tx.outbox.receive([told(held, DELIVERED)])
    assert await tx.outbox.receive([told(held, FAILED, Outcome.FAILED)]) == Applied()
    assert await states(tx) == {"h-3": "sent"}


async def test_what_failed_after_all_is_tried_again_at_its_moment(tx: UnitOfWork) -> None:
    """Under a number of its own, so that a late receipt of the first try says nothing of the second."""
    held = await taken(tx)
    again = told(held, FAILED, Outcome.LATER, retry_at=MONDAY + HOUR)
    assert (await tx.outbox.receive([again])).failed == 1
    assert await claim(tx, MONDAY + HOUR - MINUTE) == []
    await tx.outbox.receive([told(held, SENT)])  # it comes late, and the message failed all the same
    [second] = await claim(tx, MONDAY + HOUR)
    assert second.attempt == held.attempt + 1
    await tx.outbox.receive([told(held, READ)])
    assert await how_far(tx) is None


async def test_what_failed_after_all_goes_by_the_other_channel(tx: UnitOfWork) -> None:
    """The person is known on Telegram, too."""
    held = await taken(tx)
    await at(tx, MONDAY - HOUR).links.move(
        "telegram", "t1", await meet(tx, "t1", now=MONDAY - HOUR), held.delivery.participant
    )
    await tx.outbox.receive([told(held, FAILED, Outcome.NOT_HERE)])
    [second] = await claim(tx, MONDAY + HOUR)
    assert (second.channel, second.address) == ("telegram", "t1")


async def test_without_another_channel_it_failed(tx: UnitOfWork) -> None:
    """Nothing waits for ever."""
    held = await taken(tx)
    await tx.outbox.receive([told(held, FAILED, Outcome.NOT_HERE)])
    assert await states(tx) == {"h-3": "failed"}


async def test_a_lost_answer_is_found_by_its_receipt(tx: UnitOfWork) -> None:
    """It would have been sent once more."""
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person)])
    [held] = await claim(tx)
    await tx.outbox.settle([settled(held, Outcome.LATER, retry_at=MONDAY + MINUTE)])
    await tx.outbox.receive([told(held, DELIVERED)])
    assert await states(tx) == {"h-3": "sent"}
    assert await sources(tx, MONDAY + HOUR) == []


async def test_nonsense_is_passed_over(tx: UnitOfWork) -> None:
    """References that are none of ours, or none at all, hinder no other."""
    held = await taken(tx)
    strange = ("", "x", "1", "1.x", "x.1", "1/2/3.1", "99999.1", "9/9.1", None)
    odd = [
        Told(receipt=Receipt(channel="whatsapp", message="w", state=READ, at=MONDAY, reference=each))
        for each in strange
    ]
    assert (await tx.outbox.receive([*odd, told(held, SENT)])).changed == 1


async def test_what_is_held_goes_once_the_person_writes(tx: UnitOfWork) -> None:
    """An answer of the staff waits for the window; nothing else moves it."""
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person, "answer", Kind.STAFF, message=GREETING)])
    [held] = await claim(tx)
    await tx.outbox.settle([settled(held, Outcome.HELD)])
    assert await claim(tx, MONDAY + 100 * HOUR) == []
    [again] = await at(tx, MONDAY + HOUR).outbox.release(person, "whatsapp", lease=MINUTE)
    assert (again.delivery.message, again.channel, again.attempt) == (GREETING, "whatsapp", 2)
    assert await at(tx, MONDAY + HOUR).outbox.release(person, "whatsapp", lease=MINUTE) == []


async def test_what_waits_for_one_place_alone_is_not_let_go_by_another(tx: UnitOfWork) -> None:
    """The others go, in the order in which they were owed."""
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person, each, Kind.STAFF, message=GREETING) for each in ("b", "a")])
    pinned = owed(person, "here", Kind.STAFF, message=GREETING, channel="whatsapp", address="somebody")
    await tx.outbox.put([pinned])
    await tx.outbox.settle([settled(each, Outcome.HELD) for each in await claim(tx)])
    let_go = await tx.outbox.release(person, "telegram", lease=MINUTE)
    assert [each.delivery.source for each in let_go] == ["b", "a"]


@pytest.mark.parametrize(
    ("reason", "asked"), [("asked: to write", True), ("askedalready: to write", False), ("", False)]
)
async def test_it_is_known_who_was_asked_to_write(tx: UnitOfWork, reason: str, asked: bool) -> None:
    """By the one message for which they were asked, as long as it waits."""
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person, "answer", Kind.STAFF, message=GREETING)])
    [held] = await claim(tx)
    await tx.outbox.settle([settled(held, Outcome.HELD, reason=reason)])
    assert await tx.outbox.is_asked(person, MONDAY - HOUR) == asked
    assert not await tx.outbox.is_asked(person, MONDAY + HOUR)


async def test_who_writes_while_it_is_found_out_that_they_must_waits_for_nothing(tx: UnitOfWork) -> None:
    """Their message found nothing to let go: it was in hand."""
    person = await meet(tx, channel="whatsapp")
    await tx.outbox.put([owed(person, "answer", Kind.STAFF, message=GREETING)])
    later = MONDAY + 25 * HOUR
    [held] = await claim(tx, later)
    assert await at(tx, later).outbox.release(person, "whatsapp", lease=MINUTE) == []
    await at(tx, later).people.speaker("whatsapp", "makassar", language=None)
    await tx.outbox.settle([settled(held, Outcome.HELD, later)])
    [again] = await claim(tx, later)
    assert (again.id, again.heard_at) == (held.id, later)
    await tx.outbox.settle([settled(again, Outcome.HELD, later)])
    assert await claim(tx, later + HOUR) == []


async def test_a_claim_knows_when_the_person_wrote_last(tx: UnitOfWork) -> None:
    """Where the channel has a window; for others nobody asks."""
    for channel in ("whatsapp", "telegram"):
        await tx.outbox.put([owed(await meet(tx, channel, channel))])
    heard = {each.channel: each.heard_at for each in await claim(tx, MONDAY + HOUR)}
    assert heard == {"whatsapp": MONDAY, "telegram": None}


async def test_nobody_is_believed_when_said_twice_a_day_apart(tx: UnitOfWork) -> None:
    """Meta is now and then wrong about that; one message later the same day proves nothing more."""
    person, places = await meet(tx, channel="whatsapp"), []
    for number, hours in enumerate((0, 1, 25)):
        now = MONDAY + hours * HOUR
        await at(tx, now).outbox.put([owed(person, f"r{number}", due_at=now)])
        [held] = await claim(tx, now)
        await at(tx, now).outbox.settle([settled(held, Outcome.SENT, now)])
        await tx.outbox.receive([failed(held, now)])
        places.append(await reachable(tx))
    assert places == [True, True, False]


async def test_who_got_something_in_between_is_there(tx: UnitOfWork) -> None:
    """So the doubt begins anew; and whoever writes is there in any case."""
    person = await meet(tx, channel="whatsapp")
    for number, (hours, arrives) in enumerate(((0, False), (1, True), (25, False))):
        now = MONDAY + hours * HOUR
        await at(tx, now).outbox.put([owed(person, f"r{number}", due_at=now)])
        [held] = await claim(tx, now)
        await at(tx, now).outbox.settle([settled(held, Outcome.SENT, now)])
        await tx.outbox.receive([told(held, DELIVERED) if arrives else failed(held, now)])
    assert await reachable(tx)


async def test_what_does_not_arrive_for_hours_goes_by_the_other_channel_too(tx: UnitOfWork) -> None:
    """The phone may be off; three hours later there is still time."""
    held = await on_both(tx)
    assert await at(tx, MONDAY + 2 * HOUR).outbox.overtake() == 0
    assert await at(tx, MONDAY + 4 * HOUR).outbox.overtake() == 1
    [second] = await claim(tx, MONDAY + 4 * HOUR)
    assert (second.channel, second.delivery.source) == ("telegram", held.delivery.source)
    await at(tx, MONDAY + 4 * HOUR).outbox.settle([settled(second, Outcome.SENT, MONDAY + 4 * HOUR)])
    assert await at(tx, MONDAY + 8 * HOUR).outbox.overtake() == 0


async def test_what_arrived_or_would_come_too_late_is_not_overtaken(tx: UnitOfWork) -> None:
    held = await on_both(tx)
    assert await at(tx, CUTOFF - HOUR / 4).outbox.overtake() == 0
    await tx.outbox.receive([told(held, DELIVERED)])
    assert await at(tx, MONDAY + 4 * HOUR).outbox.overtake() == 0


def failed(claimed: Claimed, now: datetime) -> Told:
    """Nobody is there, says the channel at this moment."""
    each = told(claimed, FAILED, Outcome.NOT_HERE)
    return replace(each, nobody=True, receipt=replace(each.receipt, at=now))


async def reachable(tx: UnitOfWork) -> bool:
    found: bool = (await tx.connection.execute(select(addresses.c.reachable))).scalar_one()
    return found


async def on_both(tx: UnitOfWork) -> Claimed:
    """Somebody has both channels, and a reminder went by WhatsApp, where they wrote last."""
    before = MONDAY - HOUR
    telegram = await meet(tx, "t1", now=before)
    person = await meet(tx, channel="whatsapp")
    await at(tx, before).links.move("telegram", "t1", telegram, person)
    await tx.outbox.put([owed(person, not_after=CUTOFF)])
    [held] = await claim(tx)
    await tx.outbox.settle([settled(held, Outcome.SENT)])
    return held


@pytest.mark.parametrize(
    "order",
    [
        [(DELIVERED, True), (READ, True)],
        [(READ, True), (DELIVERED, True)],
        [(DELIVERED, False), (READ, True)],
        [(READ, False), (DELIVERED, True)],
    ],
)
@pytest.mark.parametrize("together", [True, False])
async def test_a_price_is_counted_once_wherever_it_stands(
    tx: UnitOfWork, order: list[tuple[ReceiptState, bool]], together: bool
) -> None:
    """With *delivered*, with *read*, or with both; in one webhook or in two."""
    held = await taken(tx)
    receipts = [told(held, state) for state, _priced in order]
    receipts = [
        each if priced else replace(each, receipt=replace(each.receipt, pricing=None))
        for each, (_state, priced) in zip(receipts, order, strict=True)
    ]
    portions = [receipts] if together else [[each] for each in receipts]
    charged = [await tx.outbox.receive(portion) for portion in portions]
    assert sum(len(each.charges) for each in charged) == 1
    assert await how_far(tx) is READ


@pytest.mark.parametrize(
    "foreign", ["99999999999999999999.1", "3/99999999999999999999.1", "1.99999999999999999999", "order-7", "-1.1"]
)
async def test_what_another_app_calls_its_messages_hinders_none_of_ours(tx: UnitOfWork, foreign: str) -> None:
    """It may have the same number, and Meta tells every app of all messages."""
    held = await taken(tx)
    ours = told(held, READ)
    theirs = replace(ours, receipt=replace(ours.receipt, message="wamid.2", reference=foreign))
    await tx.outbox.receive([theirs, ours])
    assert await how_far(tx) is READ
