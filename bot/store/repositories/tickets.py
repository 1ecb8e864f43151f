"""Tickets: opened, changed under their fence, found by person and queue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, literal, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository, reader
from bot.store.repositories.ticket_entries import FACE, NEWS, stale
from bot.store.schema.helpdesk import advised, muted, tickets
from programme.model.tickets import Ticket, TicketState

_t = tickets.c
ticket_from = reader(Ticket)


class Overtaken(Exception):
    """Somebody else changed the ticket since it was read; read it again."""


class Tickets(Repository):
    """Repository of tickets."""

    async def open(self, ticket: Ticket) -> Ticket:
        """Keep a new ticket; it gets its number."""
        values = _columns(ticket) | {"warned": "", "shown_to": 0, "view_at": ticket.opened_at}
        values |= {"view_rank": NEWS, "view_turn": 1}
        added = await self._connection.execute(insert(tickets).values(values).returning(_t.id))
        return replace(ticket, id=added.scalar_one())

    async def get(self, number: int, *, lock: bool = False) -> Ticket | None:
        """Return a ticket; with `lock`, others wait with it until the transaction ends."""
        chosen = select(tickets).where(_t.id == number)
        if lock:  # which SQLite drops: it has one writer at a time
            chosen = chosen.with_for_update()
        return await self._one(chosen, ticket_from)

    async def many(self, numbers: Collection[int]) -> list[Ticket]:
        """Return the tickets with these numbers, those that exist."""
        return await self._all(select(tickets).where(_t.id.in_(numbers)), ticket_from) if numbers else []

    async def latest_of(self, participant: int) -> Ticket | None:
        """Return the person's newest ticket."""
        chosen = select(tickets).where(_t.participant == participant).order_by(_t.id.desc()).limit(1)
        return await self._one(chosen, ticket_from)

    async def known_of(self, participant: int, since: datetime) -> tuple[Ticket | None, bool, frozenset[str]]:
        """Return the person's newest ticket, whether they are muted, and what self-help they were offered since then.

        One question for what every message asks.
        """
        newest = select(_t.id).where(_t.participant == participant).order_by(_t.id.desc()).limit(1)
        held_back = select(muted.c.at).where(muted.c.participant == participant)
        lately = (advised.c.participant == participant) & (advised.c.at >= since)
        abouts = select(func.aggregate_strings(advised.c.about, ",")).where(lately)
        anyway = select(literal(1).label("one")).subquery()
        chosen = select(
            tickets, held_back.exists().label("is_muted"), abouts.scalar_subquery().label("abouts")
        ).select_from(anyway.outerjoin(tickets, _t.id == newest.scalar_subquery()))
        row = (await self._connection.execute(chosen)).one()
        ticket = None if row.id is None else ticket_from(row)
        return ticket, bool(row.is_muted), frozenset((row.abouts or "").split(",")) - {""}

    async def advise(self, participant: int, about: str) -> None:
        """Note that the person was offered self-help for a matter."""
        adding = insert_into(self._connection, advised).values(participant=participant, about=about, at=self.now)
        key = [advised.c.participant, advised.c.about]
        await self._connection.execute(adding.on_conflict_do_update(index_elements=key, set_={"at": self.now}))

    async def in_topic(self, room: str, topic: str) -> Ticket | None:
        """Return the ticket that the staff see in this topic."""
        return await self._one(select(tickets).where(_t.room == room, _t.topic == topic), ticket_from)

    async def save(self, ticket: Ticket, *, rank: int = NEWS) -> Ticket:
        """Keep a changed ticket, unless it changed since it was read: then raises Overtaken.

        `rank` tells how urgent the change is to the staff.
        """
        after = replace(ticket, fence=ticket.fence + 1)
        this = update(tickets).where(_t.id == ticket.id, _t.fence == ticket.fence)
        changed = await self._connection.execute(this.values(_columns(after) | stale(self.now, rank)))
        if changed.rowcount != 1:
            raise Overtaken(ticket.id)
        return after

    async def queue(self, limit: int = 1000) -> list[Ticket]:
        """Return the tickets that wait and are not put off: nearest cutoff still ahead first, then the oldest."""
        here = _t.put_off_to.is_(None) | (_t.put_off_to <= self.now)
        chosen = select(tickets).where(_t.state == TicketState.WAITING, here).order_by(*_urgency(self.now)).limit(limit)
        return await self._all(chosen, ticket_from)

    async def place(self, ticket: Ticket) -> int:
        """Return the ticket's place in the queue, from 1."""
        ahead = (_t.opened_at < ticket.opened_at) | ((_t.opened_at == ticket.opened_at) & (_t.id < ticket.id))
        near = (
            (_t.cutoff > self.now)
            if ticket.cutoff is None or ticket.cutoff <= self.now
            else (_t.cutoff < ticket.cutoff)
        )
        if ticket.cutoff is None or ticket.cutoff <= self.now:
            before: ColumnElement[bool] = near | ahead
        else:
            before = ((_t.cutoff > self.now) & near) | ((_t.cutoff == ticket.cutoff) & ahead)
        waiting = (_t.state == TicketState.WAITING) & (_t.id != ticket.id)
        counted = await self._connection.execute(select(func.count()).select_from(tickets).where(waiting, before))
        return counted.scalar_one() + 1

    async def held(self, owner: str | None = None) -> list[Ticket]:
        """Return the tickets in somebody's hands."""
        chosen = select(tickets).where(_t.state == TicketState.HELD).order_by(_t.id)
        if owner is not None:
            chosen = chosen.where(_t.owner == owner)
        return await self._all(chosen, ticket_from)

    async def quiet(self, before: datetime) -> list[int]:
        """Return the tickets given back to the bot of which nobody heard since then."""
        chosen = select(_t.id).where(_t.state == TicketState.WITH_BOT, _t.touched_at < before).order_by(_t.id)
        return list((await self._connection.execute(chosen.limit(200))).scalars())

    async def loads(self) -> dict[str, int]:
        """Count the tickets in each agent's hands."""
        counted = await self._connection.execute(
            select(_t.owner, func.count().label("held")).where(_t.state == TicketState.HELD).group_by(_t.owner)
        )
        return {row.owner: row.held for row in counted}

    async def everything_open(self) -> list[Ticket]:
        """Return all tickets that are not closed."""
        chosen = select(tickets).where(_t.state != TicketState.CLOSED).order_by(_t.id)
        return await self._all(chosen, ticket_from)

    async def to_warn(self) -> list[Ticket]:
        """Return the open tickets of which not every warning went out."""
        some = _t.warned.not_like("%answer%") | _t.warned.not_like("%closing%")
        chosen = select(tickets).where(_t.state != TicketState.CLOSED, some).order_by(_t.id)
        return await self._all(chosen, ticket_from)

    async def set_cutoff(self, number: int, cutoff: datetime | None) -> None:
        """Note until when the person has to buy, which is what the queue goes by."""
        changed = _t.cutoff.is_distinct_from(cutoff)
        this = update(tickets).where(_t.id == number, changed)
        await self._connection.execute(this.values({"cutoff": cutoff} | stale(self.now, FACE)))

    async def tie(self, number: int, incident: int) -> None:
        """Tie a ticket to an incident."""
        this = update(tickets).where(_t.id == number, _t.incident.is_(None))
        await self._connection.execute(
            this.values({"incident": incident, "fence": _t.fence + 1} | stale(self.now, FACE))
        )

    async def warned(self, number: int, target: str) -> bool:
        """Note that a warning about this target goes out; False where it went before."""
        this = update(tickets).where(_t.id == number, _t.warned.not_like(f"%{target}%"))
        done = await self._connection.execute(this.values(warned=_t.warned + target + " "))
        return done.rowcount == 1

    async def warn_anew(self, number: int) -> None:
        """Let every warning about a ticket go out once more: it was opened again."""
        await self._connection.execute(update(tickets).where(_t.id == number).values(warned=""))

    async def answering_time(self, since: datetime) -> timedelta | None:
        """Return the mean time between first answers since then; None where they are too few to say."""
        few = 5
        measured = await self._connection.execute(
            select(func.count(), func.min(_t.answered_at), func.max(_t.answered_at)).where(_t.answered_at >= since)
        )
        count, first, last = measured.one()
        return (last - first) / (count - 1) if count >= few and last > first else None

    async def mute(self, participant: int, by: str) -> None:
        """Keep the person's messages from the staff."""
        adding = insert_into(self._connection, muted).values(participant=participant, by=by, at=self.now)
        await self._connection.execute(adding.on_conflict_do_nothing())

    async def unmute(self, participant: int) -> None:
        """Let the person's messages through again."""
        await self._connection.execute(delete(muted).where(muted.c.participant == participant))

    async def is_muted(self, participant: int) -> bool:
        """Tell whether the person's messages are kept from the staff."""
        found = await self._connection.execute(select(muted.c.at).where(muted.c.participant == participant))
        return found.first() is not None


def _urgency(now: datetime) -> tuple[Any, ...]:
    ahead = case((_t.cutoff > now, _t.cutoff), else_=None)
    return case((ahead.is_(None), 1), else_=0), ahead, _t.opened_at, _t.id


def _columns(ticket: Ticket) -> dict[str, Any]:
    values = asdict(ticket)
    del values["id"]
    return values
