"""A helpdesk without a group: complaints are opened, looked after, closed and forgotten, and the console is enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.app.console import LateFetch
from bot.app.retention import Retention
from bot.app.settings import Settings
from bot.channels.groups import Fetch
from bot.helpdesk.joining import joined
from bot.store.repositories.agents import Invitation
from programme.model.messages import Attachment, Incoming, Sort
from programme.model.staff import Role
from programme.model.tickets import Author, Entry, Handover, TicketState
from tests.console.conftest import Staffed


def test_a_console_opens_the_helpdesk_as_a_group_does() -> None:
    """Where staff can answer somewhere, a person is promised; else nobody is."""
    assert not Settings().has_helpdesk
    assert Settings(console_url="https://konsol.example.org").has_helpdesk
    assert Settings(telegram_staff_group="-1001").has_helpdesk


async def test_whoever_asks_for_a_person_gets_a_ticket(staffed: Staffed) -> None:
    """The participant hears its number; the ticket says why they came, and no group is asked for."""
    await staffed.says("siti", "/start", "/petugas", "Hal lain", "Nama saya salah tulis di dashboard, kak")
    assert "Aduanmu tercatat dengan nomor" in staffed.heard("siti")
    async with staffed.app.store.reading() as tx:
        [ticket] = await tx.tickets.queue()
        assert await tx.views.topics_of([ticket.id]) == {}
    assert ticket.why is Handover.ASKED


async def test_the_rounds_need_no_group(staffed: Staffed) -> None:
    """Late complaints, complaints that jump, and quiet ones: nothing fails, and what nobody wants is closed."""
    for each in range(3):
        await staffed.complains(f"orang{each % 3}", "Voucher gagal", hours=20)
    quiet = await staffed.complains("siti", "Sudah kutanya bot")
    async with staffed.app.store.writing() as tx:
        back = replace(quiet, state=TicketState.WITH_BOT, waits_since=None, touched_at=tx.now)
        await tx.tickets.save(back)
    helpdesk = staffed.app.helpdesk
    assert helpdesk is not None
    await staffed.later(days=4)
    await helpdesk.tick()
    assert (await staffed.ticket(quiet.id)).state is TicketState.CLOSED
    async with staffed.app.store.reading() as tx:
        assert (await tx.queue_stats()).dead == ()
        jumps = await tx.incidents.counted(tx.now - timedelta(days=5), tx.now - timedelta(days=30))
    assert [jump.lately for jump in jumps] == [4]


async def test_what_was_said_just_now_is_not_closed_over(staffed: Staffed) -> None:
    """Where no group shows it, the person's last minute counts as unread; what is older was there to be read."""
    ticket = await staffed.complains("siti", "Saldo nol")
    async with staffed.app.store.writing() as tx:
        assert await tx.ticket_entries.unseen(ticket.id)
    await staffed.later(minutes=2)
    async with staffed.app.store.writing() as tx:
        assert not await tx.ticket_entries.unseen(ticket.id)
        await tx.ticket_entries.say(Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text="Eh, belum."))
        assert await tx.ticket_entries.unseen(ticket.id)


async def test_its_words_go_in_time_too(staffed: Staffed) -> None:
    """Half a year after it was closed nothing of what was said is left, though no topic was ever shown."""
    ticket = await staffed.complains("siti", "Saldo nol")
    async with staffed.app.store.writing() as tx:
        fresh = await tx.tickets.get(ticket.id)
        assert fresh is not None
        await tx.tickets.save(replace(fresh, state=TicketState.CLOSED, closed_at=tx.now, labels=" tokopedia "))
    await staffed.later(days=200)
    await Retention(staffed.app.store).drop()
    emptied = await staffed.ticket(ticket.id)
    assert (emptied.complaint, emptied.labels, emptied.closed_at is not None) == ("", None, True)
    async with staffed.app.store.reading() as tx:
        assert await tx.inbox_list.entries(ticket.id, 5) == []


async def test_who_joins_is_sent_to_the_console(staffed: Staffed) -> None:
    """An invitation that is opened says where the work is: here, not in a group that isn't there."""
    async with staffed.app.store.writing() as tx:
        code = await tx.agents.invite(Invitation(Role.AGENT, "demo:sari"), tx.now + timedelta(hours=1))
        person = await tx.people.at("telegram", "77", language="id")
        shown = Incoming(channel="telegram", address="77", id="1", at=tx.now, text=f"/start staf-{code}")
        reply = await joined(tx, shown, person, group=False)
    assert reply is not None
    assert "/konsol" in reply.messages[0].text
    assert "grup" not in reply.messages[0].text


async def test_a_messenger_is_opened_for_the_first_file() -> None:
    """Not before somebody wants to see one, and once for all of them."""
    opened = list[str]()

    async def content(held: Attachment) -> bytes:
        return held.reference.encode()

    async def begin() -> Fetch:
        opened.append("telegram")
        return content

    fetch = LateFetch(begin)
    assert not opened
    held = [Attachment(channel="telegram", reference=name, sort=Sort.PHOTO) for name in ("satu", "dua")]
    assert [await fetch(one) for one in held] == [b"satu", b"dua"]
    assert opened == ["telegram"]
