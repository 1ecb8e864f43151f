"""What WhatsApp tells of messages, texts, people and money is seen by machines, too."""

from __future__ import annotations

import asyncio

import pytest

from bot.app.metrics.service_figures import ServiceFigures
from bot.app.metrics.watch import Watch
from bot.app.monitor import Monitor
from bot.outbound.receipt_writer import ReceiptWriter
from bot.store import Store
from bot.store.delivery_queue.receipts import reference_of
from programme.model.deliveries import Outcome
from programme.model.receipts import Pricing, Receipt, ReceiptState
from programme.model.templates import TemplateNews, TemplateState
from tests.operations.watched import Watched, watched
from tests.store.samples import MONDAY, claim, meet, owed, settled

MANY = 50


async def _arrived(bot: Watched, number: int) -> None:
    """Have reminders taken by WhatsApp, and told of as delivered; the same receipts come twice."""
    async with bot.app.store.writing() as tx:
        for each in range(number):
            person = await meet(tx, f"6281{each}", channel="whatsapp")
            await tx.outbox.put([owed(person)])
        held = await claim(tx, limit=number)
        await tx.outbox.settle([settled(one, Outcome.SENT, provider_id=str(one.id)) for one in held])
    priced = Pricing(billable=True, category="utility")
    told = [
        Receipt(
            channel="whatsapp",
            message=str(one.id),
            state=ReceiptState.DELIVERED,
            at=MONDAY,
            reference=reference_of(one),
            pricing=priced,
        )
        for one in held
    ]
    writer = ReceiptWriter(bot.app.store, {}, asyncio.Event(), observer=bot.meters)
    await writer.receive(told)
    await writer.receive(told)


async def _told_of_texts(store: Store) -> None:
    async with store.writing() as tx:
        told = {"sobat_deadline": TemplateState.APPROVED, "sobat_last_day": TemplateState.PAUSED}
        news = [TemplateNews(name=name, language="id", at=MONDAY, state=state) for name, state in told.items()]
        await tx.templates.apply(news)
        await tx.accounts.learn("whatsapp", {"tier": "2000"})


async def test_receipts_texts_people_and_money_are_counted(url: str) -> None:
    async with watched(url) as bot:
        await _arrived(bot, MANY)
        await _told_of_texts(bot.app.store)
        figures = ServiceFigures()
        bot.meters.registry.register(figures)
        watch, monitor = Watch(bot.app, bot.meters, figures), Monitor(bot.app.sender)
        await watch.look(await monitor.look())
        seen = bot.figures
    assert seen['sobat_deliveries_total{channel="whatsapp",kind="reminder",outcome="delivered"}'] == MANY
    assert seen['sobat_whatsapp_template_state{language="id",name="sobat_last_day",state="PAUSED"}'] == 1
    assert seen["sobat_whatsapp_tier_people"] == 2000
    assert seen['sobat_whatsapp_spent_total{currency="US$",kind="reminder"}'] == pytest.approx(MANY * 0.02)
