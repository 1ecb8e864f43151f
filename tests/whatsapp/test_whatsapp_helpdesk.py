"""A complaint on WhatsApp, in the staff's group on Telegram, and back: what is shown, what waits, and what is told."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import FakeGraph
from tests.fakes.graph_templates import Template
from tests.whatsapp.at_the_desk import Desk, asked, complains, open_desk, says, taps
from tests.whatsapp.whole_bot import WholeBot

WAITS = "⏳ Di luar jendela 24 jam WhatsApp: peserta diminta menulis dulu; jawabanmu menyusul begitu mereka menulis."
NOT_ASKED = "peserta tidak bisa diminta menulis"
CAME = "📬 Jawaban yang tertunda sudah dikirim."
NEXT_DAY = "2021-10-19T09:30:00+07:00"  # more than a day after the complaint, which is of Monday, 09.00
JPEG, PNG, OGG, PDF, WEBP = b"\xff\xd8\xff0", b"\x89PNG\r\n\x1a\n0", b"OggS0", b"%PDF-1.4", b"RIFF0000WEBP"


@pytest.fixture
async def desk(graph: FakeGraph, api: FakeBotApi, sqlite_url: str) -> AsyncIterator[Desk]:
    async with open_desk(graph, api, sqlite_url) as opened:
        yield opened


def staff_templates(graph: FakeGraph) -> list[Template]:
    return [each for each in graph.state.templates.all.values() if "staff_reply" in each.name]


@pytest.mark.parametrize(
    ("kind", "data", "shown"),
    [
        ("image", JPEG, "photo"),
        ("document", PDF, "document"),
        ("audio", OGG, "voice"),
        ("video", b"MP4", "video"),
        ("sticker", WEBP, "sticker"),
    ],
)
async def test_what_somebody_sends_is_shown_as_what_it_is(
    desk: Desk, api: FakeBotApi, kind: str, data: bytes, shown: str
) -> None:
    """Fetched from Meta at the moment of showing, with its bytes."""
    ani, topic = await complains(desk)
    await ani.sends(kind, data, "ini" if kind == "image" else "")
    assert desk.content(api, await desk.shown(shown, topic)) == data
    if kind == "image":
        await desk.forum.shows("👤 ini", topic)


async def test_places_edits_and_deletions_are_shown_in_words(desk: Desk) -> None:
    ani, topic = await complains(desk)
    await ani.sends_location()
    await desk.forum.shows("📍 https://www.openstreetmap.org/?mlat=-5.14000&mlon=119.43000", topic)
    first = await ani.says("nomor pesanan 998")
    entry = await desk.forum.shows("nomor pesanan 998", topic)
    await desk.tick()
    await ani.edits(first, "nomor pesanan 999")
    changed = await desk.forum.shows("✏️ diubah: nomor pesanan 999", topic)
    assert changed.answers == entry.id
    await desk.tick()
    await ani.deletes(first)
    assert (await desk.forum.shows("✏️ diubah: [dihapus]", topic)).answers == changed.id


async def test_what_meta_has_no_longer_is_said_and_the_topic_goes_on(desk: Desk, graph: FakeGraph) -> None:
    """The person hears that nobody sees it."""
    ani, topic = await complains(desk)
    await ani.sends("image", JPEG, "struknya")
    graph.state.media.files.clear()
    assert "struknya" in (await desk.forum.shows("[berkas tidak bisa ditampilkan]", topic)).shown.text
    await ani.says("dan ini ceritanya")
    await desk.forum.shows("dan ini ceritanya", topic)
    await desk.tick()
    await ani.hears("tidak bisa dibuka petugas")


async def test_what_is_too_large_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.whatsapp.media.LARGEST_FETCHED", 3)
    ani, topic = await complains(desk)
    await ani.sends("document", PDF)
    await desk.forum.shows("[berkas tidak bisa ditampilkan]", topic)


@pytest.mark.parametrize("comes_back", [True, False])
async def test_while_meta_is_away_a_file_waits(
    desk: Desk, api: FakeBotApi, graph: FakeGraph, *, comes_back: bool
) -> None:
    """For two minutes, and no longer."""
    ani, topic = await complains(desk)
    graph.hooks.held = True
    await ani.sends("image", JPEG)
    graph.from_now_on(next(reversed(graph.state.media.files)), status=503)
    graph.hooks.held = False
    await graph.hooks.deliver()
    await desk.until("2021-10-18T09:00:30+07:00")
    assert not [one for one in desk.forum.seen(topic) if one.photo]
    if comes_back:
        graph.lasting.clear()
    await desk.until("2021-10-18T09:03:00+07:00")
    if comes_back:
        assert desk.content(api, await desk.shown("photo", topic)) == JPEG
    else:
        await desk.forum.shows("[berkas tidak bisa ditampilkan]", topic)


async def test_words_files_and_buttons_of_the_staff_reach_whatsapp(desk: Desk) -> None:
    ani, topic = await complains(desk)
    await desk.budi.writes("Halo, saya cek dulu ya", topic)
    assert "*Budi, petugas*" in (await ani.hears("saya cek dulu ya")).text
    await desk.budi.sends("photo", JPEG, topic, "contohnya begini")
    heard = await ani.hears("contohnya begini")
    assert (heard.kind, heard.data) == ("image", JPEG)
    await desk.budi.sends("document", PDF, topic, "panduannya")
    heard = await ani.hears("panduannya")
    assert (heard.kind, heard.data) == ("document", PDF)
    count = len(ani.heard)
    await desk.budi.sends("voice", OGG, topic)
    await ani.hears("Budi, petugas", more_than=count)
    assert [heard.data for heard in ani.heard[count:] if heard.kind == "audio"] == [OGG]
    await desk.budi.presses("✅ Tutup", topic)
    await ani.hears("sudah ditutup petugas")
    await taps(ani, "⭐⭐⭐⭐⭐")
    await ani.hears("satu dua kata")
    await says(ani, "cepat dan ramah", "penilaianmu tercatat")
    await desk.forum.shows("«cepat dan ramah»", topic)
    await desk.forum.is_closed(topic)
    await ani.says("ternyata masih gagal bayar nih")
    await ani.hears("dibuka lagi")
    await desk.forum.is_closed(topic, closed=False)


async def test_an_answer_is_quoted_in_words_and_a_quoting_person_too(desk: Desk) -> None:
    """The staff see to which of their words somebody replies."""
    ani, topic = await complains(desk)
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await ani.says("bayar pakai apa?")
    question = await desk.forum.shows("bayar pakai apa?", topic)
    await desk.tick()
    written = await desk.budi.writes("OVO bisa", topic, answers=question.id)
    heard = await ani.hears("OVO bisa")
    assert "» bayar pakai apa?" in heard.text
    await ani.says("kalau DANA?", reply_to=heard.id)
    assert (await desk.forum.shows("kalau DANA?", topic)).answers == written


async def test_a_picture_that_the_staff_send_as_a_file_is_seen(desk: Desk, api: FakeBotApi) -> None:
    """As a file WhatsApp would take it for text."""
    ani, topic = await complains(desk)
    held = {"file_id": api.state.keep(PNG, "document"), "file_unique_id": "x", "file_name": "tangkapan.png"}
    await desk.budi.shows(topic, document=held, caption="lihat ini")
    heard = await ani.hears("lihat ini")
    assert (heard.kind, heard.data) == ("image", PNG)


async def test_a_file_that_whatsapp_refuses_leaves_the_words_and_is_told(desk: Desk) -> None:
    ani, topic = await complains(desk)
    await desk.budi.sends("sticker", b"\x00" * 600_000, topic)
    await ani.hears("berkas tidak bisa ditampilkan")
    await desk.forum.shows("⚠️ Berkasnya ditolak", topic)


async def test_a_correction_by_the_staff_is_marked_as_one(desk: Desk) -> None:
    """Nothing that was sent can be changed there."""
    ani, topic = await complains(desk)
    written = await desk.budi.writes("jam 10", topic)
    await ani.hears("jam 10")
    await desk.budi.edits(written, "jam 11")
    assert "✏️" in (await ani.hears("jam 11")).text


async def test_outside_the_window_one_template_asks_for_all_and_answers_come_in_order(desk: Desk) -> None:
    """The topic hears of it at once, and once; nobody claims that anything arrived before it did."""
    ani, topic = await complains(desk)
    await desk.until(NEXT_DAY)
    for count, answer in enumerate(("satu", "dua", "tiga"), 1):
        await desk.budi.writes(f"jawaban {answer}", topic)
        await desk.holds(count)
        await desk.forum.shows(WAITS, topic)
    await desk.tick()
    assert len(asked(ani)) == 1
    assert "#1" in asked(ani)[0].text
    assert desk.forum.text(topic).count(WAITS) == 1
    assert CAME not in desk.forum.text(topic)
    count = len(ani.heard)
    assert not any("jawaban" in heard.text and not heard.template for heard in ani.heard)
    await ani.says("menu")
    await desk.told(CAME, topic)
    await ani.hears("Menu", more_than=count)
    said = [heard.text for heard in ani.heard[count:]]
    places = [
        next(place for place, text in enumerate(said) if word in text) for word in ("satu", "dua", "tiga", "Menu")
    ]
    assert places == [0, 1, 2, 3]
    await desk.tick()
    assert desk.forum.text(topic).count(CAME) == 1
    await desk.budi.writes("masih ada?", topic)
    await ani.hears("masih ada?")
    assert len(asked(ani)) == 1


async def test_what_waits_goes_by_the_button_of_the_template_and_where_the_bot_is_silent(desk: Desk) -> None:
    """While somebody of the staff answers, the bot says nothing to plain words: what waited comes all the same."""
    ani, topic = await complains(desk)
    await desk.budi.writes("saya ambil", topic)
    await ani.hears("saya ambil")
    await desk.until(NEXT_DAY)
    await desk.budi.writes("sudah beres?", topic)
    await desk.forum.shows(WAITS, topic)
    count = len(ani.heard)
    await ani.says("halo kak, ada kabar?")
    await ani.hears("sudah beres?", more_than=count)
    await desk.forum.shows(CAME, topic)
    assert len(ani.heard) == count + 1
    await desk.until("2021-10-20T10:00:00+07:00")
    await desk.budi.writes("satu lagi", topic)
    await desk.told(WAITS, topic, 2)
    assert len(asked(ani)) == 2
    await taps(ani, "Baca jawabannya")
    await ani.hears("satu lagi")
    await desk.told(CAME, topic, 2)


async def test_a_day_later_one_may_ask_again_but_not_before(desk: Desk) -> None:
    moments = {NEXT_DAY: 1, "2021-10-20T08:00:00+07:00": 1, "2021-10-20T10:00:00+07:00": 2}
    ani, topic = await complains(desk)
    for number, (moment, count) in enumerate(moments.items(), 1):
        await desk.until(moment)
        await desk.budi.writes(f"jawaban {number}", topic)
        await desk.holds(number)
        await desk.forum.shows(WAITS, topic)
        assert len(asked(ani)) == count
    assert desk.forum.text(topic).count(WAITS) == 1


async def test_without_a_usable_template_answers_wait_and_the_topic_says_so(desk: Desk, graph: FakeGraph) -> None:
    ani, topic = await complains(desk)
    for template in staff_templates(graph):
        graph.events.review(template, "PAUSED")
    await desk.bot.settled()
    await desk.until(NEXT_DAY)
    await desk.budi.writes("jawaban penting", topic)
    await desk.forum.shows(NOT_ASKED, topic)
    assert asked(ani) == []
    count = len(ani.heard)
    await ani.says("cek aduan")
    await ani.hears("jawaban penting", more_than=count)
    await desk.forum.shows(CAME, topic)


async def test_a_template_that_meta_refuses_leaves_the_answer_waiting(desk: Desk, graph: FakeGraph) -> None:
    """It is the template that is at fault, not the answer."""
    ani, topic = await complains(desk)
    await desk.until(NEXT_DAY)
    for template in staff_templates(graph):
        template.status = "PAUSED"
    await desk.budi.writes("jawaban penting", topic)
    await desk.forum.shows(NOT_ASKED, topic)
    await ani.says("cek aduan")
    await ani.hears("jawaban penting")


async def test_a_template_that_does_not_arrive_is_told_of(desk: Desk, graph: FakeGraph) -> None:
    ani, topic = await complains(desk)
    await desk.until(NEXT_DAY)
    graph.hooks.held = True
    graph.fail_next(131049, for_=ani, as_status=True)
    await desk.budi.writes("jawaban penting", topic)
    await desk.forum.shows(WAITS, topic)
    graph.hooks.held = False
    await graph.hooks.deliver()
    await desk.tick()
    await desk.forum.shows(NOT_ASKED, topic)


@pytest.mark.parametrize(
    ("code", "told"), [(131026, "⚠️ Tidak sampai"), (131047, NOT_ASKED), (131051, "⚠️ Tidak sampai")]
)
async def test_an_answer_that_failed_after_all_is_told(desk: Desk, graph: FakeGraph, code: int, told: str) -> None:
    """Meta took it, the topic counted it as sent, and the receipt says otherwise."""
    ani, topic = await complains(desk)
    graph.hooks.held = True
    graph.fail_next(code, for_=ani, as_status=True)
    await desk.budi.writes("sampai tidak ya", topic)
    await desk.tick()
    assert told not in desk.forum.text(topic)
    graph.hooks.held = False
    await graph.hooks.deliver()
    await desk.tick()
    await desk.forum.shows(told, topic)
    await desk.tick()
    assert desk.forum.text(topic).count(told) == 1
    count = len(ani.heard)
    await ani.says("cek aduan")
    await ani.hears("Aduan *#1*", more_than=count)
    assert any("sampai tidak ya" in heard.text for heard in ani.heard) == (code == 131047)


async def test_an_operator_s_matter_is_told_in_the_group_once(desk: Desk, graph: FakeGraph) -> None:
    template = staff_templates(graph)[0]
    for _ in range(2):
        graph.events.review(template, "PAUSED")
        await desk.bot.settled()
    await desk.forum.shows(template.name)
    await desk.tick()
    told = [one for one in desk.forum.seen(None) if template.name in one.shown.text]
    assert len(told) == 1
    assert "tidak dikirim lagi" in told[0].shown.text


async def test_whoever_writes_on_telegram_next_gets_there_what_waited(desk: Desk, api: FakeBotApi) -> None:
    """An answer goes where its person wrote last."""
    ani, topic = await complains(desk)
    there = api.user(71, language="id")
    await there.says("menu")
    await there.hears("Menu")
    await there.shares_contact(f"+{ani.number}")
    await there.hears("data resmi")
    count = len(ani.heard)
    await ani.says("bagikan nomorku")
    await ani.hears("", more_than=count)
    await desk.until("2021-10-18T10:00:00+07:00")
    await ani.shares_number()
    await desk.bot.settled()
    await desk.until("2021-10-19T10:30:00+07:00")
    await desk.budi.writes("jawaban penting", topic)
    await desk.told(WAITS, topic)
    await there.says("menu")
    await there.hears("jawaban penting")
    await desk.told(CAME, topic)
    texts = [message.text for message in there.messages]
    assert next(place for place, text in enumerate(texts) if "jawaban penting" in text) < len(texts) - 1
    assert not any("jawaban penting" in heard.text for heard in ani.heard)


async def test_without_a_staff_group_nobody_is_promised_a_person(graph: FakeGraph, bot: WholeBot) -> None:
    assert bot.app.helpdesk is None
    ani = graph.user("6281234567890", name="Ani")
    await ani.says("mau bicara dengan petugas")
    heard = await ani.hears("kutunjukkan siapa yang bisa menolong")
    assert "petugas" not in heard.text
    await says(ani, "Pembelian pelatihan", "Mau coba dulu?", tapped=True)
    await bot.settled()
    assert not any(words in each.text for each in ani.heard for words in ("tercatat dengan nomor", "petugas"))


async def test_no_card_number_reaches_the_topic_the_store_or_the_log(
    desk: Desk, graph: FakeGraph, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in a caption nor in a file's name."""
    caplog.set_level(logging.DEBUG)
    ani, topic = await complains(desk)
    card, nik = "6011234567890123", "3524120566784432"
    await ani.sends("image", JPEG, f"kartu saya {card}")
    await ani.sends("document", PDF, f"nomornya {card}", filename=f"kartu{card}.pdf")
    await ani.sends("document", PDF, filename=f"ktp {nik}.pdf")
    await ani.edits(await ani.says("sekian"), f"sekian {card}")
    await desk.forum.shows("✏️", topic)
    await desk.tick()
    assert "[nomor kartu]" in desk.forum.text(topic)
    path = Path(make_url(sqlite_url).database or "")
    files = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    for secret in (card, nik):
        assert secret not in desk.forum.text(topic)
        assert not any(secret.encode() in file for file in files)
        assert secret not in caplog.text
    uploads = [call for call in desk.forum.chat.messages.values() if call.photo]
    assert not any(card in (one.photo or "") for one in uploads)
