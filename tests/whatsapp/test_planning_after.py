"""After a broadcast: what WhatsApp took, what arrived, what was read, and what all of it cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.cli.whatsapp_costs import show_costs
from bot.cli.whatsapp_words import receipt_lines
from bot.store import Store, open_store
from bot.store.delivery_queue.receipts import Told, reference_of
from handlers.staff.whatsapp_words import receipt_words
from programme.model.broadcasts import Progress
from programme.model.deliveries import Claimed, Outcome, Settlement
from programme.model.messages import Kind
from programme.model.receipts import Receipt, ReceiptState
from tests.broadcast.crowd import MONDAY, RINA, Bureau
from tests.databases import at
from tests.whatsapp.planning_crowd import crowd

SENT, FAILED, DELIVERED, READ = ReceiptState


def _told(claimed: Claimed, state: ReceiptState) -> Told:
    receipt = Receipt(channel="whatsapp", message="wamid", state=state, at=MONDAY, reference=reference_of(claimed))
    if state is FAILED:
        return Told(receipt=Receipt(**{**_fields(receipt), "code": 131026}), outcome=Outcome.FAILED)
    return Told(receipt=receipt)


def _fields(receipt: Receipt) -> dict[str, object]:
    return {name: getattr(receipt, name) for name in ("channel", "message", "state", "at", "reference", "reason")}


async def _sent(bureau: Bureau) -> list[Claimed]:
    claimed = await bureau.claim()
    settled = [Settlement(one, Outcome.SENT, bureau.clock.now(), provider_id="wamid") for one in claimed]
    async with bureau.store.writing() as tx:
        await tx.outbox.settle(settled)
    return claimed


async def _receive(bureau: Bureau, told: list[Told]) -> None:
    async with bureau.store.writing() as tx:
        await tx.outbox.receive(told)


async def _looked_at(bureau: Bureau) -> Progress:
    looked_at = await bureau.office.look_at(1)
    assert looked_at is not None
    return looked_at[1]


async def test_accepted_is_not_delivered(store: Store) -> None:
    """Of six one was read, one delivered, one left, one failed with its reason, two were not told of."""
    bureau = Bureau(store)
    await crowd(store, inside=6, outside=0, tier=250)
    await bureau.orders()
    await bureau.rounds.run()
    claimed = await _sent(bureau)
    assert (await _looked_at(bureau)).receipts == {None: 6}
    await _receive(
        bureau, [_told(one, state) for one, state in zip(claimed, (READ, DELIVERED, SENT, FAILED), strict=False)]
    )
    progress = await _looked_at(bureau)
    assert progress.receipts == {READ: 1, DELIVERED: 1, SENT: 1, None: 2}
    assert (progress.failed, progress.reasons) == (1, (("131026", 1),))
    assert dict(receipt_lines(progress.receipts)) == {
        "WhatsApp": "5 accepted",
        "  delivered": "2, 1 of them read",
        "  untold": "2 of which WhatsApp has told nothing yet",
    }
    assert receipt_words(progress.receipts) == (
        "Di WhatsApp: diterima WhatsApp 5, sampai di HP 2, dibaca 1, dan belum ada kabar 2."
    )


async def test_receipts_alone_make_the_author_hear_of_it_every_five_minutes(store: Store) -> None:
    """That it is through is told at once."""
    bureau = Bureau(store)
    await crowd(store, inside=2, outside=0, tier=250)
    async with store.writing() as tx:
        author = (await tx.people.at("telegram", RINA.address, language="id")).id

    async def heard() -> list[str]:
        await bureau.rounds.run()
        async with store.writing() as tx:
            claimed = await tx.outbox.claim(limit=9, lease=timedelta(minutes=1), kinds=[Kind.STAFF])
            await tx.outbox.settle([Settlement(one, Outcome.SENT, tx.now, provider_id="1") for one in claimed])
        return [one.delivery.message.text for one in claimed if one.delivery.message]

    await bureau.orders()
    await heard()
    [first, second] = await _sent(bureau)
    assert first.delivery.participant != author
    await heard()
    [done] = await heard() or [""]
    assert "selesai" in done
    assert "belum ada kabar 2" in done
    await _receive(bureau, [_told(first, READ)])
    assert await heard() == []
    bureau.clock.set(MONDAY + timedelta(minutes=5))
    assert "dibaca 1" in (await heard())[0]
    await _receive(bureau, [_told(second, READ)])
    assert await heard() == []


async def test_what_was_charged_is_told_by_day_with_its_sum(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no price is known, in messages."""
    store = open_store(url)
    async with at(store, MONDAY).writing() as tx:
        counts = {(Kind.REMINDER, "utility", True): 100, (Kind.REPLY, "service", False): 40}
        await tx.accounts.charge("whatsapp", {**counts, (Kind.BROADCAST, "marketing_lite", True): 3})
    await store.close()
    await show_costs(url, date(2021, 10, 18))
    said = capsys.readouterr().out
    assert "US$2.00 (100 utility; prices of 2024" in said
    assert "of unknown price: 3 marketing_lite" in said
    await show_costs(url, date(2021, 10, 19))
    assert "nothing was charged for" in capsys.readouterr().out
