"""What staff ask in their group, outside any ticket: every command is a button as well, and a reply completes one."""

from __future__ import annotations

from dataclasses import replace

from complaining import complains
from staffed import Desk
from test_queue import all_tickets, open_ticket

from programme.model.tickets import Author, Entry, TicketState
from tests.databases import at


async def test_an_incident_by_buttons_alone(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("🔥 Insiden", topic)
    await desk.forum.shows("Ikat ke insiden yang mana?", topic)
    await desk.budi.presses("➕ Insiden baru dari aduan ini", topic)
    await desk.forum.shows("Diikat ke insiden 1", topic)
    await desk.sari.writes("/insiden")
    await desk.forum.shows("1: Pembelian pelatihan Tokopedia")
    await desk.sari.presses("📢 Kabar 1")
    ask = await desk.forum.shows("Balas pesan ini dengan kabar untuk insiden 1. Sampai ke 1 peserta")
    await desk.sari.writes("Tokopedia sedang gangguan", answers=ask.id)
    await desk.forum.shows("dikirim ke 1 aduan")
    await desk.tick()
    await ani.hears("Tokopedia sedang gangguan")
    await desk.sari.presses("✅ Selesai 1")
    ask = await desk.forum.shows("Balas pesan ini dengan kabar terakhir")
    await desk.sari.writes("Sudah pulih", answers=ask.id)
    await desk.forum.shows("Insiden 1 selesai")
    await desk.tick()
    await ani.hears("Sudah pulih")
    await ani.hears("sudah ditutup petugas")


async def test_an_incident_is_opened_by_its_matter_and_platform(desk: Desk) -> None:
    ticket = await open_ticket(desk, 300, None, about="incentive", concerned="ovo")
    await desk.budi.writes("/insiden")
    await desk.forum.shows("Tidak ada insiden berjalan")
    await desk.budi.presses("➕ Insentif")
    await desk.forum.shows("Insiden Insentif: di mana?")
    await desk.budi.presses("OVO")
    await desk.forum.shows("Insentif OVO, 1 aduan diikat")
    assert (await all_tickets(desk))[ticket.id].incident == 1
    await desk.budi.writes("/insiden insentif OVO")
    await desk.forum.shows("Sudah ada: insiden 1")
    await desk.budi.writes("/insiden beli warung sebelah")
    await desk.forum.shows("tidak dikenal sebagai platform atau mitra")
    await desk.budi.writes("/kabar 9 halo")
    await desk.forum.shows("untuk insiden yang masih berjalan")


async def test_forty_tickets_in_hand_are_listed_with_those_who_wait_first(desk: Desk) -> None:
    now = desk.clock.now()
    for number in range(40):
        ticket = await open_ticket(desk, 400 + number, None)
        async with at(desk.app.store, now).writing() as tx:
            held = await tx.tickets.get(ticket.id)
            assert held is not None
            await tx.tickets.save(replace(held, state=TicketState.HELD, owner="telegram:501"))
            if number == 17:
                said = Entry(ticket=ticket.id, at=now, author=Author.PERSON, text="halo?")
                await tx.ticket_entries.say(said)
            else:
                held = await tx.tickets.get(ticket.id)
                assert held is not None
                await tx.tickets.save(replace(held, waits_since=None))
    await desk.budi.writes("/aduanku")
    shown = await desk.forum.shows("Budi memegang 40 aduan, 1 menunggu jawaban")
    assert "\n1. #18 " in shown.shown.text
    assert "\n40. #" in shown.shown.text


async def test_a_listed_ticket_leads_to_its_topic(desk: Desk) -> None:
    await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/antrean")
    shown = await desk.forum.shows("1 aduan menunggu")
    [link] = [address for kind, _start, _length, address in shown.shown.entities if kind == "text_link"]
    assert link == f"https://t.me/c/700/{topic}"


async def test_a_reply_kept_ready_is_changed_by_buttons(desk: Desk) -> None:
    await desk.budi.writes("/balasan")
    shown = await desk.forum.shows("salam (handoff)")
    assert "✏️" not in str(shown.markup), "only supervisors change them"
    await desk.sari.writes("/bantuan")
    await desk.forum.shows("Perintah di grup petugas")
    await desk.sari.presses("💬 Balasan siap")
    await desk.forum.shows("salam (handoff)")
    while not any("✏️" in str(sent.markup) for sent in desk.forum.seen(None)):
        desk.forum.chat.heard.clear()
        await desk.forum.chat.heard.wait()
    await desk.sari.presses("✏️ salam")
    ask = await desk.forum.shows("Balas pesan ini dengan teks barunya")
    await desk.sari.writes("untuk:insentif Hai {nama}!", answers=ask.id)
    await desk.forum.shows("Balasan salam tersimpan, untuk incentive_problem")
    await desk.sari.writes("/balasan salam untuk:gajian Hai")
    await desk.forum.shows("tulis perihal")
    await desk.sari.writes("/balasan sebuah_nama_yang_terlalu_panjang Hai")
    await desk.forum.shows("Namanya terlalu panjang")


async def test_duty_and_invitations_by_buttons(desk: Desk) -> None:
    await desk.sari.writes("/bantuan")
    await desk.forum.shows("Perintah di grup petugas")
    await desk.sari.presses("🌙 Istirahat")
    await desk.forum.shows("Sari berhenti menerima aduan")
    await desk.sari.presses("🟢 Jaga")
    await desk.forum.shows("Sari berjaga")
    await desk.sari.presses("🎟 Undang")
    await desk.forum.shows("Undang sebagai apa?")
    await desk.sari.presses("🎟 agent")
    await desk.forum.shows("Undangan agent, sekali pakai")
    await desk.sari.presses("⏳ Antrean")
    await desk.forum.shows("0 aduan menunggu")
