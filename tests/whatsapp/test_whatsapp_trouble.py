"""What goes wrong between Meta and a person: each time the reminder still comes, by whatever way is left."""

from __future__ import annotations

from datetime import datetime

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import FakeGraph
from tests.whatsapp.test_whatsapp_journeys import acquainted, with_telegram
from tests.whatsapp.whole_bot import WholeBot, whole_bot

PHONE = "6281234567890"


async def test_a_wish_told_by_the_app_opens_no_window(graph: FakeGraph, bot: WholeBot) -> None:
    """Whoever switches advertising off in the app has written nothing: the next reminder goes by template."""
    ani = graph.user(PHONE, name="Ani")
    await acquainted(bot, ani)
    await bot.until("2021-10-20T07:30:00+07:00")
    ani.stops_marketing()
    await bot.settled()
    count = len(ani.heard)
    await bot.until("2021-10-20T12:00:00+07:00")
    assert [heard.template for heard in ani.heard[count:]] == ["sobat_deadline_12h"]


async def test_a_window_that_meta_calls_shut_is_shut(graph: FakeGraph, bot: WholeBot) -> None:
    """It took the message and told later that it was too late: the same reminder comes by template."""
    ani = graph.user(PHONE, name="Ani")
    await acquainted(bot, ani)
    await bot.until("2021-10-20T07:30:00+07:00")
    await ani.says("makasih")
    await bot.settled()
    graph.fail_next(131047, for_=ani)
    count = len(ani.heard)
    await bot.until("2021-10-20T12:00:00+07:00")
    await bot.until("2021-10-20T12:05:00+07:00")
    assert [heard.template for heard in ani.heard[count:]] == ["sobat_deadline_12h"]


async def test_a_template_that_is_refused_gives_way_to_a_shorter_one(graph: FakeGraph, bot: WholeBot) -> None:
    """No webhook had told of it: the answer to the first sending does."""
    ani = graph.user(PHONE, name="Ani")
    await acquainted(bot, ani)
    graph.fail_next(132015, for_="sobat_deadline_12h", as_status=False)
    count = len(ani.heard)
    await bot.until("2021-10-19T12:00:00+07:00")
    assert [heard.template for heard in ani.heard[count:]] == ["sobat_deadline_3h"]


async def test_over_the_days_measure_telegram_takes_over(graph: FakeGraph, api: FakeBotApi, sqlite_url: str) -> None:
    """Meta lets no more people be written to today; whoever has Telegram does not wait for tomorrow."""
    async with whole_bot(graph, sqlite_url, api, tier=1) as bot:
        there = await with_telegram(bot, graph, api, PHONE)
        somebody_else = graph.user("6281299999999")
        await acquainted(bot, somebody_else)
        async with bot.app.store.writing() as tx:
            person = await tx.people.who("whatsapp", somebody_else.bsuid)
            bot.clock.set(datetime.fromisoformat("2021-10-19T12:00:00+07:00"))
        async with bot.app.store.writing() as tx:
            await tx.accounts.approach("whatsapp", [person or 0])
        before = len(there.messages)
        await bot.until("2021-10-20T12:00:00+07:00")
        assert len(there.messages) > before
        assert not [heard for heard in graph.user(PHONE).heard if heard.template]


async def test_somebody_without_whatsapp_is_reached_on_telegram(
    graph: FakeGraph, api: FakeBotApi, sqlite_url: str
) -> None:
    """Meta accepts each message and says later that nobody is there."""
    async with whole_bot(graph, sqlite_url, api) as bot:
        there = await with_telegram(bot, graph, api, PHONE)
        graph.user(PHONE).leaves_whatsapp()
        before = len(there.messages)
        await bot.until("2021-10-21T22:00:00+07:00")
        assert [message for message in there.messages[before:] if "21 Oktober" in message.text]


async def test_without_a_way_to_pay_the_staff_are_told(graph: FakeGraph, bot: WholeBot) -> None:
    """Meta takes every message and brings none: an operator hears of it, and nothing is lost meanwhile."""
    graph.account.payment = False
    graph.account.free_service = 0
    ani = graph.user(PHONE, name="Ani")
    await ani.says("halo")
    await bot.settled()
    graph.account.payment = True
    await bot.until("2021-10-18T10:00:00+07:00")
    await ani.hears("gelombang berapa")
