"""The queue: who comes first, who gets it, who goes home, when staff are warned; incidents; joining."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from complaining import complains
from sqlalchemy import event
from staffed import Desk

from bot.helpdesk import service
from programme.model.staff import Role
from programme.model.tickets import Ticket, TicketState
from tests.databases import at
from tests.fakes.telegram_user import FakeUser


async def open_ticket(
    desk: Desk, person: int, cutoff: timedelta | None, about: str = "buying", **more: object
) -> Ticket:
    """Put a ticket into the store, as if somebody had complained."""
    now = desk.clock.now()
    desk.api.user(person)
    async with at(desk.app.store, now).writing() as tx:
        participant = await tx.people.at("telegram", str(person), language="id")
        ticket = await tx.tickets.open(
            Ticket(
                id=0,
                participant=participant.id,
                about=about,
                opened_at=now,
                queued_at=now,
                waits_since=now,
                cutoff=now + cutoff if cutoff else None,
                **more,  # type: ignore[arg-type]
            )
        )
        await tx.views.place(ticket.id, str(desk.forum.chat.id))
    return ticket


async def all_tickets(desk: Desk) -> dict[int, Ticket]:
    async with desk.app.store.reading() as tx:
        return {ticket.id: ticket for ticket in await tx.tickets.everything_open()}


async def test_the_nearest_cutoff_comes_first_then_the_oldest(desk: Desk) -> None:
    hour = timedelta(hours=1)
    nobody, past, late, soon, sooner = [
        await open_ticket(desk, 100 + place, cutoff)
        for place, cutoff in enumerate((None, -hour, 72 * hour, 20 * hour, 20 * hour))
    ]
    async with desk.app.store.reading() as tx:
        queue = await tx.tickets.queue()
        places = [await tx.tickets.place(ticket) for ticket in queue]
    assert [ticket.id for ticket in queue] == [soon.id, sooner.id, late.id, nobody.id, past.id]
    assert places == [1, 2, 3, 4, 5]
    await desk.budi.writes("/antrean")
    shown = await desk.forum.shows("5 aduan menunggu")
    assert "1. #4" in shown.shown.text


async def test_tickets_go_round_by_capacity(desk: Desk) -> None:
    async with desk.app.store.writing() as tx:
        await tx.agents.set("telegram:501", capacity=1)
        await tx.agents.set("telegram:502", capacity=2)
    for person in range(200, 205):
        await open_ticket(desk, person, timedelta(hours=30))
    await desk.tick()
    owners = [ticket.owner for ticket in (await all_tickets(desk)).values()]
    assert owners.count("telegram:501") == 1
    assert owners.count("telegram:502") == 2
    assert owners.count(None) == 2


async def test_a_ticket_of_a_team_goes_to_the_team(desk: Desk) -> None:
    async with desk.app.store.writing() as tx:
        await tx.agents.set("telegram:502", team="insentif")
    ticket = await open_ticket(desk, 210, None, team="insentif")
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].owner == "telegram:502"


async def test_nobodys_ticket_waits_on_somebody_off_shift(desk: Desk) -> None:
    ticket = await open_ticket(desk, 220, timedelta(hours=60))
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].state is TicketState.HELD
    desk.clock.set(datetime.fromisoformat("2021-10-18T17:01:00+07:00"))
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].state is TicketState.WAITING
    heard = await desk.api.user(220).hears("tetap di antrean")
    assert "Selasa, 19 Oktober 2021 pukul 08.00 WIB" in heard.text
    desk.clock.set(datetime.fromisoformat("2021-10-20T09:00:00+07:00"))
    await desk.tick()
    waits = (await all_tickets(desk))[ticket.id]
    assert waits.state is TicketState.WAITING, "Wednesday 20 October 2021 is Maulid, a public holiday"


async def test_going_off_duty_puts_the_tickets_back_and_idle_ones_go_back(desk: Desk) -> None:
    ticket = await open_ticket(desk, 230, timedelta(hours=60))
    async with desk.app.store.writing() as tx:
        await tx.agents.set("telegram:502", on_duty=False)
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].owner == "telegram:501"
    async with desk.app.store.writing() as tx:
        await tx.agents.set("telegram:502", on_duty=True)
        await tx.agents.set("telegram:501", capacity=0)
    await desk.later(minutes=46)
    topic = await desk.forum.opens("#1")
    await desk.forum.shows("terlalu lama tanpa jawaban", topic)
    assert (await all_tickets(desk))[ticket.id].owner == "telegram:502"
    await desk.sari.writes("/istirahat")
    await desk.forum.shows("Sari berhenti menerima aduan")
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].owner is None


async def test_an_idle_ticket_goes_to_somebody_else(desk: Desk) -> None:
    ticket = await open_ticket(desk, 235, timedelta(hours=60))
    await desk.tick()
    first = (await all_tickets(desk))[ticket.id].owner
    await desk.later(minutes=46)
    assert {first, (await all_tickets(desk))[ticket.id].owner} == {"telegram:501", "telegram:502"}


async def test_a_warning_comes_before_the_target_is_missed_and_earlier_near_the_cutoff(desk: Desk) -> None:
    async with desk.app.store.writing() as tx:
        for who in ("telegram:501", "telegram:502"):
            await tx.agents.set(who, on_duty=False)
    urgent = await open_ticket(desk, 240, timedelta(hours=10))
    calm = await open_ticket(desk, 241, None)
    await desk.later(minutes=8)
    await desk.forum.shows(f"Aduan #{urgent.id} (Pembelian pelatihan): target jawaban pertama tinggal 2 menit kerja")
    await desk.later(minutes=1)
    told = [sent.shown.text for sent in desk.forum.seen(None)]
    assert sum("target jawaban pertama" in text for text in told) == 1
    await desk.later(minutes=85)
    await desk.forum.shows(f"Aduan #{calm.id} (Pembelian pelatihan): target jawaban pertama tinggal")


async def test_an_incident_from_the_jump_to_the_one_update_for_all(desk: Desk) -> None:
    people = [desk.api.user(250 + place) for place in range(5)]
    for person in people:
        await open_ticket(desk, person.id, None, concerned="tokopedia")
    await desk.tick()
    await desk.forum.shows("5 aduan Pembelian pelatihan Tokopedia")
    await desk.budi.presses("🔥 Jadikan insiden")
    await desk.forum.shows("Insiden 1: Pembelian pelatihan Tokopedia, 5 aduan diikat")
    await desk.budi.writes("/kabar 1 Pembayaran Tokopedia sedang terganggu, kami pantau.")
    await desk.forum.shows("dikirim ke 5 aduan")
    await desk.tick()
    for person in people:
        await person.hears("sedang terganggu")
    newcomer = await complains(desk, 270)
    await newcomer.hears("Kabar terbaru dari petugas: Pembayaran Tokopedia sedang terganggu")
    await desk.budi.writes("/selesai 1 Sudah pulih, silakan coba lagi.")
    await desk.forum.shows("dikirim ke 6 aduan")
    await desk.tick()
    for person in (*people, newcomer):
        await person.hears("Sudah pulih")
        await person.hears("sudah ditutup petugas")
    assert not await all_tickets(desk)
    assert all(sum("Sudah pulih" in one.text for one in person.messages) == 1 for person in people)


async def test_joining_by_an_invitation_that_works_once(desk: Desk) -> None:
    await desk.budi.writes("/undang agent")
    await desk.forum.shows("Hanya supervisor")
    await desk.sari.writes("/undang admin")
    await desk.forum.shows("tidak bisa lebih tinggi")
    await desk.sari.writes("/undang agent pagi insentif")
    shown = await desk.forum.shows("sekali pakai")
    code = re.search(r"start=(\S+)", shown.shown.text)
    assert code is not None
    rina: FakeUser = desk.api.user(601, name="Rina")
    await rina.says(f"/start {code[1]}")
    await rina.hears("Selamat bergabung, Rina")
    thief = desk.api.user(602, name="Maling")
    await thief.says(f"/start {code[1]}")
    await thief.hears("sudah dipakai atau kedaluwarsa")
    async with desk.app.store.reading() as tx:
        [agent] = [one for one in await tx.agents.all() if one.member.name == "Rina"]
    assert (agent.member.role, agent.shift, agent.team) == (Role.AGENT, "pagi", "insentif")


async def test_no_estimate_is_invented_where_nobody_is_on_duty(desk: Desk) -> None:
    async with desk.app.store.writing() as tx:
        for who in ("telegram:501", "telegram:502"):
            await tx.agents.set(who, on_duty=False)
    ani = await complains(desk)
    await ani.hears("berapa lamanya belum bisa kupastikan")


async def test_after_hours_the_next_working_hour_is_named(desk: Desk) -> None:
    desk.clock.set(datetime.fromisoformat("2021-10-18T20:00:00+07:00"))
    ani = await complains(desk)
    opened = await ani.hears("tercatat dengan nomor")
    assert "Sekarang sedang tutup" in opened.text
    assert "kira-kira dijawab Selasa, 19 Oktober 2021 pukul 08.10 WIB" in opened.text


async def test_a_moved_cutoff_holds_up_few_complaints_at_a_time(desk: Desk) -> None:
    """All of them follow, and no transaction holds more than some: whoever acts on one waits no longer than that."""
    count, at_once, held, most = 60, list[int](), [0], service._AT_ONCE
    for person in range(count):
        await open_ticket(desk, 100 + person, timedelta(hours=20))

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        held[0] += statement.startswith("UPDATE tickets SET cutoff")

    def ended(_connection: object) -> None:
        at_once.append(held[0])
        held[0] = 0

    engine = desk.app.store._writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", ended)
    assert desk.app.helpdesk is not None
    await desk.app.helpdesk.follow_cutoffs()
    assert sum(at_once) == count
    assert max(at_once) <= most < count
    assert {one.cutoff for one in (await all_tickets(desk)).values()} == {None}, "nobody is known to be in a wave"


async def test_a_matter_of_another_version_is_another_matter(desk: Desk) -> None:
    """Its ticket is listed like the others."""
    await open_ticket(desk, 300, timedelta(hours=30), about="of tomorrow")
    await desk.budi.writes("/antrean")
    assert "Hal lain" in (await desk.forum.shows("1 aduan menunggu")).shown.text
