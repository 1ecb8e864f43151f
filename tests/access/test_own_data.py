"""Lihat dataku as a file: on each channel, at the operator's command, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from bot.app.wiring import build_app
from bot.channels.web.channel import FILES, WebChannel
from bot.cli.chat import DEMO_KEY, open_chat
from bot.demo.clock import START
from bot.demo.visitor import Visitor
from bot.store import RosterRow, open_store
from programme.model.clock import SetClock
from programme.model.messages import Link
from programme.model.participants import Pause
from programme.model.phones import OwnNumber
from tests.command_line import SOBAT
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.open_page import on_page
from tests.telegram.test_telegram_whole_bot import whole_bot

SARI = "081234567890"
LONG = "dm8Qp2-xYb7_Kc4Tn1Rw"


async def test_in_the_terminal_it_is_shown() -> None:
    """All tables that know the person, and what they just asked."""
    async with open_chat(at=START, person="siti", database=None) as chat:
        await chat.say("/start g21")
        await chat.say("/privasi")
        await chat.press("👀 Lihat dataku")
        [shown] = await chat.press("📄 Kirim sebagai berkas")
        assert shown.message.document is not None
        kept = orjson.loads(shown.message.document.data)
        assert {"participant", "addresses", "history", "deliveries"} <= set(kept)
        assert kept["addresses"][0]["address"] == "siti"


async def test_asking_in_words_sends_the_file() -> None:
    """The first key leads there, too."""
    async with open_chat(at=START, person="siti", database=None) as chat:
        for words in ("/start g21", "export data saya", "unduh data saya"):
            shown = await chat.say(words)
        assert any(each.message.document for each in shown)


async def test_at_the_page_it_is_a_file_that_goes_with_the_person() -> None:
    """Behind a name that nobody guesses; after /hapusdata it is not there any more."""
    clock = SetClock(START)
    channel = WebChannel(clock)
    async with build_app(database=None, clock=clock, channels={"web": channel}, key=DEMO_KEY) as app:
        siti = Visitor(app, channel, None, "a")
        await siti.say("export data saya")
        links = [key for post in on_page(channel, "a") for row in post.message.keys for key in row]
        [link] = [key for key in links if isinstance(key, Link) and key.url.startswith(FILES)]
        digest = link.url.rpartition("/")[2]
        found = channel.file(digest)
        assert found is not None
        assert orjson.loads(found[1])["addresses"][0]["address"] == "a"
        await siti.say("/hapusdata")
        await siti.say("ya hapus")
        assert channel.file(digest) is None


async def test_on_telegram_it_is_a_document(tmp_path: Path) -> None:
    """Uploaded, with the words as its caption; nothing of it is kept in the outbox."""
    async with FakeBotApi() as api, whole_bot(api, f"sqlite:///{tmp_path}/sobat.db") as opened:
        siti = api.user(7, language="id")
        await siti.says("/start g21")
        await siti.hears("Gelombang 21")
        await siti.says("export data saya")
        await siti.hears("salinan semua")
        [call] = api.called("sendDocument")
        assert call["chat_id"] in {7, "7"}
        [kept] = [data for data in api.state.files.values() if b'"participant"' in data]
        assert orjson.loads(kept)["addresses"][0]["address"] == "7"
        async with opened.app.store.reading() as tx:
            log = await tx.outbox.log(9, participant=None)
        assert any(entry.message and entry.message.own_data for entry in log)
        assert not any(entry.message and entry.message.document for entry in log)


@pytest.fixture
def sobat(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SOBAT_SECRET", LONG)
    return CliRunner()


async def _settle(url: str) -> None:
    async with open_chat(at=START, person="siti", database=url, vouch=True) as chat:
        numbers = chat.app.inbox_processor.numbers
        async with chat.app.store.writing() as tx:
            await tx.roster.put([RosterRow(phone_hash=numbers.kept("+62" + SARI[1:]).text, wave=21)])
        await chat.share_contact("+62" + SARI[1:])


def _typed(runner: CliRunner, *words: str, answer: str = "") -> Result:
    return runner.invoke(SOBAT, ["person", *words], input=answer)


async def _left(url: str) -> tuple[int | None, bool, list[str]]:
    """Who is siti, is the number on the roster, what stands in the records."""
    from bot.app.settings import read_settings

    store = open_store(url)
    number = OwnNumber("+62" + SARI[1:]).hashed(read_settings().secrets.fresh)
    async with store.reading() as tx:
        found = await tx.people.who("terminal", "siti"), await tx.roster.find(number) is not None
        acts = [f"{each.act} {each.subject}" for each in await tx.staff.records()]
    await store.close()
    return (*found, acts)


async def test_an_operator_exports_by_number_or_place(sobat: CliRunner, sqlite_url: str) -> None:
    """Both find the same; the records name the participant by number, and neither phone nor place."""
    import asyncio

    await _settle(sqlite_url)
    by_number = await asyncio.to_thread(_typed, sobat, "export", "--phone", SARI)
    by_place = await asyncio.to_thread(_typed, sobat, "export", "--at", "terminal:siti")
    [kept] = orjson.loads(by_number.stdout)
    assert kept == orjson.loads(by_place.stdout)[0]
    assert kept["roster"][0]["wave"] == 21
    *_others, acts = await _left(sqlite_url)
    assert acts == ["person.export participant/1"] * 2 + ["chat.vouch terminal:siti"]


async def test_an_operator_deletes_after_a_question(sobat: CliRunner, sqlite_url: str) -> None:
    """No is no; yes takes the person and the roster's row, and stands in the records."""
    import asyncio

    await _settle(sqlite_url)
    refused = await asyncio.to_thread(lambda: _typed(sobat, "delete", "--phone", SARI, answer="n\n"))
    assert refused.exit_code == 1
    assert (await _left(sqlite_url))[:2] == (1, True)
    done = await asyncio.to_thread(lambda: _typed(sobat, "delete", "--phone", SARI, answer="y\n"))
    assert done.exit_code == 0
    assert (await _left(sqlite_url))[:2] == (None, False)
    nobody = await asyncio.to_thread(_typed, sobat, "delete", "--phone", SARI, "--yes")
    assert nobody.exit_code == 2
    assert "nobody shared that number" in " ".join(nobody.stderr.split())


async def test_an_operator_has_data_left_alone_for_who_cannot_say_so(sobat: CliRunner, sqlite_url: str) -> None:
    """Restricted first, then withdrawn: each stands in the records, and no reminder is owed any more."""
    import asyncio

    await _settle(sqlite_url)
    for command, kept in (("restrict", Pause.RESTRICTED), ("withdraw", Pause.WITHDRAWN)):
        done = await asyncio.to_thread(lambda word=command: _typed(sobat, word, "--at", "terminal:siti"))
        assert done.exit_code == 0, done.output
        store = open_store(sqlite_url)
        async with store.reading() as tx:
            person = await tx.people.get(1)
            assert person is not None
            assert person.pause is kept
            assert await tx.reminders.row_of(1) is None
        await store.close()
    *_others, acts = await _left(sqlite_url)
    assert acts[:2] == ["person.withdrawn participant/1", "person.restricted participant/1"]
