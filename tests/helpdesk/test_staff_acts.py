"""What staff do in a ticket's topic: each as a command and as a button."""

from __future__ import annotations

from complaining import complains
from staffed import Desk

from bot.outbound.worker import deliver_due
from bot.store.repositories.tickets import Ticket
from programme.model.staff import Role
from programme.model.tickets import TicketState
from tests.helpdesk.entries import entries_of

PNG = b"\x89PNG"


async def ticket(desk: Desk, number: int = 1) -> Ticket:
    async with desk.app.store.reading() as tx:
        found = await tx.tickets.get(number)
    assert found is not None
    return found


async def test_two_people_cannot_answer_over_each_other(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("✋ Ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await desk.hire(503, "Tono")
    tono = desk.forum.member(503, "Tono")
    await tono.writes("halo dari Tono", topic)
    await desk.forum.shows("Tidak terkirim: aduan ini dipegang Budi", topic)
    await tono.presses("✋ Ambil", topic)
    await desk.forum.shows("Sudah dipegang Budi", topic)
    await tono.presses("✅ Tutup", topic)
    await desk.forum.shows("🚫 Aduan ini dipegang Budi", topic)
    assert not any("Tono" in message.text for message in ani.messages)
    await desk.sari.writes("/ambil", topic)
    await desk.forum.shows("Diambil Sari", topic)


async def test_handing_over_with_a_note_that_the_person_never_sees(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await desk.budi.writes("/serahkan Sari tolong cek ke Tokopedia", topic)
    await desk.forum.shows("Diserahkan Budi ke Sari", topic)
    assert (await ticket(desk)).owner == "telegram:502"
    await desk.sari.presses("➡️ Serahkan", topic)
    await desk.forum.shows("Serahkan ke siapa?", topic)
    await desk.sari.presses("Budi", topic)
    await desk.forum.shows("Diserahkan Sari ke Budi", topic)
    await desk.budi.presses("📝 Catatan", topic)
    prompt = await desk.forum.shows("Balas pesan ini dengan catatanmu", topic)
    await desk.budi.writes("sudah ditelepon", topic, answers=prompt.id)
    await desk.budi.writes("/catat nomor rujukan T-77", topic)
    await desk.budi.writes("ditunggu ya", topic)
    await ani.hears("ditunggu ya")
    assert not any("ditelepon" in one.text or "T-77" in one.text or "tolong cek" in one.text for one in ani.messages)


async def test_canned_replies_are_filled_and_edited(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("💬 Balasan siap", topic)
    await desk.forum.shows("Balasan siap yang mana?", topic)
    await desk.budi.presses("cek_mitra", topic)
    await ani.hears("menanyakan ini ke Tokopedia")
    await desk.budi.writes("/balas sisa_hari", topic)
    await ani.hears("tinggal 3 hari lagi")
    await desk.budi.writes("/balasan salam Hai {nama}!")
    await desk.forum.shows("Hanya supervisor")
    await desk.sari.writes("/balasan salam Hai {nama}, aduan {nomor} ya. {gaji}")
    await desk.forum.shows("{gaji} tidak dikenal")
    await desk.sari.writes("/balasan salam Hai {nama}, aduan {nomor} kami tangani.")
    await desk.forum.shows("Usulan 1 untuk balasan salam menunggu supervisor lain")
    joko = await desk.hire(503, "Joko", Role.SUPERVISOR)
    await joko.writes("/usulan 1 setuju")
    await desk.forum.shows("balasan salam berlaku")
    await desk.budi.writes("/balas salam", topic)
    await ani.hears("Hai Ani, aduan 1 kami tangani.")
    await desk.forum.shows("Hai A•••, aduan 1 kami tangani.", topic)
    assert "Ani" not in desk.forum.text(topic), "staff see who it is no better than on the card"


async def test_asking_for_more_and_giving_back_to_the_bot(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("❓ Minta data", topic)
    await ani.hears("Boleh minta data tambahan?")
    await desk.budi.writes("/minta nomor pesanannya berapa?", topic)
    await ani.hears("nomor pesanannya berapa?")
    await desk.budi.presses("🤖 Kembali ke bot", topic)
    await ani.hears("kembali kepadaku, Sobat")
    await ani.says("kapan batas belinya?")
    await ani.hears("21 Oktober")
    await ani.presses("💬 Bicara dengan petugas lagi")
    await ani.hears("dibuka lagi")
    assert (await ticket(desk)).state is TicketState.WAITING


async def test_escalating_outside_with_summary_and_contact(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("🏢 Ke luar", topic)
    await desk.forum.shows("Eskalasi ke mana?", topic)
    await desk.budi.presses("Tokopedia", topic)
    shown = await desk.forum.shows("Ringkasan, tekan untuk menyalin", topic)
    assert "tokopedia.com/help" in shown.shown.text
    assert "Cerita: sudah 3x bayar gagal terus" in shown.shown.text
    await ani.hears("meneruskan ke Tokopedia")
    await desk.budi.writes("/luar formulir", topic)
    await desk.forum.shows("Formulir Pengaduan", topic)


async def test_a_spammer_is_muted_and_heard_again(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("🔇 Bisukan", topic)
    await desk.forum.shows("Dibisukan Budi", topic)
    await ani.says("mau bicara dengan petugas")
    await ani.hears("Ini soal apa?")
    await ani.presses("Hal lain")
    await ani.hears("Ceritakan")
    await ani.says("spam lagi")
    await ani.hears("ringkasan yang bisa kamu salin")
    assert "spam lagi" not in desk.forum.text(topic)
    count = len(ani.messages)
    await ani.says("cek aduan")
    while len(ani.messages) == count:
        ani.chat.heard.clear()
        await ani.chat.heard.wait()
    assert "Telepon Prakerja" in ani.last.text, "who is muted is shown the ways outside"
    await desk.budi.presses("🔊 Suarakan lagi", topic)
    await desk.forum.shows("Disuarakan lagi", topic)
    await desk.budi.presses("🔓 Buka lagi", topic)
    await desk.forum.shows("Dibuka lagi oleh Budi", topic)


async def test_pictures_files_edits_and_replies_go_both_ways(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    desk.api.state.files["AgADfromTheUser"] = PNG
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await ani.sends("photo", caption="ini galatnya, OTP saya 123456")
    shown = await desk.forum.shows("ini galatnya", topic)
    assert shown.photo == "AgADfromTheUser"
    assert "123456" not in shown.shown.text
    await ani.hears("🔒")
    await ani.says("bayarnya pakai VA")
    said = await desk.forum.shows("bayarnya pakai VA", topic)
    await ani.edits("bayarnya pakai QRIS")
    await desk.forum.shows("diubah: bayarnya pakai QRIS", topic)
    mine = await desk.budi.writes("Oke, dicek", topic, answers=said.id)
    heard = await ani.hears("Oke, dicek")
    assert "» bayarnya pakai VA" in heard.text
    await desk.budi.edits(mine, "Oke, sedang dicek")
    heard = await ani.hears("Oke, sedang dicek")
    assert heard.edits == 1, "in place"
    await desk.budi.sends("photo", PNG, topic, "tekan tombol ini")
    heard = await ani.hears("tekan tombol ini")
    assert heard.photo == PNG
    await desk.budi.sends("document", b"%PDF", topic)
    await ani.says("terima kasih filenya")
    await desk.forum.shows("terima kasih filenya", topic)
    await ani.gets("document")


async def test_what_comes_in_before_closing_is_read_first(desk: Desk) -> None:
    """Closing over a message that the agent can't have seen is refused."""
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("halo", topic)
    await ani.hears("halo")
    assert desk.app.helpdesk is not None
    pace = desk.app.helpdesk.topic_sync.limiters[str(desk.forum.chat.id)]
    pace.freeze(3600)
    await ani.says("eh satu lagi")
    while not (await ticket(desk)).waits_since:
        await deliver_due(desk.app.sender)
    await desk.budi.writes("/tutup", topic)
    while True:
        async with desk.app.store.reading() as tx:
            if any("peserta baru saja menulis lagi" in entry.text for entry in await entries_of(tx, 1)):
                break
    assert (await ticket(desk)).is_open
    pace.freeze(0)
    await desk.forum.shows("peserta baru saja menulis lagi", topic)
    await desk.budi.writes("/tutup", topic)
    await ani.hears("sudah ditutup petugas")


async def test_every_act_is_in_the_audit_trail(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("halo", topic)
    await ani.hears("halo")
    await desk.budi.writes("/catat oke", topic)
    await desk.budi.writes("/tutup", topic)
    await ani.hears("sudah ditutup")
    async with desk.app.store.reading() as tx:
        acts = [entry.act for entry in reversed(await tx.staff.records("ticket/1"))]
    assert acts == ["ticket.jawab", "ticket.catat", "ticket.tutup"]
