"""Races over PostgreSQL: whichever comes first, nothing leaks and nothing is lost.

RACE_ROUNDS=200 runs each of them 200 times.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from bot.app.wiring import App, build_app
from bot.channels.groups import STAFF, Groups, Rows
from bot.channels.terminal.channel import TerminalChannel
from bot.helpdesk.service import StaffRooms
from bot.rate_limit.group_policy import GroupRateLimiter
from handlers.helpdesk.orders import act_button
from programme.model.clock import SetClock
from programme.model.messages import Action, Incoming, Sort
from programme.model.staff import Role, StaffMember
from programme.model.tickets import Author, Entry, Ticket, TicketState
from tests.databases import at
from tests.helpdesk.entries import entries_of

pytestmark = pytest.mark.postgres
ROUNDS = int(os.environ.get("RACE_ROUNDS", "8"))
ROOM = "-100700"
MONDAY = datetime.fromisoformat("2021-10-18T09:10:00+07:00")
_numbers = count(1)
_gate: ContextVar[asyncio.Barrier | None] = ContextVar("gate", default=None)


class NoGroups(Groups):
    """Nobody looks: the races are in the store."""


@dataclass
class Office:
    app: App
    clock: SetClock

    async def ticket(self, **more: object) -> Ticket:
        """Somebody with an open ticket, seen by the staff up to now."""
        now, person = self.clock.now(), f"p{next(_numbers)}"
        async with at(self.app.store, now).writing() as tx:
            participant = await tx.people.at("terminal", person, language="id")
            ticket = await tx.tickets.open(
                Ticket(
                    id=0,
                    participant=participant.id,
                    about="buying",
                    opened_at=now,
                    queued_at=now,
                    waits_since=now,
                    **more,
                )  # type: ignore[arg-type]
            )
            await tx.views.place(ticket.id, ROOM)
            await tx.views.shown(ticket.id, topic=str(ticket.id))
        self._people = {**getattr(self, "_people", {}), ticket.id: person}
        return ticket

    async def says(self, ticket: Ticket, text: str) -> None:
        """The person of the ticket writes."""
        number = str(next(_numbers))
        incoming = Incoming(
            channel="terminal",
            address=self._people[ticket.id],
            id=number,
            at=self.clock.now(),
            text=text,
            message=number,
        )
        await self._in(incoming)

    async def staff(self, agent: str, ticket: Ticket, text: str = "", action: Action | None = None) -> None:
        """An agent writes or presses in the topic."""
        number = str(next(_numbers))
        incoming = Incoming(
            channel=STAFF,
            address=f"{ROOM}/{ticket.id}",
            id=number,
            at=self.clock.now(),
            sort=Sort.PRESS if action else Sort.TEXT,
            text=text,
            action=action,
            sender=agent,
            message=None if action else number,
        )
        await self._in(incoming)

    async def _in(self, incoming: Incoming) -> None:
        """Take it in, wait for whoever else starts at this moment, then answer."""
        row = await self.app.inbox_processor.take(incoming)
        assert row is not None
        if (gate := _gate.get()) is not None:
            await gate.wait()
            await chance(0.1)
        await self.app.inbox_processor.answer(row)

    async def now(self, ticket: Ticket) -> Ticket:
        async with self.app.store.reading() as tx:
            found = await tx.tickets.get(ticket.id)
        assert found is not None
        return found

    async def entries(self, ticket: Ticket, author: Author) -> list[Entry]:
        async with self.app.store.reading() as tx:
            return [entry for entry in await entries_of(tx, ticket.id) if entry.author is author]

    async def heard(self, ticket: Ticket) -> list[str]:
        """What reached the person, by source, oldest first."""
        async with self.app.store.reading() as tx:
            log = await tx.outbox.log(50, ticket.participant)
        return [entry.source for entry in reversed(log) if entry.state.value == "sent"]


@pytest.fixture
async def office(postgres_url: str) -> AsyncIterator[Office]:
    clock = SetClock(MONDAY)
    rooms = StaffRooms(rooms=(ROOM,), groups=NoGroups(), username=lambda: "SobatPrakerjaBot")
    async with build_app(
        database=postgres_url, clock=clock, channels={"terminal": TerminalChannel()}, key=b"key", staff_rooms=rooms
    ) as app:
        async with app.store.writing() as tx:
            for number, name, role in (
                ("1", "Budi", Role.AGENT),
                ("2", "Tono", Role.AGENT),
                ("3", "Sari", Role.SUPERVISOR),
            ):
                await tx.staff.put(StaffMember(channel="telegram", address=number, role=role, name=name))
        yield Office(app, clock)


async def chance(longest: float) -> None:
    """Wait for a chance moment of at most so many seconds: a race is run from either side."""
    await asyncio.sleep(random.uniform(0, longest))


async def together(*doings: Coroutine[Any, Any, None]) -> None:
    """Start all at the same moment, once all are taken in; in an order that nobody knows."""
    gate = asyncio.Barrier(len(doings))
    asked = _gate.set(gate)
    try:
        await asyncio.gather(*random.sample(doings, len(doings)))
    finally:
        _gate.reset(asked)


class Seen(Counter[str]):
    """How often each outcome was seen: a race that always ends the same way is none."""

    async def both(self, one: str, other: str, round_: Callable[[], Awaitable[None]]) -> None:
        """Run all rounds, a few side by side; a busy machine favours one outcome, and gets more to show both."""
        while self.total() < ROUNDS or (min(self[one], self[other]) == 0 and self.total() < 20 * ROUNDS):
            await asyncio.gather(*[round_() for _each in range(min(8, ROUNDS))])
        assert min(self[one], self[other]) > 0, self
        assert self.keys() == {one, other}


async def test_bot_and_agent_at_the_same_moment(office: Office) -> None:
    """Either the bot answered before the agent took it, or it is silent; the words reach the staff either way."""

    seen = Seen()

    async def one(office: Office) -> None:
        ticket = await office.ticket()
        await together(office.says(ticket, "kapan batas belinya?"), office.staff("1", ticket, "halo, saya bantu"))
        assert [entry.text for entry in await office.entries(ticket, Author.PERSON)] == ["kapan batas belinya?"]
        heard = await office.heard(ticket)
        replies = [place for place, source in enumerate(heard) if source.startswith("reply/")]
        agents = [place for place, source in enumerate(heard) if source.startswith("ticket/")]
        assert len(agents) == 1
        assert len(await office.entries(ticket, Author.BOT)) == (1 if replies else 0)
        seen["the bot answered" if replies else "the bot was silent"] += 1
        after = await office.now(ticket)
        assert (after.state, after.owner) == (TicketState.HELD, "telegram:1")
        await office.says(ticket, "masih ada")
        assert await office.heard(ticket) == heard, "the bot is silent from then on"

    await seen.both("the bot answered", "the bot was silent", lambda: one(office))


async def test_two_agents_taking_one_ticket(office: Office) -> None:
    """One has it, the other hears who; only the holder's words go out."""
    seen = Seen()

    async def one(office: Office) -> None:
        ticket = await office.ticket()
        take = act_button("✋", "ambil", ticket.id).action
        await together(office.staff("1", ticket, action=take), office.staff("2", ticket, action=take))
        owner = (await office.now(ticket)).owner
        assert owner in {"telegram:1", "telegram:2"}
        seen[owner] += 1
        told = [entry.text for entry in await office.entries(ticket, Author.DESK)]
        assert sum("Diambil" in text for text in told) == 1
        assert sum("Sudah dipegang" in text for text in told) == 1
        await together(office.staff("1", ticket, "dari Budi"), office.staff("2", ticket, "dari Tono"))
        sent = await office.entries(ticket, Author.AGENT)
        assert [entry.who for entry in sent] == [owner]
        assert len(await office.heard(ticket)) == 1

    await seen.both("telegram:1", "telegram:2", lambda: one(office))


async def test_closing_while_a_message_comes_in(office: Office) -> None:
    """The message is read before closing, or it opens the ticket again; it is never behind a closed door."""
    seen = Seen()

    async def one(office: Office) -> None:
        ticket = await office.ticket(state=TicketState.HELD, owner="telegram:1")
        await together(office.says(ticket, "eh masih gagal"), office.staff("1", ticket, "/tutup"))
        assert [entry.text for entry in await office.entries(ticket, Author.PERSON)] == ["eh masih gagal"]
        after = await office.now(ticket)
        told = [entry.text for entry in await office.entries(ticket, Author.DESK)]
        assert after.is_open
        if after.reopened:
            assert any("Dibuka lagi" in text for text in told)
        else:
            assert any("peserta baru saja menulis lagi" in text for text in told)
        seen["opened again" if after.reopened else "not closed"] += 1

    await seen.both("opened again", "not closed", lambda: one(office))


async def test_reopening_while_an_incident_closes(office: Office) -> None:
    """The update reaches everybody once; what was written meanwhile keeps the ticket open."""
    seen, longest = Seen(), ROUNDS * 0.03
    while len(seen) < 2 and longest < 60:  # where the machine is busy, closing takes longer, and so must writing
        await _close_an_incident(office, longest, seen)
        longest *= 2
    assert seen.keys() == {"opened again", "not closed"}


async def _close_an_incident(office: Office, longest: float, seen: Seen) -> None:
    """Everybody who waits for it writes once, within so many seconds from when it begins to close."""
    async with office.app.store.writing() as tx:
        incident = await tx.incidents.open("buying", None)
    tickets = [
        await office.ticket(state=TicketState.HELD, owner="telegram:1", incident=incident.id) for _ in range(ROUNDS)
    ]
    async with office.app.store.writing() as tx:
        await tx.incidents.tell(incident.id, "Sudah pulih", office.clock.now())
    assert office.app.helpdesk is not None
    rounds = office.app.helpdesk.rounds.incidents

    async def speak(ticket: Ticket) -> None:
        await chance(longest)
        await office.says(ticket, "di saya masih gagal")

    await asyncio.gather(rounds.spread_news(), rounds.spread_news(), *map(speak, random.sample(tickets, ROUNDS)))
    for ticket in tickets:
        assert [entry.text for entry in await office.entries(ticket, Author.PERSON)] == ["di saya masih gagal"]
        heard = await office.heard(ticket)
        assert sum(source == f"incident/{incident.id}/1" for source in heard) == 1
        after = await office.now(ticket)
        assert after.is_open
        seen["opened again" if after.reopened else "not closed"] += 1


class Listing(Groups):
    """Groups that only list what was done."""

    def __init__(self) -> None:
        self.created: list[str] = []
        self.posted: list[str] = []

    async def create(self, room: str, name: str) -> str:
        await asyncio.sleep(0)
        self.created.append(name)
        return str(next(_numbers))

    async def post(
        self, room: str, topic: str | None, text: str, keys: Rows = (), *, answers: str | None = None
    ) -> str:
        await asyncio.sleep(0)
        self.posted.append(text)
        return str(next(_numbers))


async def test_two_processes_show_each_ticket_once(office: Office) -> None:
    """A view is leased to one of them at a time."""
    assert office.app.helpdesk is not None
    board, groups = office.app.helpdesk.topic_sync, Listing()
    boards = [
        replace(
            board,
            groups=groups,
            limiters={ROOM: GroupRateLimiter(10_000)},
            _news=asyncio.Event(),
            _lanes={},
            _running={},
        )
        for _process in range(2)
    ]
    tickets = [await office.ticket() for _ in range(20)]
    async with office.app.store.writing() as tx:
        for ticket in tickets:
            await tx.views.shown(ticket.id, topic=None)
            await tx.ticket_entries.say_to_staff(ticket.id, f"halo {ticket.id}")
    await asyncio.gather(*(one.refresh() for one in boards))
    assert len(groups.created) == len(set(groups.created)) == 20
    assert sum("halo" in text for text in groups.posted) == 20
