"""The staff's side: who passed is known, a cutoff moves, an announcement goes out, complaints are answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import uuid4

from benchmarks.fast_time.clock import NightClock
from benchmarks.fast_time.crew import SECRET, TELEGRAM_RATE, WHATSAPP_RATE
from benchmarks.people import NOT_BOUGHT
from bot.app.console import AT_THE_CONSOLE
from bot.app.wiring import App, build_app
from bot.editing.service import Wish, approve, propose
from bot.helpdesk.console_acts import ConsoleActs, Seen
from bot.store import RosterRow
from handlers.helpdesk.orders import Order, TicketAct
from programme.edits import Place
from programme.model.broadcasts import BroadcastAct, BroadcastState, Draft
from programme.model.messages import Message
from programme.model.staff import Role, StaffMember

RINA: Final = StaffMember(channel="telegram", address="901", role=Role.SUPERVISOR, name="Rina")
JOKO: Final = StaffMember(channel="telegram", address="902", role=Role.SUPERVISOR, name="Joko")
SARI: Final = StaffMember(channel="telegram", address="903", role=Role.AGENT, name="Sari")
ADVICE: Final = "Halo, sudah kami cek: coba bayar lagi memakai nomor kartu di dashboard. Kalau gagal, balas di sini ya."
_CUTOFF: Final = Place("waves.tsv", "21", "cutoff")
_PORTION: Final = 5_000


@dataclass
class Office:
    """Does what the console does, in its own short transactions."""

    app: App

    async def opens(self) -> None:
        """Have people work here."""
        async with self.app.store.writing() as tx:
            for member in (RINA, JOKO, SARI):
                await tx.staff.put(member)
                await tx.agents.set(member.who, on_duty=True)

    async def lists(self, phones: Iterable[str]) -> int:
        """Take in the list of who passed, by their numbers; return how many rows it has."""
        numbers, new = self.app.inbox_processor.numbers, 0
        rows = (RosterRow(phone_hash=numbers.kept(each).text, wave=21) for each in phones)
        while portion := list(islice(rows, _PORTION)):
            async with self.app.store.writing() as tx:
                new += await tx.roster.put(portion)
        return new

    async def moves_cutoff(self, day: str) -> None:
        """Let two supervisors agree on another last day."""
        async with self.app.store.writing() as tx:
            today = tx.now.date().isoformat()
            over = await tx.programme_edits.over(_CUTOFF)
            wish = Wish(place=_CUTOFF, value=day, source="@prakerja.go.id", as_of=today, over=over)
            number = await propose(tx, wish, RINA)
        async with self.app.store.writing() as tx:
            await approve(tx, number, JOKO)

    async def announces(self, words: Message) -> None:
        """Order an announcement to whoever has not bought; one to very many is approved by somebody else."""
        office, draft = self.app.staff.office, Draft(audience=NOT_BOUGHT, messages={"id": words})
        outlook = await office.outlook(NOT_BOUGHT)
        async with self.app.store.writing() as tx:
            ordered = await office.order(tx, draft, outlook, RINA, uuid4().hex)
        if ordered.state is BroadcastState.WAITING_APPROVAL:
            async with self.app.store.writing() as tx:
                await office.act(tx, ordered.id, BroadcastAct.APPROVE, JOKO)

    async def answers(self, most: int) -> list[int]:
        """Answer so many complaints, those with the nearest cutoff first; return whose they were."""
        async with self.app.store.reading() as tx:
            waiting = await tx.tickets.queue(most)
        for ticket in waiting:
            await self._act(ticket.id, Order(TicketAct.SAY, words=ADVICE))
            await self._act(ticket.id, Order(TicketAct.CLOSE))
        return [ticket.participant for ticket in waiting]

    async def _act(self, number: int, order: Order) -> None:
        """Carry out an order on a ticket as it stands; who is overtaken looks again, as at the console."""
        assert self.app.helpdesk is not None
        acts = ConsoleActs(self.app.helpdesk.room)
        for _try in range(5):
            async with self.app.store.reading() as tx:
                ticket, entries = await tx.tickets.get(number), await tx.inbox_list.entries(number, 1)
            assert ticket is not None
            seen = Seen(ticket.fence, max((each.id for each in entries), default=0))
            async with self.app.store.writing() as tx:
                acted = await acts.act(tx, number, order, SARI, seen, uuid4().hex)
            if not acted.overtaken:
                break


@asynccontextmanager
async def an_office(database: str, clock: NightClock) -> AsyncIterator[Office]:
    """Open it over the store that all processes share."""
    opened = build_app(
        database=database,
        clock=clock,
        channels={},
        key=SECRET.encode(),
        rate=TELEGRAM_RATE,
        whatsapp_rate=WHATSAPP_RATE,
        staff_rooms=AT_THE_CONSOLE,
    )
    async with opened as app:
        office = Office(app)
        await office.opens()
        yield office
