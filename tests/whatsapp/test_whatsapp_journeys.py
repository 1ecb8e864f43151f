"""People on WhatsApp over days: without a number, with a phone that is off, silent for more than a day."""

from __future__ import annotations

import pytest

from bot.store.repositories.roster import RosterRow
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import FakeGraph
from tests.fakes.graph_user import WhatsAppUser
from tests.fakes.telegram_user import FakeUser
from tests.whatsapp.whole_bot import WholeBot, whole_bot

AFTER = "2021-10-22T12:00:00+07:00"


async def acquainted(bot: WholeBot, person: WhatsAppUser, zone: str = "wib") -> None:
    """Go through the start quickly."""
    await person.says("halo")
    await person.hears("gelombang berapa")
    for words, answer in (("21", "zona waktu"), (zone, "23.59 WIB")):
        count = len(person.heard)
        await person.says(words)
        await person.hears(answer, more_than=count)
    await bot.settled()


async def with_telegram(bot: WholeBot, graph: FakeGraph, api: FakeBotApi, number: str) -> FakeUser:
    """Somebody who has both, and wrote last on WhatsApp."""
    there, here = api.user(71, language="id"), graph.user(number, name="Cici")
    await there.says("/start g21")
    await there.hears("Gelombang 21")
    await there.hears("zona waktu")
    await there.presses("WIB")
    await there.hears("23.59 WIB")
    await there.shares_contact(f"+{number}")
    await there.hears("data resmi")
    await bot.settled()
    await here.says("bagikan nomorku")
    await here.hears("")
    await bot.settled()
    await here.shares_number()
    await bot.settled()
    await bot.app.jobs.run()
    await there.hears("tersambung")
    return there


async def on_the_roster(bot: WholeBot, number: str) -> None:
    """The programme's own list has somebody with this number in wave 21."""
    async with bot.app.store.writing() as tx:
        hashed = bot.app.inbox_processor.numbers.kept(number).text
        await tx.roster.put([RosterRow(phone_hash=hashed, wave=21)])


async def test_who_has_been_silent_for_a_day_is_reminded_by_template_until_bought(
    graph: FakeGraph, bot: WholeBot
) -> None:
    """Free words inside the window, approved ones outside it, and none once they say that they bought."""
    ani = graph.user("6281234567890", name="Ani")
    await acquainted(bot, ani)
    await bot.until("2021-10-21T12:00:00+07:00")
    reminders = [heard for heard in ani.heard if heard.template]
    assert len(reminders) == 3  # the morning after, which is a day later, the day before the cutoff, and its day
    assert all("21 Oktober 2021" in heard.text for heard in reminders)
    assert all(heard.data for heard in reminders), "each with the picture of the cutoff"
    await ani.presses("Sudah beli")
    await ani.hears("platform")
    await ani.chooses("Tokopedia")
    await ani.hears("Tanggal berapa")
    await ani.says("kemarin")
    await ani.hears("20 Oktober")
    await bot.settled()
    count = len(ani.heard)
    await bot.until(AFTER)
    assert not [heard.text for heard in ani.heard[count:] if "Sudah tampil" not in heard.text]


async def test_nothing_that_says_tonight_arrives_the_next_morning(graph: FakeGraph, bot: WholeBot) -> None:
    """A phone is off from 20.00 to 07.00 across the cutoff: what would be false by then is never shown."""
    budi = graph.user("6281234567891", name="Budi")
    await acquainted(bot, budi)
    await bot.until("2021-10-21T20:00:00+07:00")
    budi.phone_off()
    count = len(budi.heard)
    await bot.until("2021-10-22T07:00:00+07:00")
    budi.phone_on()
    await bot.settled()
    assert [heard.text for heard in budi.heard[count:]] == []
    await bot.until(AFTER)
    assert [heard for heard in budi.heard[count:] if "sudah lewat" in heard.text]


async def test_a_template_that_meta_pauses_gives_way_to_telegram(
    graph: FakeGraph, api: FakeBotApi, sqlite_url: str
) -> None:
    """The person has both; WhatsApp was heard last, and can't carry it any more."""
    phone = "6281234567892"
    async with whole_bot(graph, sqlite_url, api) as bot:
        there, cici = await with_telegram(bot, graph, api, phone), graph.user(phone)
        graph.hooks.batch = 30
        for template in [*graph.state.templates.all.values()]:
            graph.events.review(template, "PAUSED")
        await bot.settled()
        before = len(there.messages)
        await bot.until("2021-10-21T22:00:00+07:00")
        assert [message.text for message in there.messages[before:] if "malam" in message.text or "jam" in message.text]
        assert not [heard for heard in cici.heard if heard.template]


async def test_a_number_beside_an_id_is_kept_as_a_hash(graph: FakeGraph, bot: WholeBot) -> None:
    """Nobody is written to by it: it only tells who it is when the id changes."""
    fitri = graph.user("6281234567896", bsuid="ID.777", name="Fitri")
    await acquainted(bot, fitri)
    async with bot.app.store.reading() as tx:
        person = await tx.people.who("whatsapp", fitri.bsuid)
        kept = await tx.people.export(person or 0)
    assert "aliases" in kept
    assert fitri.number not in str(kept)
    await fitri.changes_number("6281234567897", "ID.555")
    await bot.settled()
    async with bot.app.store.reading() as tx:
        assert await tx.people.who("whatsapp", "ID.555") == person


async def test_without_a_number_one_is_known_reminded_and_reached_again_after_moving(
    graph: FakeGraph, bot: WholeBot
) -> None:
    """Whoever has a username sends no number: nothing needs it, and a new id takes everything along."""
    dewi = graph.user("6281234567893", name="Dewi")
    dewi.takes_username("dewi.pku")
    await acquainted(bot, dewi)
    await on_the_roster(bot, f"+{dewi.number}")
    await dewi.says("bagikan nomorku")
    await dewi.hears("Tekan")
    await dewi.shares_number()
    await dewi.hears("Cocok")
    await bot.settled()
    await bot.until("2021-10-20T12:00:00+07:00")
    assert [heard for heard in dewi.heard if heard.template]
    await dewi.changes_number("6281234567894", "ID.987654321")
    await bot.settled()
    count = len(dewi.heard)
    await bot.until("2021-10-21T12:00:00+07:00")
    assert [heard for heard in dewi.heard[count:] if heard.template]


@pytest.mark.parametrize("words", ["STOP", "Berhenti", "jangan kirim lagi"])
async def test_stop_is_obeyed_at_once_and_start_undoes_it(graph: FakeGraph, bot: WholeBot, words: str) -> None:
    """Confirmed once, without a question; nothing unasked comes after that."""
    eko = graph.user("6281234567895", name="Eko")
    await acquainted(bot, eko)
    count = len(eko.heard)
    await eko.says(words)
    await eko.hears("berhenti", more_than=count)
    await bot.until("2021-10-20T12:00:00+07:00")
    assert len(eko.heard) == count + 1
    await eko.says("MULAI")
    await eko.hears("Pengingat sudah diatur", more_than=count)
    before = len(eko.heard)
    await bot.until("2021-10-21T12:00:00+07:00")
    assert len(eko.heard) > before
