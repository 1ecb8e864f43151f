"""Jobs of the helpdesk; any process may do them at any moment."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.helpdesk.incident_jobs import IncidentJobs
from bot.helpdesk.ticket_lock import TicketLock, owe
from bot.store import Store, UnitOfWork
from bot.store.isolation import Apart
from bot.store.repositories.agents import Agent
from bot.store.repositories.ticket_entries import FACE
from handlers.helpdesk.alarms import Warned, alarm_words, warnings_due
from handlers.helpdesk.pointing import called, numbered
from handlers.helpdesk.words import closing, later
from locales import SOURCE, speaking
from programme.helpdesk import Assignment, HelpdeskRules
from programme.model.deliveries import ASKED, WITHOUT_FILE, Claimed
from programme.model.spheres import Sphere
from programme.model.tickets import Entry, Ticket, TicketState

_AT_ONCE = 50
_LINES = 12  # of one message
_IDLE = "terlalu lama tanpa jawaban"
_FATES = {
    "gone": "⚠️ Tidak sampai: peserta memblokir bot atau akunnya sudah tidak ada. Coba lewat Call Center.",
    "failed": "⚠️ Tidak sampai: pesan ditolak.",
    "unknown": "⚠️ Belum tentu sampai: jawaban server hilang.",
    "expired": "⚠️ Tidak sampai.",
    "cancelled": "⚠️ Tidak sampai.",
    ASKED: (
        "⏳ Di luar jendela 24 jam WhatsApp: peserta diminta menulis dulu; jawabanmu menyusul begitu mereka menulis."
    ),
    "held": (
        "⏳ Di luar jendela 24 jam WhatsApp, dan peserta tidak bisa diminta menulis. "
        "Jawabanmu menyusul kalau mereka menulis sendiri; kalau mendesak, coba lewat Call Center."
    ),
    "sent": "📬 Jawaban yang tertunda sudah dikirim.",
    WITHOUT_FILE: "⚠️ Berkasnya ditolak dan tidak terlihat oleh peserta; kata-katanya sampai. Kirim ulang cara lain.",
}
_ABOUT_WAITING = frozenset({ASKED, "held", "sent"})
_WAITING_WORDS = tuple(_FATES[fate] for fate in sorted(_ABOUT_WAITING))


async def _go(round_: Callable[[], Awaitable[int]]) -> int:
    return await round_()


@dataclass(slots=True)
class HelpdeskJobs:
    """Each round is one or more short transactions that can be repeated without harm."""

    store: Store
    rules: HelpdeskRules
    rooms: tuple[str, ...]
    changing: TicketLock
    incidents: IncidentJobs
    link: Callable[[str, str], str]

    async def run(self) -> int:
        """Go once around; return how much was done."""
        rounds = (
            *(self.tell_undelivered, self.send_home, self.incidents.spread_news, self.close_quiet),
            *(self.give_out, self.warn, self.incidents.watch),
        )
        apart = Apart(self.store, Sphere.JOB)
        return sum([await apart.one(each, _go, each.__name__) for each in rounds])

    async def look_at_answers(self) -> int:
        """Do now what of the round is about answers; a failure is told, and the next round comes."""
        return await Apart(self.store, Sphere.JOB).one(self.tell_undelivered, _go, self.tell_undelivered.__name__)

    @property
    def _tickets(self) -> Apart:
        return Apart(self.store, Sphere.TICKET)

    async def tell_undelivered(self) -> int:
        """Tell the staff of their words that did not reach the person, or wait for the person to write.

        Of several that wait, and of several that went out after waiting, a ticket hears once.
        """
        async with self.store.writing() as tx:
            found = await tx.ticket_entries.decided()
            told = [await self._tell(tx, entry, fate) for entry, fate in found]
        return sum(told)

    async def _tell(self, tx: UnitOfWork, entry: Entry, fate: str) -> bool:
        words = _FATES.get(fate, _FATES["failed"])
        if fate in _ABOUT_WAITING:
            said = await tx.ticket_entries.said_last(entry.ticket, _WAITING_WORDS)
            if said == words or (fate == "sent" and said is None):
                return False
        await tx.ticket_entries.say_to_staff(entry.ticket, words)
        return True

    async def send_home(self) -> int:
        """Put back what is held by somebody who is off shift, left, or let the person wait for too long."""
        async with self.store.reading() as tx:
            agents = {agent.who: agent for agent in await tx.agents.all()}
            back = [ticket.id for ticket in await tx.tickets.held() if self._goes_back(ticket, agents, tx.now)]
        return await self._tickets.each(back, partial(self.changing.change, change=self._put_back))

    async def close_quiet(self) -> int:
        """Close what was given back to the bot, once the person wanted nobody for long enough."""
        async with self.store.reading() as tx:
            quiet = await tx.tickets.quiet(tx.now - self.rules.quiet)
        return await self._tickets.each(quiet, partial(self.changing.change, change=self._close_quiet))

    async def give_out(self) -> int:
        """Give waiting tickets to agents, unless these take them by hand; return how many found somebody."""
        return await self.assign() if self.rules.assignment is Assignment.ROUND_ROBIN else 0

    async def assign(self) -> int:
        """Give waiting tickets, the most urgent first, to agents at work who have room, each in turn."""
        async with self.store.reading() as tx:
            now = tx.now
            agents = [one for one in await tx.agents.all() if self._works(one, now)]
            loads = await tx.tickets.loads()
            waiting = await tx.tickets.queue(limit=200) if agents else []
        turns = {one.who: one.given_at for one in agents}
        given = 0
        for ticket in waiting:
            free = [one for one in agents if loads.get(one.who, 0) < self._room_of(one)]
            fitting = [one for one in free if ticket.team in {None, one.team}]
            if not fitting:
                continue
            chosen = min(fitting, key=lambda one: (turns[one.who] is not None, turns[one.who] or now, one.who))
            give = partial(self.changing.change, change=partial(self._give, chosen))
            if await self._tickets.each([ticket.id], give):
                loads[chosen.who] = loads.get(chosen.who, 0) + 1
                turns[chosen.who] = now + timedelta(microseconds=given)
                given += 1
        return given

    async def warn(self) -> int:
        """Warn the group, where there is one, before a target is missed, once for each."""
        count, late = 0, list[tuple[Ticket, Warned]]()
        if not self.rooms:
            return count  # at the console the queue itself shows who is late
        async with self.store.reading() as tx:
            watched = await tx.tickets.to_warn()
        for place, one in enumerate(watched):
            late += [(one, found) for found in warnings_due(one, self.rules, tx.now)]
            if place % _AT_ONCE == 0:
                await asyncio.sleep(0)  # thousands of tickets hold up nobody's reply
        for start in range(0, len(late), _LINES):
            count += await self._alarm(late[start : start + _LINES])
        return count

    async def _alarm(self, late: Sequence[tuple[Ticket, Warned]]) -> int:
        """Tell each room of its late tickets in one message: a group takes few a minute."""
        lines, keys = defaultdict[str, list[str]](list), dict[str, str]()
        async with self.store.writing() as tx:
            rooms = await tx.views.topics_of([ticket.id for ticket, _warning in late])
            names = {one.who: one.member.name for one in await tx.agents.all()}
            for ticket, warning in late:
                if not await tx.tickets.warned(ticket.id, warning.target):
                    continue
                room, topic = rooms.get(ticket.id, (self.rooms[0], None))
                keys.setdefault(room, f"warning/{ticket.id}/{warning.target}/{ticket.reopened}")
                number = numbered(ticket.id, self.link(room, topic) if topic else "")
                holder = called(ticket.owner, names.get(ticket.owner, "petugas")) if ticket.owner else ""
                with speaking("id"):
                    lines[room].append(alarm_words(ticket, warning, tx.now, number, holder))
            for room, said in lines.items():
                await tx.views.notify(keys[room], room, "\n".join(said))
        return sum(map(len, lines.values()))

    def _room_of(self, agent: Agent) -> int:
        return self.rules.capacity if agent.capacity is None else agent.capacity

    def _works(self, agent: Agent, now: datetime) -> bool:
        return agent.on_duty and self.rules.hours.at_work(agent.shift, now)

    def _goes_back(self, ticket: Ticket, agents: dict[str, Agent], now: datetime) -> str | None:
        agent = agents.get(ticket.owner or "")
        if agent is None:
            return "pemegangnya bukan petugas lagi"
        if not agent.on_duty:
            return "pemegangnya tidak berjaga"
        if not self.rules.hours.in_shift(agent.shift, now) and not self._stays_on(ticket, agent, now):
            return "jam jaga pemegangnya selesai"
        if ticket.waits_since is None or ticket.is_put_off(now):
            return None
        since = max(ticket.waits_since, ticket.touched_at or ticket.waits_since)
        return _IDLE if self.rules.hours.worked(since, now) >= self.rules.idle else None

    def _stays_on(self, ticket: Ticket, agent: Agent, now: datetime) -> bool:
        """Whoever took it or answered after their shift means to: on the night of a cutoff, somebody may."""
        at = ticket.touched_at
        return at is not None and now - at < self.rules.idle and not self.rules.hours.in_shift(agent.shift, at)

    async def _put_back(self, tx: UnitOfWork, ticket: Ticket) -> Sequence[Claimed] | None:
        now = tx.now
        agents = {agent.who: agent for agent in await tx.agents.all()}
        why = self._goes_back(ticket, agents, now)
        if ticket.state is not TicketState.HELD or why is None:
            return None
        await tx.tickets.save(replace(ticket, state=TicketState.WAITING, owner=None, queued_at=now), rank=FACE)
        if why == _IDLE and ticket.owner:
            await tx.agents.set(ticket.owner, given_at=now)  # others come first now
        await tx.ticket_entries.say_to_staff(ticket.id, f"↩️ Kembali ke antrean: {why}.", rank=FACE)
        await tx.staff.record("sobat", "ticket.back", f"ticket/{ticket.id}", why=why, owner=ticket.owner or "")
        if ticket.waits_since is None or self.rules.hours.is_open(now):
            return ()
        person = await tx.people.get(ticket.participant)
        if person is None:
            return ()
        with speaking(person.language):
            words = later(ticket, self.rules.hours.opens_at(now), person).messages
        return await owe(tx, ticket, f"ticket/{ticket.id}/later/{now:%Y%m%d}", words)

    async def _close_quiet(self, tx: UnitOfWork, ticket: Ticket) -> Sequence[Claimed] | None:
        if ticket.state is not TicketState.WITH_BOT or await tx.ticket_entries.unseen(ticket.id):
            return None
        person = await tx.people.get(ticket.participant)
        await tx.tickets.save(replace(ticket, state=TicketState.CLOSED, closed_at=tx.now), rank=FACE)
        told = "✅ Ditutup: bot melanjutkan, dan peserta tidak meminta petugas lagi."
        await tx.ticket_entries.say_to_staff(ticket.id, told, rank=FACE)
        await tx.staff.record("sobat", "ticket.quiet", f"ticket/{ticket.id}")
        with speaking(person.language if person else SOURCE):
            return await owe(tx, ticket, f"ticket/{ticket.id}/quiet/{ticket.reopened}", closing(ticket).messages)

    async def _give(self, agent: Agent, tx: UnitOfWork, ticket: Ticket) -> Sequence[Claimed] | None:
        if ticket.state is not TicketState.WAITING:
            return None
        held = replace(ticket, state=TicketState.HELD, owner=agent.who, touched_at=tx.now)
        await tx.tickets.save(held)
        await tx.dialogues.close(ticket.participant)
        await tx.agents.set(agent.who, given_at=tx.now)
        await tx.ticket_entries.say_to_staff(ticket.id, f"🎯 Giliran {called(agent.who, agent.member.name)}.")
        await tx.staff.record("sobat", "ticket.assign", f"ticket/{ticket.id}", owner=agent.who)
        return ()
