"""Aduan: the queue, a thread, and what the staff do on it, by the same decisions as in the group."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator

from nicegui import ui
from nicegui.testing.user import User

from bot.console.still import Still, Told
from bot.store.repositories.inbox_list import Wanted
from handlers.helpdesk.orders import NOTE_PROMPT
from programme.model.tickets import TicketState
from tests.console.conftest import Staffed
from tests.console.test_console_broadcasts import people_of_wave_21

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe {{ 7*7 }} " + "A" * 4000


async def opened(staffed: Staffed, who: str, ticket: int) -> User:
    """A browser of this member that shows the complaint."""
    user = await staffed.signed_in(who)
    await user.open(f"/konsol/aduan?tumpukan=terbuka&aduan={ticket}")
    await user.should_see("Kirim ke peserta")
    return user


async def test_a_complaint_is_taken_answered_and_closed(staffed: Staffed) -> None:
    """Budi opens it from the queue, answers, and closes; the person hears it, the trail has it."""
    ticket = await staffed.complains("siti", "Voucher saya gagal terus di Tokopedia")
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan")
    await budi.should_see("Voucher saya gagal terus")
    budi.find(marker="daftar").trigger("click", str(ticket.id))
    await budi.should_see("Kirim ke peserta")
    budi.find(marker="kirim").trigger("click", "Halo kak, {petugas} di sini. Aku cek dulu ya.")
    await budi.should_see("Halo kak, Budi di sini")
    assert "Halo kak, Budi di sini" not in staffed.heard("siti"), "it may still be undone"
    await staffed.goes_out()
    assert "Halo kak, Budi di sini" in staffed.heard("siti")
    held = await staffed.ticket(ticket.id)
    assert (held.state, held.owner) == (TicketState.HELD, "demo:budi")
    budi.find(marker="kirim-tutup").trigger("click", "Sudah beres, semangat kak.")
    await budi.should_see("Buka lagi")
    await staffed.goes_out()
    assert "Pilih bintang" in staffed.heard("siti")
    assert [act for _who, act, _on in await staffed.trail("ticket.")] == ["ticket.tutup", "ticket.jawab"]


async def test_the_second_answer_is_refused_and_kept(staffed: Staffed) -> None:
    """Both have it open; Wati answers first. Budi's words reach nobody, and are there when he looks again."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    wati = await opened(staffed, "wati", ticket.id)
    staffed.console.live._pages.clear()  # neither hears of the other in time
    wati.find(marker="kirim").trigger("click", "Dari Wati.")
    await wati.should_see("Dari Wati.")
    budi.find(marker="kirim").trigger("click", "Dari Budi.")
    await budi.should_see("Dari Wati.")
    await staffed.goes_out()
    assert "Dari Budi." not in staffed.heard("siti")
    assert await staffed.draft(ticket.id, "budi") == "Dari Budi."
    assert ("demo:budi", "ticket.jawab.overtaken", f"ticket/{ticket.id}") in await staffed.trail()


async def test_what_is_written_is_kept_as_it_is_typed(staffed: Staffed) -> None:
    """A page that goes away, or a process that is killed, takes no words with it; sent words leave no draft."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="jawaban").trigger("input", "Sebentar ya kak, ak")
    again = await opened(staffed, "budi", ticket.id)
    assert await staffed.draft(ticket.id, "budi") == "Sebentar ya kak, ak"
    again.find(marker="kirim").trigger("click", "Sebentar ya kak, aku cek.")
    await again.should_see("Sebentar ya kak, aku cek.")
    assert await staffed.draft(ticket.id, "budi") == ""


async def test_a_secret_typed_into_an_answer_is_not_kept_with_the_draft(staffed: Staffed) -> None:
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="jawaban").trigger("input", "NIK kakak 3273014507890002 ya?")
    await opened(staffed, "budi", ticket.id)
    assert await staffed.draft(ticket.id, "budi") == "NIK kakak [NIK] ya?"


async def test_the_queue_goes_by_the_nearest_cutoff(staffed: Staffed) -> None:
    """Whoever has the fewest hours stands first, whoever came first or not; without a cutoff, last."""
    late = await staffed.complains("andi", "Tidak ada batas", hours=None)
    far = await staffed.complains("rudi", "Masih lama", hours=60)
    near = await staffed.complains("siti", "Tinggal sebentar", hours=5)
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan")
    assert order_of(budi) == [near.id, far.id, late.id]


async def test_what_is_new_does_not_move_what_is_shown(staffed: Staffed) -> None:
    """A complaint that comes in while the list is open is counted in a button, and listed when that is pressed."""
    await staffed.complains("siti", "Yang pertama", hours=50)
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan")
    await budi.should_see("Yang pertama")
    await staffed.complains("andi", "Yang lebih mendesak", hours=2)
    await staffed.console.live.look()
    await budi.should_see("1 baru")
    await budi.should_not_see("Yang lebih mendesak")
    budi.find(marker="1 baru").click()
    await budi.should_see("Yang lebih mendesak")


async def test_what_a_colleague_took_does_not_move_what_is_below(staffed: Staffed) -> None:
    """It stays where it was, with who holds it, until the list is read anew; on to the next goes past it."""
    tickets = [await staffed.complains(f"orang{each}", f"Keluhan {each}", hours=5 + each) for each in range(3)]
    budi, wati = await opened(staffed, "budi", tickets[0].id), await opened(staffed, "wati", tickets[1].id)
    await budi.open(f"/konsol/aduan?aduan={tickets[0].id}")
    await budi.should_see("Keluhan 2")
    wati.find(marker="Ambil").click()
    await wati.should_see("dipegang Wati")
    await staffed.console.live.look()
    assert order_of(budi) == [one.id for one in tickets]
    budi.find(marker="tutup-berikut").trigger("click", "")
    await budi.should_see(f"#{tickets[2].id} Pembelian pelatihan")
    assert order_of(budi) == [one.id for one in tickets]
    budi.find(marker="Antrean").click()
    await budi.should_not_see("Keluhan 1", retries=60)
    assert order_of(budi) == [tickets[2].id]


def order_of(user: User) -> list[int]:
    """The complaints of the list, from the top."""
    rows = sorted(user.find(Still).elements, key=lambda row: row.id)
    return [int(number) for row in rows for number in re.findall(r'"data-ticket":"(\d+)"', row.props["drawn"])]


async def test_words_of_anybody_are_words(staffed: Staffed) -> None:
    """Markup, marks that turn the writing round, braces and 4,096 characters: nothing of it is HTML on any page."""
    ticket = await staffed.complains("siti", HOSTILE)
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="catat").trigger("click", HOSTILE)
    await budi.should_see("Catatan Budi")
    raw = [element.content for element in budi.find(ui.html).elements]
    still = [html for part in budi.find(Still).elements for html in html_in(json.loads(part.props["drawn"]))]
    assert raw
    assert still
    assert all(html.startswith("<svg") for html in (*raw, *still)), "only our own drawings are HTML"


def html_in(nodes: list[Told]) -> Iterator[str]:
    """Find what the nodes of a still part have as HTML."""
    for _tag, props, within in nodes:
        yield from [props["innerHTML"]] if "innerHTML" in props else []
        yield from html_in(within) if isinstance(within, list) else []


async def test_a_note_reaches_nobody_else(staffed: Staffed) -> None:
    """A note stands on the thread; the participant hears nothing, and no one takes the ticket by it."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    before = staffed.heard("siti")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="catat").trigger("click", "Sudah kucek di dashboard, menunggu Tokopedia.")
    await budi.should_see("menunggu Tokopedia")
    assert staffed.heard("siti") == before
    assert (await staffed.ticket(ticket.id)).state is TicketState.WAITING
    assert NOTE_PROMPT not in staffed.heard("siti")


async def test_secrets_in_an_answer_are_cut_out(staffed: Staffed) -> None:
    """An agent who types a card number sends none, keeps none."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="kirim").trigger("click", "Nomor kartu kakak 4111 1111 1111 1111 ya?")
    await budi.should_see("rahasia")
    assert await staffed.goes_out() == 1
    assert "4111" not in staffed.heard("siti")


async def test_words_are_filled_by_every_way_of_sending(staffed: Staffed) -> None:
    """Those that close a complaint, too; a place that nobody can fill is told, and nothing goes out with it."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="kirim-tutup").trigger("click", "Aduan {nmor} kututup ya.")
    await are_refused(staffed, "tutup", 1)
    assert await staffed.draft(ticket.id, "budi") == "Aduan {nmor} kututup ya."
    budi.find(marker="kirim-tutup").trigger("click", "Aduan #{nomor} kututup ya, dari {petugas}.")
    await budi.should_see("Buka lagi")
    await staffed.goes_out()
    assert f"Aduan #{ticket.id} kututup ya, dari Budi." in staffed.heard("siti")
    assert "{" not in staffed.heard("siti")


async def test_a_deadline_is_filled_in_and_never_typed(staffed: Staffed) -> None:
    """What is typed by hand is refused, and kept as a draft; what is no deadline goes out."""
    await people_of_wave_21(staffed, "siti")
    ticket = await staffed.complains("siti", "Batasku kapan?")
    budi = await opened(staffed, "budi", ticket.id)
    for times, typed in enumerate(("Batasmu 21 Oktober ya", "Tinggal 3 hari kak", "Totalnya Rp2.400.000"), start=1):
        budi.find(marker="kirim").trigger("click", typed)
        await are_refused(staffed, "jawab", times)
        assert await staffed.draft(ticket.id, "budi") == typed
    budi.find(marker="kirim").trigger("click", "Batasmu {batas}. 2 hari lagi kukabari.")
    await budi.should_see("Batasmu Kamis, 21 Oktober 2021 pukul 23.59 WIB. 2 hari lagi kukabari.")
    await staffed.goes_out()
    assert "Batasmu Kamis, 21 Oktober 2021" in staffed.heard("siti")


async def are_refused(staffed: Staffed, act: str, times: int) -> None:
    """Return once so many acts were refused."""
    async with asyncio.timeout(20):
        while [one for _who, one, _on in await staffed.trail("ticket.")].count(f"ticket.{act}.refused") < times:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_the_group_shows_what_the_console_did(staffed: Staffed) -> None:
    """An act at the console leaves the group's view to be brought up to date, with who did it."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    async with staffed.app.store.writing() as tx:
        await tx.views.place(ticket.id, "-100")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="Ambil").click()
    await budi.should_see("Diambil Budi")
    async with staffed.app.store.reading() as tx:
        assert await tx.views.rooms_with_news() == {"-100": 0}


async def test_the_list_is_turned_and_narrowed(staffed: Staffed) -> None:
    """Forty to a page, each once, whatever the order; words, a number, a matter and a team narrow it."""
    numbers = []
    async with staffed.app.store.writing() as tx:
        await tx.agents.set("demo:wati", team="insentif")
    for place in range(45):
        ticket = await staffed.complains(f"orang{place % 5}", f"Keluhan ke{place}x", hours=5 + place % 7)
        numbers.append(ticket.id)
    async with staffed.app.store.reading() as tx:
        first, further = await tx.inbox_list.page(Wanted(), 40)
        rest, end = await tx.inbox_list.page(Wanted(), 40, further)
    assert sorted(one.id for one in (*first, *rest)) == numbers
    assert end is None
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan")
    budi.find(marker="Berikutnya").click()
    await budi.should_see("Sebelumnya")
    search = budi.find(kind=ui.element, marker="cari")
    search.trigger("change", "ke17x")
    await budi.should_see("Keluhan ke17x")
    await budi.should_not_see("Keluhan ke18x")
    search.trigger("change", f"#{numbers[18]}")
    await budi.should_see("Keluhan ke18x")
    budi.find(kind=ui.element, marker="Tim").trigger("change", "insentif")
    await budi.should_see("Tidak ada yang cocok")
