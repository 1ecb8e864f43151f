"""Urungkan: for ten seconds an act is taken back whole, or has gone out whole; a tab that is closed changes nothing."""

from __future__ import annotations

from nicegui.testing.user import User

from bot.helpdesk.undoing import undo
from programme.model.tickets import TicketState
from tests.console.conftest import STAFF, Staffed
from tests.console.test_console_inbox import opened


async def last_press(staffed: Staffed, who: str) -> str:
    async with staffed.app.store.reading() as tx:
        found = await tx.undos.open_of(f"demo:{who}")
    assert found is not None
    return found[0]


async def takes_back(staffed: Staffed, user: User, who: str) -> None:
    """Press the button of the toast, as the browser tells it."""
    press = await last_press(staffed, who)
    assert user.client is not None
    listener = next(one for one in user.client.layout._event_listeners.values() if one.type == "urungkan")
    user.client.layout._handle_event({"listener_id": listener.id, "args": press})


async def test_an_answer_is_taken_back_before_it_went_out(staffed: Staffed) -> None:
    """Nobody hears it, the ticket waits as before, and the words are in the field again."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="kirim").trigger("click", "Halo {nama}, salah kirim.")
    await budi.should_see("salah kirim")
    assert (await staffed.ticket(ticket.id)).owner == "demo:budi"
    await staffed.later(seconds=4)
    await takes_back(staffed, budi, "budi")
    await budi.should_see("mengurungkan")
    assert await staffed.goes_out() == 0
    now = await staffed.ticket(ticket.id)
    assert (now.state, now.owner, now.answered_at) == (TicketState.WAITING, None, None)
    assert now.waits_since == ticket.waits_since
    assert await staffed.draft(ticket.id, "budi") == "Halo {nama}, salah kirim."
    assert ("demo:budi", "ticket.undo", f"ticket/{ticket.id}") in await staffed.trail("ticket.")


async def test_a_note_is_taken_back_as_anything_else(staffed: Staffed) -> None:
    """Colleagues read it no more, and its words are in the field again."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="catat").trigger("click", "Salah orang, ini milik Rudi.")
    await budi.should_see("Catatan Budi")
    await takes_back(staffed, budi, "budi")
    await budi.should_see("mengurungkan")
    await budi.should_not_see("Catatan Budi")
    assert await staffed.draft(ticket.id, "budi") == "Salah orang, ini milik Rudi."


async def test_what_went_out_is_not_taken_back(staffed: Staffed) -> None:
    """After ten seconds a worker sent it, once, whatever became of the page; a late press changes nothing."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await opened(staffed, "budi", ticket.id)
    budi.find(marker="kirim-tutup").trigger("click", "Sudah beres, kak.")
    await budi.should_see("Buka lagi")
    press = await last_press(staffed, "budi")
    assert budi.client is not None
    budi.client.delete()
    assert await staffed.goes_out() == 2, "the words, and the question for stars"
    again = await opened(staffed, "budi", ticket.id)
    async with staffed.app.store.writing() as tx:
        undone = await undo(tx, press, STAFF[1])
    assert (undone.words, undone.late) == ({}, 1)
    await again.should_see("Buka lagi")
    assert staffed.heard("siti").count("Sudah beres, kak.") == 1
    assert (await staffed.ticket(ticket.id)).state is TicketState.CLOSED
