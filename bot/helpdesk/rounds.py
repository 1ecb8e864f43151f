"""What has to be looked after at the helpdesk from time to time; any process may do it at any moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.courier import Courier
from bot.helpdesk.keys import keys_to
from bot.helpdesk.room import LEASE, tell
from bot.store import Store, Transaction
from bot.store.agents import Agent
from bot.store.incidents import Incident
from bot.store.tickets import Overtaken
from handlers.helpdesk.alarms import alarm_words, jumped, warnings_due
from handlers.helpdesk.orders import key
from handlers.helpdesk.words import later, news
from locales import speaking
from programme.clock import Clock
from programme.deliveries import Claimed, Delivery
from programme.helpdesk import Assignment, HelpdeskRules
from programme.messages import Kind, Message
from programme.programme import Programme
from programme.tickets import Ticket, TicketState

_FATES = {
    "gone": "⚠️ Tidak sampai: peserta memblokir bot atau akunnya sudah tidak ada. Coba lewat Call Center.",
    "failed": "⚠️ Tidak sampai: pesan ditolak.",
    "unknown": "⚠️ Belum tentu sampai: jawaban server hilang.",
    "expired": "⚠️ Tidak sampai.",
    "cancelled": "⚠️ Tidak sampai.",
}


@dataclass(slots=True)
class Rounds:
    """Each round is one or more short transactions that can be repeated without harm."""

    store: Store
    clock: Clock
    programme: Programme
    rules: HelpdeskRules
    rooms: tuple[str, ...]
    courier: Courier

    async def run(self) -> int:
        """Go once around; return how much was done."""
        done = await self.tell_undelivered() + await self.send_home() + await self.spread_news()
        done += await self.assign() if self.rules.assignment is Assignment.ROUND_ROBIN else 0
        return done + await self.warn() + await self.watch_for_incidents()

    async def tell_undelivered(self) -> int:
        """Tell the staff of their words that did not reach the person."""
        async with self.store.writing() as tx:
            lost = await tx.tickets.undelivered()
            for entry, fate in lost:
                await tell(tx, entry.ticket, _FATES.get(fate, _FATES["failed"]), self.clock.now())
        return len(lost)

    async def send_home(self) -> int:
        """Put back what is held by somebody who is off shift, left, or let the person wait for too long."""
        now = self.clock.now()
        async with self.store.reading() as tx:
            agents = {agent.who: agent for agent in await tx.agents.all()}
            held = await tx.tickets.held()
        back = [(ticket.id, why) for ticket in held if (why := self._goes_back(ticket, agents, now))]
        return sum([await self._changed(number, self._put_back, why) for number, why in back])

    async def assign(self) -> int:
        """Give waiting tickets, the most urgent first, to agents at work who have room, each in turn."""
        now = self.clock.now()
        async with self.store.reading() as tx:
            agents = [one for one in await tx.agents.all() if self._works(one, now)]
            loads = await tx.tickets.loads()
            waiting = await tx.tickets.queue(now, limit=200) if agents else []
        turns = {one.who: one.given_at for one in agents}
        given = 0
        for ticket in waiting:
            free = [one for one in agents if loads.get(one.who, 0) < self._room_of(one)]
            fitting = [one for one in free if ticket.team in {None, one.team}]
            if not fitting:
                continue
            chosen = min(fitting, key=lambda one: (turns[one.who] is not None, turns[one.who] or now, one.who))
            if await self._changed(ticket.id, self._give, chosen):
                loads[chosen.who] = loads.get(chosen.who, 0) + 1
                turns[chosen.who] = now + timedelta(microseconds=given)
                given += 1
        return given

    async def warn(self) -> int:
        """Warn the group before a target is missed, once for each."""
        now, count = self.clock.now(), 0
        async with self.store.reading() as tx:
            late = [
                (one, found)
                for one in await tx.tickets.everything_open()
                for found in warnings_due(one, self.rules, now)
            ]
        for ticket, warning in late:
            async with self.store.writing() as tx:
                if await tx.tickets.warned(ticket.id, warning.target):
                    with speaking("id"):
                        words = alarm_words(ticket, warning, now)
                    room = await tx.views.room_of(ticket.id) or self.rooms[0]
                    await tx.views.notify(f"warning/{ticket.id}/{warning.target}/{ticket.reopened}", room, words, now)
                    count += 1
        return count

    async def watch_for_incidents(self) -> int:
        """Tell the staff where complaints of one kind about one platform jump."""
        now, rule, count = self.clock.now(), self.rules.incidents, 0
        async with self.store.reading() as tx:
            jumps = await tx.incidents.counted(now - rule.window, now - timedelta(days=rule.usual_days))
        for jump in jumps:
            words = jumped(
                jump.about,
                jump.concerned,
                lately=jump.lately,
                before=jump.before,
                rules=self.rules,
                programme=self.programme,
            )
            if words is None:
                continue
            async with self.store.writing() as tx:
                if await tx.incidents.current(jump.about, jump.concerned) is not None:
                    continue
                target = f"{jump.about}:{jump.concerned or ''}"
                button = ((key("🔥 Jadikan insiden", "insiden", target=target),),)
                stretch = int(now.timestamp() // rule.window.total_seconds())
                told = await tx.views.notify(f"jump/{target}/{stretch}", self.rooms[0], words, now, keys_to(button))
                count += told
        return count

    async def spread_news(self) -> int:
        """Bring an incident's latest update to everybody it concerns; the last one closes their tickets."""
        async with self.store.reading() as tx:
            open_news = await tx.incidents.unspread()
        count = 0
        for incident in open_news:
            async with self.store.reading() as tx:
                tied = await tx.incidents.tied(incident.id)
            count += sum([await self._changed(ticket.id, self._pass_on, incident) for ticket in tied])
            async with self.store.writing() as tx:
                await tx.incidents.spread(incident)
        return count

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
        if not self.rules.hours.in_shift(agent.shift, now):
            return "jam jaga pemegangnya selesai"
        if ticket.waits_since is None:
            return None
        since = max(ticket.waits_since, ticket.touched_at or ticket.waits_since)
        return "terlalu lama tanpa jawaban" if self.rules.hours.worked(since, now) >= self.rules.idle else None

    async def _changed(
        self,
        number: int,
        change: Callable[[Transaction, Ticket, object], Awaitable[Sequence[Claimed] | None]],
        what: object,
    ) -> int:
        """Change one ticket under its locks; tell whether there was anything to change."""
        try:
            async with self.store.writing() as tx:
                found = await tx.tickets.get(number)
                if found is None:
                    return 0
                await tx.people.lock(found.participant)
                ticket = await tx.tickets.get(number, lock=True)
                claimed = await change(tx, ticket, what) if ticket else None
        except Overtaken:
            return 0
        if claimed is None:
            return 0
        await self.courier.send(claimed)
        return 1

    async def _put_back(self, tx: Transaction, ticket: Ticket, why: object) -> Sequence[Claimed] | None:
        now = self.clock.now()
        agents = {agent.who: agent for agent in await tx.agents.all()}
        if ticket.state is not TicketState.HELD or self._goes_back(ticket, agents, now) is None:
            return None
        await tx.tickets.save(replace(ticket, state=TicketState.WAITING, owner=None, queued_at=now), now)
        await tell(tx, ticket.id, f"↩️ Kembali ke antrean: {why}.", now)
        await tx.staff.record(
            "sobat", "ticket.back", f"ticket/{ticket.id}", now, why=str(why), owner=ticket.owner or ""
        )
        if ticket.waits_since is None or self.rules.hours.is_open(now):
            return ()
        person = await tx.people.get(ticket.participant)
        if person is None:
            return ()
        with speaking(person.language):
            words = later(ticket, self.rules.hours.opens_at(now), person).messages
        return await _owe(tx, ticket, f"ticket/{ticket.id}/later/{now:%Y%m%d}", words, now)

    async def _give(self, tx: Transaction, ticket: Ticket, agent: object) -> Sequence[Claimed] | None:
        assert isinstance(agent, Agent)  # noqa: S101 - given by `assign`
        now = self.clock.now()
        if ticket.state is not TicketState.WAITING:
            return None
        held = replace(ticket, state=TicketState.HELD, owner=agent.who, touched_at=now)
        await tx.tickets.save(held, now)
        await tx.dialogues.close(ticket.participant)
        await tx.agents.set(agent.who, given_at=now)
        await tell(tx, ticket.id, f"🎯 Giliran {agent.member.name}.", now)
        await tx.staff.record("sobat", "ticket.assign", f"ticket/{ticket.id}", now, owner=agent.who)
        return ()

    async def _pass_on(self, tx: Transaction, ticket: Ticket, incident: object) -> Sequence[Claimed] | None:
        """What the person wrote meanwhile keeps the ticket open: nothing unread is closed."""
        assert isinstance(incident, Incident)  # noqa: S101 - given by `spread_news`
        now = self.clock.now()
        person = await tx.people.get(ticket.participant)
        if person is None or not ticket.is_open or ticket.incident != incident.id:
            return None
        last = incident.closed_at is not None and not await tx.tickets.unseen(ticket.id)
        after = replace(ticket, answered_at=ticket.answered_at or now, touched_at=now)
        if last:
            after = replace(after, state=TicketState.CLOSED, closed_at=now, waits_since=None)
        elif incident.closed_at is not None:
            after = replace(after, incident=None)
        await tx.tickets.save(after, now)
        await tell(tx, ticket.id, f"📢 Kabar insiden {incident.id} terkirim." + (" Ditutup." if last else ""), now)
        with speaking(person.language):
            words = news(ticket, incident.news or "", last=last).messages
        return await _owe(tx, ticket, f"incident/{incident.id}/{incident.told}", words, now)


async def _owe(
    tx: Transaction, ticket: Ticket, source: str, words: Sequence[Message], now: datetime
) -> Sequence[Claimed]:
    owed = [
        Delivery(
            participant=ticket.participant,
            source=source if place == 0 else f"{source}/{place}",
            kind=Kind.STAFF,
            due_at=now,
            message=message,
        )
        for place, message in enumerate(words)
    ]
    return await tx.outbox.put_claimed(owed, now=now, lease=LEASE)
