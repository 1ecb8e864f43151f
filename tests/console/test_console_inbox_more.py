"""Aduan, beyond answering: who is here, many at once, incidents, putting off, labels, views, numbers, refusals."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from nicegui import ui
from nicegui.testing.user import User

from bot.console.presence import WRITES_FOR, Here, Presence
from bot.console.refusal_words import refusal_words
from bot.console.still import Still
from bot.helpdesk.undoing import undo
from handlers.helpdesk.refusals import Refusal, Why
from locales import languages, speaking
from programme.model.messages import Attachment, Sort
from programme.model.phones import OwnNumber
from programme.model.second_person import ALONE
from programme.model.tickets import Author, Entry, Handover, TicketState
from tests.console.conftest import OURS, STAFF, Staffed
from tests.console.test_console_inbox import opened


async def sees_boxes(user: User) -> None:
    """Return once the rows of the list have boxes to tick."""
    async with asyncio.timeout(20):
        while not any("data-tick" in row.props["drawn"] for row in user.find(Still).elements):  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_who_looks_and_who_writes_is_seen_at_once(staffed: Staffed) -> None:
    """Wati opens the same complaint and types: Budi sees both without pressing anything, and sees her go."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi, wati = [await opened(staffed, who, ticket.id) for who in ("budi", "wati")]
    await budi.should_see("Wati melihat")
    wati.find(marker="jawaban").trigger("keydown", 1)
    await budi.should_see("Wati menulis…")
    assert wati.client is not None
    wati.client.delete()
    await budi.should_not_see("Wati menulis…")


async def test_who_stopped_typing_no_longer_writes() -> None:
    """Pages hear once of what changed together, and again a few seconds after the last letter; a tab has no timer."""
    seconds, heard = [0.0], list[str]()
    presence = Presence(lambda: seconds[0])

    async def hear() -> None:
        heard.append(str(presence.others("budi", {7, 8})))

    presence.subscribe(hear)
    presence.look("tab", Here("wati", "Wati", 7))
    presence.write("tab")
    await presence.tell()
    assert presence.others("budi", {7, 8}) == {7: (("Wati",), ("Wati",))}
    seconds[0] = WRITES_FOR + 1
    await presence.tell()
    await presence.tell()
    assert presence.others("budi", {7, 8}) == {7: (("Wati",), ())}
    assert presence.others("wati", {7, 8}) == {}
    assert len(heard) == 2, "what came together once"


async def test_a_complaint_is_handed_over_with_a_note(staffed: Staffed) -> None:
    """Budi gives it to Wati, who is on duty; the note is for her alone, and who is off duty is not offered."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    async with staffed.app.store.writing() as tx:
        await tx.agents.set("demo:tari", on_duty=False)
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="Serahkan").click()
    await budi.should_see("Sari")
    await budi.should_not_see("Tari")
    budi.find(marker="Wati").trigger("click", "Sudah kutanya Tokopedia.")
    await budi.should_see("Diserahkan Budi ke Wati")
    assert (await staffed.ticket(ticket.id)).owner == "demo:wati"
    await budi.should_see("Sudah kutanya Tokopedia.")
    assert await staffed.goes_out() == 0


async def test_a_complaint_goes_outside_with_its_summary(staffed: Staffed) -> None:
    """The summary lies ready, the way to get there is shown, and the person is told where it went."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="Eskalasi ke luar").click()
    await budi.should_see("Ringkasan siap salin")
    budi.find(marker="Call Center Prakerja").click()
    await budi.should_see("Eskalasi ke Call Center Prakerja")
    await staffed.goes_out()
    assert "petugas meneruskan ke <b>Call Center Prakerja</b>" in staffed.heard("siti")
    assert (await staffed.ticket(ticket.id)).outside == "callcenter"


async def test_what_is_put_off_comes_back(staffed: Staffed) -> None:
    """It leaves the queue, and comes back when the person writes; near the cutoff it can't be put off at all."""
    ticket, urgent = [await staffed.complains(who, "Saldo nol", hours=hours) for who, hours in (("siti", 60), ("a", 2))]
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="Tunda").click()
    await budi.should_see("4 jam")
    budi.find(marker="4 jam").click()
    await budi.should_see("ditunda sampai")
    async with staffed.app.store.reading() as tx:
        assert [one.id for one in await tx.tickets.queue()] == [urgent.id]
    await staffed.says("siti", "halo, ada kabar?")
    async with staffed.app.store.reading() as tx:
        assert {one.id for one in await tx.tickets.queue()} == {ticket.id, urgent.id}
    other = await opened(staffed, "budi", urgent.id)
    other.find(marker="Tunda").click()
    await other.should_see("Tidak bisa ditunda")


async def test_many_are_closed_by_one_press_and_reopened_by_one(staffed: Staffed) -> None:
    """What a colleague holds is not closed, and said; what is undone waits again, and nobody heard anything."""
    mine = [await staffed.complains(f"orang{each}", "Sudah beres kak") for each in range(3)]
    held = await staffed.complains("siti", "Yang dipegang Wati")
    async with staffed.app.store.writing() as tx:
        fresh = await tx.tickets.get(held.id)
        assert fresh is not None
        await tx.tickets.save(replace(fresh, state=TicketState.HELD, owner="demo:wati"))
    await staffed.later(minutes=5)
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan?tumpukan=terbuka")
    budi.find(marker="pilih").click()
    await sees_boxes(budi)
    budi.find(marker="daftar").trigger("change", [str(held.id), True])
    await budi.should_see("1 dipilih")
    budi.find(marker="pilih semua").click()
    await budi.should_see("4 dipilih")
    budi.find(marker="tutup semua").click()
    await budi.should_see("Kata penutup")
    budi.find(marker="ya tutup").trigger("click", "Terima kasih sudah sabar, kak.")
    await budi.should_not_see("4 dipilih", retries=60)
    states = [(await staffed.ticket(one.id)).state for one in (*mine, held)]
    assert states == [*[TicketState.CLOSED] * 3, TicketState.HELD]
    async with staffed.app.store.writing() as tx:
        found = await tx.undos.open_of("demo:budi")
        assert found is not None
        undone = await undo(tx, found[0], STAFF[1])
    assert sorted(undone.words) == [one.id for one in mine]
    assert [(await staffed.ticket(one.id)).state for one in mine] == [TicketState.WAITING] * 3
    assert await staffed.goes_out() == 0


async def test_a_sender_of_spam_is_muted_and_heard_again(staffed: Staffed) -> None:
    """It is asked once more; then their complaint is closed, and what they write reaches nobody, until it may again."""
    ticket = await staffed.complains("siti", "Menang undian, klik di sini")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="Bisukan").click()
    await budi.should_see("Untuk pengirim spam")
    budi.find(marker="Ya, bisukan").click()
    await budi.should_see("Suarakan lagi")
    async with staffed.app.store.reading() as tx:
        assert await tx.tickets.is_muted(ticket.participant)
    budi.find(marker="Suarakan").click()
    await budi.should_see("Disuarakan lagi oleh Budi")
    async with staffed.app.store.reading() as tx:
        assert not await tx.tickets.is_muted(ticket.participant)


async def test_a_long_thread_is_read_to_its_beginning(staffed: Staffed) -> None:
    """Sixty at first, the newest; the older ones by a press."""
    ticket = await staffed.complains("siti", "Yang paling awal")
    async with staffed.app.store.writing() as tx:
        for each in range(65):
            await tx.ticket_entries.say(Entry(ticket=ticket.id, at=tx.now, author=Author.BOT, text=f"ke-{each}."))
    budi = await opened(staffed, "budi", ticket.id)
    await budi.should_see("ke-64.")
    log = next(one for one in budi.find(ui.element).elements if one.props.get("role") == "log")
    before = [text for each in log.descendants() for text in each._displayed_contents(only_visible=False)]
    assert "ke-4." not in before
    budi.find(marker="lebih lama").click()
    await budi.should_see("ke-4.")


async def test_one_answer_to_an_incident_reaches_everybody(staffed: Staffed) -> None:
    """Budi begins one and sends news; a colleague who saw it before that is refused; the last one closes it."""
    tickets = [await staffed.complains(f"orang{each}", "Voucher gagal") for each in range(2)]
    await staffed.later(minutes=2)
    budi, wati = [await staffed.signed_in(who) for who in ("budi", "wati")]
    await budi.open("/konsol/aduan")
    budi.find(marker="insiden").click()
    await budi.should_see("Tidak ada insiden berjalan")
    budi.find(kind=ui.element, marker="Perihal").trigger("change", "buying")
    budi.find(marker="buka insiden").click()
    await wati.open("/konsol/aduan")
    wati.find(marker="insiden").click()
    await wati.should_see("2 aduan terikat")
    budi.find(marker="insiden").click()
    await budi.should_see("2 aduan terikat")
    for wrong in ("Batasmu tetap 21 Oktober.", "Insentif Rp2.400.000 menyusul.", "Kata {petugas}, sabar ya."):
        budi.find(marker="kabar").trigger("click", wrong)
    budi.find(marker="kabar").trigger("click", "Sedang diperbaiki, kak {nama}. 2 hari lagi pulih, batasmu {batas}.")
    await budi.should_not_see("2 aduan terikat", retries=60)
    assert staffed.app.helpdesk is not None
    await staffed.app.helpdesk.rounds.incidents.spread_news()
    for each in range(2):
        assert "Sedang diperbaiki, kak Sobat. 2 hari lagi pulih" in staffed.heard(f"orang{each}")
        assert not [word for word in ("21 Oktober", "2.400.000", "{") if word in staffed.heard(f"orang{each}")]
    wati.find(marker="selesai").trigger("click", "Sudah normal.")
    assert (await staffed.ticket(tickets[0].id)).state is TicketState.WAITING


async def test_news_for_more_than_a_sample_take_two(staffed: Staffed) -> None:
    """Budi writes them, Sari reads and approves; who wrote them finds no way to, and refused they are forgotten."""
    ticket = await staffed.complains("siti", "Voucher gagal")
    async with staffed.app.store.writing() as tx:
        incident = await tx.incidents.open("buying", None)
        for number in range(ALONE + 1):
            person = await tx.people.at("web", f"orang{number}", language="id")
            other = await tx.tickets.open(replace(ticket, id=0, participant=person.id))
            await tx.tickets.tie(other.id, incident.id)
    budi, sari = [await staffed.signed_in(who) for who in ("budi", "sari")]
    for words, press in (("Salah tulis", "tolak"), ("Sedang diperbaiki & dipantau", "setujui")):
        await budi.open("/konsol/aduan")
        budi.find(marker="insiden").click()
        await budi.should_see("101 aduan terikat")
        budi.find(marker="kabar").trigger("click", words)
        await budi.should_not_see("101 aduan terikat", retries=60)
        budi.find(marker="insiden").click()
        await budi.should_see(f"Kabar, ditulis Budi: {words}")
        await budi.should_not_see("Setujui dan kirim")
        await sari.open("/konsol/aduan")
        sari.find(marker="insiden").click()
        await sari.should_see(f"Kabar, ditulis Budi: {words}")
        async with staffed.app.store.reading() as tx:
            assert not await tx.incidents.unspread()
        sari.find(marker=press).click()
        await sari.should_not_see("101 aduan terikat", retries=60)
    async with staffed.app.store.reading() as tx:
        [told] = await tx.incidents.unspread()
    assert told.news == "Sedang diperbaiki & dipantau"
    assert [act for _who, act, _on in await staffed.trail("incident.")][:2] == ["incident.news", "incident.agree"]


async def test_a_number_is_looked_for_by_its_hash(staffed: Staffed) -> None:
    """Whatever way it is written: the person's complaints are found, and the number is kept nowhere."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    await staffed.complains("andi", "Yang lain")
    async with staffed.app.store.writing() as tx:
        await tx.people.join(OwnNumber("+6281234567678").hashed(staffed.console.parts.numbers), ticket.participant)
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan?tumpukan=ditutup")
    budi.find(marker="cari").trigger("change", "0812-3456-7678")
    await budi.should_see("Nomor yang berakhir 678")
    await budi.should_see("Saldo saya nol")
    await budi.should_not_see("Yang lain")
    found = await budi.http_client.post("/konsol/cari", content="+62 812 3456 7678", headers=OURS)
    assert [one["name"] for one in found.json()] == [f"#{ticket.id} Pembelian pelatihan"]
    async with staffed.app.store.reading() as tx:
        assert "4567678" not in str(await tx.staff.trail(50))
    assert ("demo:budi", "console.search", "number") in await staffed.trail()


async def test_a_way_of_looking_is_kept(staffed: Staffed) -> None:
    """Filters under a name, for whoever kept them; a number that was looked for is not among them."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="Label").trigger("click")
    await budi.should_see("Hanya dilihat petugas")
    budi.find(kind=ui.element, marker="Label baru").trigger("change", "tokopedia")
    await budi.should_see("tokopedia diberi Budi")
    await budi.should_see("Semua label")
    budi.find(kind=ui.element, marker="cari").trigger("change", "0812-3456-7678")
    await budi.should_see("Nomor yang berakhir 678")
    budi.find(marker="simpan tampilan").click()
    await budi.should_see("Nomor HP tidak ikut")
    budi.find(kind=ui.element, marker="Nama tampilan").trigger("change", "Mendesak")
    await budi.should_see("Mendesak")
    async with staffed.app.store.reading() as tx:
        assert (await tx.saved_views.of("demo:budi"))["Mendesak"].of == ()
        assert await tx.saved_views.of("demo:wati") == {}
        assert await tx.inbox_list.labels() == ["tokopedia"]


async def test_a_picture_is_shown_to_staff_alone(staffed: Staffed) -> None:
    """By its own first bytes, never from a public address, and with a row in the trail; other files are only saved."""
    ticket = await staffed.complains("siti", "Ini gambarnya")
    numbers = []
    for name, data in (("a.png", b"\x89PNG\r\n..."), ("b.png", b"<script>alert(1)</script>")):
        async with staffed.app.store.writing() as tx:
            kept = await tx.uploads.keep(ticket.participant, name, data)
            shot = Attachment(Sort.PHOTO, "web", kept, name)
            entry = Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text="", attachment=shot)
            numbers.append((await tx.ticket_entries.say(entry)).id)
    budi = await opened(staffed, "budi", ticket.id)
    await budi.should_see("Bisa memuat nomor kartu atau NIK")
    picture, page = [await budi.http_client.get(f"/konsol/berkas/{number}") for number in numbers]
    assert (picture.headers["content-type"], picture.headers["cache-control"]) == ("image/png", "no-store")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in page.headers["content-security-policy"]
    assert ("demo:budi", "ticket.file", f"ticket/{ticket.id}") in await staffed.trail("ticket.")
    assert (await staffed.browser().http_client.get(f"/konsol/berkas/{numbers[0]}")).status_code == 303


async def test_files_of_the_inbox_compute_nothing_and_name_nobody(staffed: Staffed) -> None:
    """A transcript and a list, for supervisors; the list holds no words, and no cell is a formula."""
    ticket = await staffed.complains("siti", "=HYPERLINK(1) saldo nol")
    async with staffed.app.store.writing() as tx:
        fresh = await tx.tickets.get(ticket.id)
        assert fresh is not None
        await tx.tickets.save(replace(fresh, why=Handover.MISSED, owner="demo:wati", team="=1+1"))
    sari = (await staffed.signed_in("sari")).http_client
    told = (await sari.get(f"/konsol/aduan/{ticket.id}.txt")).text
    assert "Sobat tidak memahami maksud peserta." in told
    assert "Peserta: =HYPERLINK(1) saldo nol" in told
    listed = (await sari.get("/konsol/aduan.csv?tumpukan=terbuka")).text
    assert "'=1+1" in listed
    assert "HYPERLINK" not in listed
    exports = [on for _who, act, on in await staffed.trail("console.export")]
    assert exports == ["tickets", f"ticket/{ticket.id}"]


def test_every_refusal_has_words_in_every_language() -> None:
    """By kind, in the language of the page."""
    for code in languages():
        with speaking(code):
            told = {why: refusal_words(Refusal(why, "Wati & Co")) for why in Why}
        assert all(told.values())
        assert "Wati & Co" in told[Why.HELD]
        assert ("Held by" in told[Why.HELD]) is (code == "en")
