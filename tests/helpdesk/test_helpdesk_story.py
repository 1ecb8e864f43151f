"""A complaint from the first word to the stars: a participant, two agents, and a bot that knows when to be silent."""

from __future__ import annotations

from complaining import complains
from staffed import Desk


async def test_from_the_complaint_to_the_stars(desk: Desk) -> None:
    ani = await complains(desk)
    opened = await ani.hears("tercatat dengan nomor")
    assert "#1" in opened.text
    assert "Senin-Jumat 08.00-17.00 WIB" in opened.text
    assert "antrean ke-1" in opened.text
    topic = await desk.forum.opens("#1")
    card = desk.forum.seen(topic)[0].shown.text
    assert all(part in card for part in ("A•••", "gelombang 21", "sisa 87 jam", "sudah 3x bayar"))
    assert "Ani" not in card

    await desk.budi.writes("Halo, saya cek dulu ya", topic)
    heard = await ani.hears("saya cek dulu ya")
    assert "Budi, petugas" in heard.text

    count = len(ani.messages)
    await ani.says("kapan batas belinya?")
    await desk.forum.shows("kapan batas belinya?", topic)
    assert len(ani.messages) == count, "while a person answers, the bot is silent"
    await ani.says("menu")
    await ani.hears("Menu")
    await ani.says("cek aduan")
    await ani.hears("Petugas sedang menanganinya")

    await desk.budi.presses("✅ Tutup", topic)
    await ani.hears("sudah ditutup petugas")
    await ani.presses("⭐⭐⭐⭐⭐")
    await ani.hears("satu dua kata")
    await ani.says("cepat dan ramah")
    await ani.hears("penilaianmu tercatat")
    assert (await desk.forum.shows("«cepat dan ramah»", topic)).edits, "on the card"
    await desk.forum.is_closed(topic)

    await desk.budi.presses("🔓 Buka lagi", topic)
    await desk.forum.shows("Dibuka lagi oleh Budi", topic)
    await desk.budi.writes("/tutup", topic)
    await desk.forum.is_closed(topic)
    await desk.later(days=2)
    await ani.says("ternyata masih gagal bayar nih")
    await ani.hears("dibuka lagi")
    await desk.forum.shows("ternyata masih gagal", topic)
    await desk.forum.is_closed(topic, closed=False)


async def test_a_word_that_says_it_is_not_settled_opens_it_again(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/tutup", topic)
    await ani.hears("sudah ditutup petugas")
    await ani.presses("⭐⭐")
    await ani.hears("satu dua kata")
    await ani.says("masih gagal bayar")
    await ani.hears("dibuka lagi, lengkap dengan riwayatnya")
    await desk.forum.shows("masih gagal bayar", topic)


async def test_self_help_is_offered_once(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/tutup", topic)
    await ani.hears("sudah ditutup petugas")
    await desk.later(days=4)
    await ani.says("mau bicara dengan petugas")
    await ani.hears("Ini soal apa?")
    await ani.presses("Pembelian pelatihan")
    await ani.hears("Ceritakan masalahnya")
    assert sum("Mau coba dulu?" in message.text for message in ani.messages) == 0, "it stands edited into the next one"
    await ani.says("gagal bayar lagi")
    await ani.hears("platform mana")
    await ani.presses("Tokopedia")
    await desk.forum.opens("#2")


async def test_what_is_told_with_the_complaint_is_not_asked_again(desk: Desk) -> None:
    ani = desk.api.user(71, name="Ani")
    await ani.says("/start g21")
    await ani.hears("Gelombang 21")
    await ani.hears("zona waktu")
    await ani.presses("WIB")
    await ani.hears("23.59 WIB")
    await ani.says("mau komplain, bayar di tokped gagal terus padahal saldo sudah kepotong")
    await ani.hears("Mau coba dulu?")
    await ani.presses("💬 Tetap mau bicara petugas")
    await ani.hears("tercatat dengan nomor #1")
    topic = await desk.forum.opens("#1 Pembelian pelatihan Tokopedia")
    assert "bayar di tokped gagal terus padahal saldo sudah kepotong" in desk.forum.text(topic)


async def test_what_was_told_before_self_help_stands_on_the_ticket(desk: Desk) -> None:
    ani = desk.api.user(71, name="Ani")
    await ani.says("insentif belum cair, rekening ditutup, nomor kartu saya 6011234567890123")
    await ani.hears("ditutup atau tidak aktif")
    await ani.presses("💬 Bicara dengan petugas")
    heard = await ani.hears("Yang tadi kamu tulis sudah kucatat")
    assert "kirim tangkapan layar" in heard.text
    await ani.presses("✅ Cukup, lanjut")
    await ani.hears("Insentifmu masuk ke mana?")
    await ani.presses("OVO")
    await ani.hears("tercatat dengan nomor #1")
    topic = await desk.forum.opens("#1 Insentif OVO")
    assert "insentif belum cair, rekening ditutup, nomor kartu saya [nomor kartu]" in desk.forum.text(topic)


async def test_the_staff_see_that_words_were_forwarded(desk: Desk) -> None:
    """They are somebody else's: not what the person says of themselves."""
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await ani.forwards("saldo kamu hangus, klik link ini")
    await desk.forum.shows("[diteruskan] saldo kamu hangus", topic)
