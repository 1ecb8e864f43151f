"""What staff ask in their group, outside any ticket: every command is a button as well, and a reply completes one."""

from __future__ import annotations

from dataclasses import replace

from complaining import complains
from staffed import Desk
from test_queue import all_tickets, open_ticket

from programme.model.second_person import ALONE
from programme.model.staff import Role
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
    await desk.sari.writes("/kabar 1 Tenang, batasmu tetap 21 Oktober")
    await desk.forum.shows("“21 Oktober” → {batas}: batas dan jumlah diisi dari data peserta, jangan diketik sendiri")
    await desk.sari.writes("/kabar 1 Kata {petugas} sabar ya")
    await desk.forum.shows("Tidak ada isian {petugas}. Yang bisa dipakai: {batas} {insentif}")
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
    await desk.forum.shows("Usulan 1 dan 2 untuk balasan salam menunggu supervisor lain")
    await desk.sari.writes("/usulan 1 setuju")
    await desk.forum.shows("Usulanmu sendiri disetujui orang lain")
    joko = await desk.hire(503, "Joko", Role.SUPERVISOR)
    await joko.writes("/usulan")
    await desk.forum.shows("Usulan 2, Sari: salam, untuk maksud")
    await joko.presses("✅ Setujui 1")
    await desk.forum.shows("Usulan 1 disetujui: balasan salam berlaku")
    await joko.presses("✅ Setujui 2")
    await desk.forum.shows("Usulan 2 disetujui")
    await joko.writes("/balasan salam")
    await desk.forum.shows("salam (incentive_problem)\nHai {nama}!")
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


async def test_news_for_more_than_a_sample_take_a_second_supervisor(desk: Desk) -> None:
    """Whoever wrote them can't let them go; who may not lead can't either; until then nobody hears anything."""
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("🔥 Insiden", topic)
    await desk.forum.shows("Ikat ke insiden yang mana?", topic)
    await desk.budi.presses("➕ Insiden baru dari aduan ini", topic)
    await desk.forum.shows("Diikat ke insiden 1", topic)
    async with desk.app.store.writing() as tx:
        [first] = await tx.tickets.everything_open()
        for _ in range(ALONE):
            person = await tx.people.at("web", f"lain{_}", language="id")
            other = await tx.tickets.open(replace(first, id=0, participant=person.id))
            await tx.tickets.tie(other.id, 1)
    await desk.sari.writes("/kabar 1 Tokopedia <sedang> gangguan")
    await desk.forum.shows("Kabar insiden 1 untuk 101 peserta menunggu supervisor lain: /setujui 1")
    await desk.sari.writes("/setujui 1")
    await desk.forum.shows("Kabarmu sendiri disetujui supervisor lain")
    await desk.budi.writes("/setujui 1")
    await desk.forum.shows("Hanya supervisor yang bisa menyetujui")
    joko = await desk.hire(503, "Joko", Role.SUPERVISOR)
    await joko.writes("/insiden")
    await desk.forum.shows("Menunggu orang kedua: Tokopedia <sedang> gangguan")
    await joko.presses("✖️ Tolak 1")
    await desk.forum.shows("Kabar insiden 1 tidak jadi dikirim")
    await joko.writes("/setujui 1")
    await desk.forum.shows("Tidak ada kabar yang menunggu")
    await desk.sari.writes("/kabar 1 Tokopedia sudah pulih")
    await desk.forum.shows("101 peserta menunggu supervisor lain")
    async with desk.app.store.reading() as tx:
        assert not await tx.incidents.unspread()
    await joko.writes("/setujui 1")
    await desk.forum.shows("Kabar insiden 1 disetujui dan dikirim")
    await desk.tick()
    await ani.hears("Tokopedia sudah pulih")
