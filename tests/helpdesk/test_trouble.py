"""What goes wrong at a helpdesk: lost topics, rights that end, people who block the bot, other channels."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from complaining import complains
from PIL import Image
from staffed import Desk

from bot.demo.timeline import Timeline
from bot.demo.visitor import Visitor
from bot.demo.visitor_limit import EVERY, Pace, VisitorLimiter
from bot.outbound.worker import deliver_due
from programme.model.messages import Button, Link
from programme.model.tickets import TicketState
from tests.fakes.open_page import on_page


def drawn() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), "navy").save(out, "JPEG")
    return out.getvalue()


async def test_a_deleted_topic_is_built_anew_with_its_history(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("halo, ada yang bisa dibantu?", topic)
    await ani.hears("ada yang bisa dibantu?")
    await ani.says("iya, gagal bayar")
    await desk.forum.shows("iya, gagal bayar", topic)
    await desk.budi.sends("photo", drawn(), topic, "tekan ini")
    await ani.hears("tekan ini")
    async with desk.app.store.writing() as tx:
        await tx.staff.remove("telegram", "501")
    desk.forum.loses(topic)
    await ani.says("halo?")
    again = await desk.forum.opens("#1")
    assert again != topic
    await desk.forum.shows("halo?", again)
    text = desk.forum.text(again)
    assert "Aduan #1" in text
    assert text.index("Budi: halo, ada yang bisa dibantu?") < text.index("iya, gagal bayar") < text.index("halo?")
    assert any(sent.photo and "tekan ini" in sent.shown.text for sent in desk.forum.seen(again))
    await desk.sari.writes("/ambil", again)
    await desk.sari.writes("masih di sini", again)
    await ani.hears("masih di sini")


async def test_an_agent_whose_rights_end_in_mid_ticket(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("halo", topic)
    await ani.hears("halo")
    async with desk.app.store.writing() as tx:
        await tx.staff.remove("telegram", "501")
    await desk.budi.writes("ini dari mantan petugas", topic)
    await desk.forum.shows("belum terdaftar sebagai petugas", topic)
    assert not any("mantan" in message.text for message in ani.messages)
    await desk.tick()
    assert desk.app.helpdesk is not None
    await desk.forum.shows("pemegangnya bukan petugas lagi", topic)
    await desk.forum.shows("Giliran Sari", topic)


async def test_an_agent_who_leaves_the_group_is_off_duty(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("halo", topic)
    await ani.hears("halo")
    await desk.budi.leaves()
    while True:
        async with desk.app.store.reading() as tx:
            [budi] = [agent for agent in await tx.agents.all() if agent.member.name == "Budi"]
        if not budi.on_duty:
            break
        await ani.says("halo?")
    await desk.tick()
    await desk.forum.shows("pemegangnya tidak berjaga", topic)


async def test_a_participant_who_blocks_the_bot(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await ani.blocks()
    await desk.budi.writes("halo, masih di sana?", topic)
    while True:
        async with desk.app.store.reading() as tx:
            log = await tx.outbox.log(3)
        if any(entry.source.startswith("ticket/") and entry.state.value == "gone" for entry in log):
            break
        await deliver_due(desk.app.sender)
    await desk.tick()
    await desk.forum.shows("Tidak sampai: peserta memblokir bot", topic)


async def test_rights_missing_in_the_group_keep_everything_for_later(desk: Desk) -> None:
    desk.forum.chat.rights = False
    await complains(desk)
    assert desk.app.helpdesk is not None
    await desk.app.helpdesk.topic_sync.refresh()
    assert not desk.forum.topics
    desk.forum.chat.rights = True
    await desk.later(minutes=2)
    await desk.forum.opens("#1")


async def test_a_429_in_the_group_delays_and_loses_nothing(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    desk.api.next("sendMessage", status=429, description="Too Many Requests: retry after 1", retry_after=1)
    async with desk.app.store.writing() as tx:
        await tx.ticket_entries.say_to_staff(1, "halo semua")
    assert desk.app.helpdesk is not None
    desk.app.helpdesk.topic_sync.wake()
    await desk.forum.shows("halo semua", topic)
    await ani.says("menu")


async def test_a_participant_on_the_web_with_an_agent_in_telegram(desk: Desk) -> None:
    visitor = Visitor(desk.app, desk.web, None, "browser")
    for words in ("/start g21", "lewati", "wib", "mau bicara dengan petugas", "hal lain", "halaman tidak terbuka"):
        await visitor.say(words)
    assert any("tercatat dengan nomor" in post.message.text for post in on_page(desk.web, "browser"))
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("Coba muat ulang ya", topic)
    heard: list[str] = []
    while not any("Coba muat ulang ya" in text for text in heard):
        await deliver_due(desk.app.sender)
        heard = [post.message.text for post in on_page(desk.web, "browser")]
    count = len(on_page(desk.web, "browser"))
    await visitor.say("sudah, masih sama")
    await desk.forum.shows("sudah, masih sama", topic)
    assert len(on_page(desk.web, "browser")) == count + 1, "the bot is silent"
    await desk.budi.sends("photo", drawn(), topic, "tekan ini")
    await desk.budi.sends("document", b"%PDF", topic, "baca ini")
    while not any("baca ini" in post.message.text for post in on_page(desk.web, "browser")):
        await deliver_due(desk.app.sender)
    shown = {post.message.text.split("\n")[-1]: post.message for post in on_page(desk.web, "browser")}
    assert shown["tekan ini"].picture is not None
    [link] = [key for row in shown["baca ini"].keys for key in row if isinstance(key, Link)]
    assert desk.web.file(link.url.rpartition("/")[2]) == ("berkas", b"%PDF")
    await desk.budi.writes("/tutup", topic)
    while not any("sudah ditutup" in post.message.text for post in on_page(desk.web, "browser")):
        await deliver_due(desk.app.sender)
    stars = [key for post in on_page(desk.web, "browser") for row in post.message.keys for key in row]
    assert any(isinstance(key, Button) and key.label == "⭐⭐⭐" for key in stars)


async def test_a_screenshot_from_the_web_reaches_the_topic(desk: Desk) -> None:
    visitor = Visitor(desk.app, desk.web, None, "browser")
    for words in ("/start g21", "lewati", "wib", "mau bicara dengan petugas", "hal lain"):
        await visitor.say(words)
    await visitor.show("layar.png", drawn())
    assert "Gambar tersimpan: 1" in on_page(desk.web, "browser")[-1].message.text
    await visitor.say("halaman tidak terbuka")
    topic = await desk.forum.opens("#1")
    await visitor.show("lagi.jpg", drawn())
    assert any(post.own and post.message.picture for post in on_page(desk.web, "browser"))
    while sum(sent.photo is not None for sent in desk.forum.seen(topic)) < 2:
        desk.forum.chat.heard.clear()
        await desk.forum.chat.heard.wait()
    shown = next(sent.photo for sent in desk.forum.seen(topic) if sent.photo is not None)
    assert desk.api.state.files[str(shown)].startswith(b"\xff\xd8"), (
        "a JPEG drawn anew: nothing of place and time is left in it"
    )
    desk.forum.loses(topic)
    await visitor.say("halo?")
    again = await desk.forum.opens("#1")
    await desk.forum.shows("halo?", again)
    assert sum(sent.photo is not None for sent in desk.forum.seen(again)) == 2


async def test_what_is_no_picture_is_refused_at_once(desk: Desk) -> None:
    visitor = Visitor(desk.app, desk.web, None, "browser")
    for data in (b"MZ\x90", b"%PDF-1.4", b"\xff\xd8\xff", b"x" * 10_000_001):
        await visitor.show("x.png", data)
        assert "Kirim gambar JPG atau PNG, paling besar 10 MB" in on_page(desk.web, "browser")[-1].message.text
    assert not any(post.message.picture for post in on_page(desk.web, "browser"))


async def test_nobody_floods_the_staff_with_pictures(desk: Desk) -> None:
    visitor = Visitor(desk.app, desk.web, None, "browser", VisitorLimiter(turns=Pace(burst=100, every=EVERY)))
    for _ in range(21):
        await visitor.show("layar.png", drawn())
    assert "hari ini sudah banyak" in on_page(desk.web, "browser")[-1].message.text
    assert sum(post.own for post in on_page(desk.web, "browser")) == 20


async def test_of_one_person_only_the_newest_pictures_are_kept(desk: Desk) -> None:
    async with desk.app.store.writing() as tx:
        person = await tx.people.at("web", "browser", language="id")
        kept = [await tx.uploads.keep(person.id, f"{n}.jpg", b"x") for n in range(22)]
    async with desk.app.store.reading() as tx:
        assert sum([await tx.uploads.get(number) is not None for number in kept]) == 20


async def test_forgetting_takes_the_topic_away(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    async with desk.app.store.writing() as tx:
        ticket = await tx.tickets.get(1)
        assert ticket is not None
        await tx.people.forget(ticket.participant)
    await desk.tick()
    assert topic not in desk.forum.topics
    await ani.says("cek aduan")
    await ani.hears("belum punya aduan")


async def test_deadline_reminders_still_come_while_a_person_answers(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("halo", topic)
    await ani.hears("halo")
    await Timeline(desk.clock, desk.app.jobs).advance(datetime.fromisoformat("2021-10-20T09:30:00+07:00"))
    assert [message for message in ani.messages if message.photo]
    async with desk.app.store.reading() as tx:
        ticket = await tx.tickets.get(1)
    assert ticket is not None
    assert ticket.state is TicketState.HELD
