"""How long a complaint is kept: its words go with its topic, its moments and stars stay for the figures."""

from __future__ import annotations

from complaining import complains
from staffed import Desk

from bot.app.retention import Retention
from tests.helpdesk.entries import entries_of


async def test_a_complaint_closed_long_ago_is_emptied_and_its_topic_taken_away(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/tutup sampai jumpa", topic)
    await ani.hears("sudah ditutup petugas")
    await ani.presses("⭐⭐⭐⭐")
    await ani.hears("satu dua kata")
    await ani.says("cepat sekali")
    await ani.hears("penilaianmu tercatat")
    await desk.later(days=179)
    await Retention(desk.app.store).drop()
    async with desk.app.store.reading() as tx:
        kept = await tx.tickets.get(1)
        assert kept is not None
        assert kept.complaint == "sudah 3x bayar gagal terus"
    await desk.later(days=2)
    await Retention(desk.app.store).drop()
    await desk.tick()
    async with desk.app.store.reading() as tx:
        emptied = await tx.tickets.get(1)
        assert await entries_of(tx, 1) == []
        [times] = await tx.views.times(kept.opened_at)
    assert emptied is not None
    assert (emptied.complaint, emptied.summary, emptied.heard, emptied.word) == ("", "", "", None)
    assert (times.stars, times.closed_at) == (4, kept.closed_at)
    assert topic not in desk.forum.topics
    await ani.says("cek aduan")
    await ani.hears("Sudah ditutup. Kalau ada masalah lain")


async def test_an_open_complaint_is_kept_however_old(desk: Desk) -> None:
    await complains(desk)
    await desk.forum.opens("#1")
    await desk.later(days=400)
    await Retention(desk.app.store).drop()
    async with desk.app.store.reading() as tx:
        kept = await tx.tickets.get(1)
    assert kept is not None
    assert kept.complaint


async def test_what_the_bot_goes_on_with_is_closed_after_three_quiet_days(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/bot", topic)
    await ani.hears("kembali kepadaku, Sobat")
    await desk.later(days=2)
    async with desk.app.store.reading() as tx:
        assert [ticket.id for ticket in await tx.tickets.everything_open()] == [1]
    await desk.later(days=1, minutes=1)
    await ani.hears("Pilih bintang 1 sampai 5")
    await desk.forum.is_closed(topic)


async def test_pictures_from_the_web_go_after_two_months(desk: Desk) -> None:
    async with desk.app.store.writing() as tx:
        person = await tx.people.at("web", "browser", language="id")
        number = await tx.uploads.keep(person.id, "layar.jpg", b"x")
    await desk.later(days=61)
    await Retention(desk.app.store).drop()
    async with desk.app.store.reading() as tx:
        assert await tx.uploads.get(number) is None
