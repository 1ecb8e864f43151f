"""Screenshots are welcome: while telling, while waiting, several at once."""

from __future__ import annotations

from complaining import complains
from staffed import Desk

PNG = b"\x89PNG"


async def test_pictures_sent_while_telling_reach_the_topic(desk: Desk) -> None:
    desk.api.state.files["AgADfromTheUser"] = PNG
    ani = desk.api.user(71, name="Ani")
    await ani.says("mau bicara dengan petugas")
    await ani.hears("Ini soal apa?")
    await ani.presses("Hal lain")
    await ani.hears("tangkapan layar boleh dikirim juga")
    await ani.sends("photo")
    await ani.hears("Gambar tersimpan: 1")
    await ani.says("halamannya putih terus")
    await ani.hears("tercatat dengan nomor")
    topic = await desk.forum.opens("#1")
    while not any(sent.photo for sent in desk.forum.seen(topic)):
        desk.forum.chat.heard.clear()
        await desk.forum.chat.heard.wait()


async def test_words_below_a_picture_are_kept_whatever_was_asked(desk: Desk) -> None:
    desk.api.state.files["AgADfromTheUser"] = PNG
    ani = desk.api.user(71, name="Ani")
    await ani.says("mau bicara dengan petugas")
    await ani.hears("Ini soal apa?")
    await ani.sends("photo", "layarnya begini\tterus\nkartu 9374 1205 6678 4432")
    await ani.hears("🔒")
    await ani.presses("Hal lain")
    await ani.hears("Gambar tersimpan: 1")
    await ani.sends("photo", "lalu putih")
    await ani.hears("tercatat dengan nomor")
    topic = await desk.forum.opens("#1")
    shown = await desk.forum.shows("layarnya begini terus kartu [nomor kartu]", topic)
    assert shown.photo
    assert "Gambar bisa memuat nomor kartu atau NIK" in shown.shown.text
    assert "Keluhan:\nlalu putih" in desk.forum.text(topic)


async def test_an_album_arrives_whole_and_is_answered_once(desk: Desk) -> None:
    desk.api.state.files["AgADfromTheUser"] = PNG
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    before = len(ani.messages)
    for _ in range(4):
        await ani.sends("photo", media_group_id="77")
    await ani.hears("Sudah kutambahkan ke aduan #1")
    while sum(sent.photo is not None for sent in desk.forum.seen(topic)) < 4:
        desk.forum.chat.heard.clear()
        await desk.forum.chat.heard.wait()
    assert len(ani.messages) == before + 1


async def test_an_album_to_the_bot_alone_is_answered_once(desk: Desk) -> None:
    budi = desk.api.user(72)
    for _ in range(4):
        await budi.sends("photo", media_group_id="78")
    await budi.hears("belum bisa membaca gambar")
    await budi.says("menu")
    await budi.hears("Menu")
    assert sum("belum bisa membaca gambar" in message.text for message in budi.messages) == 1
