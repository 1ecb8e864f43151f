"""How the staff see tickets: which views are out of date, what was shown where, and notices to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, delete, func, literal, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository, reader
from bot.store.repositories.ticket_entries import FACE, NEWS, entry_from
from bot.store.repositories.tickets import ticket_from
from bot.store.schema.helpdesk import staff_notices, ticket_entries, tickets, topics_to_drop
from programme.model.tickets import Entry, Ticket

_t = tickets.c
_n = staff_notices.c
_LATEST_ROOM = select(tickets.c.room).where(tickets.c.room.is_not(None)).order_by(tickets.c.id.desc()).limit(1)
_e = ticket_entries.c
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One ticket as it is shown, and what is still to be shown. `turn` tells whether there came more since."""

    ticket: Ticket
    room: str
    topic: str | None
    card: str | None
    card_digest: str | None
    face: str | None
    shown_to: int
    turn: int
    more: bool  # whether others wait in this room
    rank: int
    news: Sequence[tuple[Entry, Any]]  # entries with the keys below them

    def without(self, shown: Sequence[Entry]) -> View:
        """Return the view when the first of its news are shown."""
        return replace(self, news=self.news[len(shown) :]) if shown else self


@dataclass(frozen=True, slots=True)
class Notice:
    """Words to everybody in a room of the staff."""

    id: int
    room: str
    text: str
    keys: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTimes:
    """The moments of one ticket, UTC, and how it was judged."""

    about: str
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    cutoff: datetime | None
    stars: int | None
    reopened: int


class TicketViews(Repository):
    """Repository of what the staff see."""

    async def place(self, number: int, room: str) -> None:
        """Let a ticket be shown in this room."""
        await self._connection.execute(update(tickets).where(_t.id == number, _t.room.is_(None)).values(room=room))

    async def quietest(self, rooms: Sequence[str]) -> str:
        """Return the room in which the fewest acts are still to be done, of these the one with the fewest tickets."""
        if len(rooms) == 1:
            return rooms[0]
        waiting = await self.acts_waiting()
        counted = await self._connection.execute(
            select(_t.room, func.count().label("many"))
            .where(_t.room.in_(rooms), _t.state != "closed")
            .group_by(_t.room)
        )
        many = {row.room: row.many for row in counted}
        return min(rooms, key=lambda room: (waiting.get(room, 0), many.get(room, 0)))

    async def acts_waiting(self) -> dict[str, int]:
        """Count by room what is still to be done for people: a new ticket takes a topic and a card, others one."""
        acts = func.sum(case((_t.topic.is_(None), 2), else_=1)).label("acts")
        waiting = (_t.view_at.is_not(None), _t.view_rank <= NEWS, _t.room.is_not(None))
        counted = await self._connection.execute(select(_t.room, acts).where(*waiting).group_by(_t.room))
        return {row.room: int(row.acts) for row in counted}

    async def topics_of(self, numbers: Sequence[int]) -> dict[int, tuple[str, str | None]]:
        """Return room and topic of tickets that are in a room; the topic is None until there is one."""
        chosen = select(_t.id, _t.room, _t.topic).where(_t.id.in_(numbers), _t.room.is_not(None))
        return {row.id: (row.room, row.topic) for row in await self._connection.execute(chosen)}

    async def claim(self, room: str, lease: timedelta, *, rank: int = FACE) -> View | None:
        """Take the room's most urgent view that is out of date: what people said first, then the oldest.

        What is less urgent than `rank` is left.
        """
        free = _t.view_lease.is_(None) | (_t.view_lease <= self.now)
        chosen = (
            select(tickets)
            .where(_t.room == room, _t.view_rank <= rank, _t.view_at <= self.now, free)
            .order_by(_t.view_rank, _t.view_at, _t.id)
            .limit(2)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(chosen)).all()
        if not rows:
            return None
        row = rows[0]
        await self._connection.execute(update(tickets).where(_t.id == row.id).values(view_lease=self.now + lease))
        return await self._view(row, more=len(rows) > 1)

    async def anew(self, view: View) -> View:
        """Return a view as it is to be shown by now; its lease stays as it is."""
        row = (await self._connection.execute(select(tickets).where(_t.id == view.ticket.id))).one()
        return await self._view(row, more=view.more)

    async def _view(self, row: Row[Any], *, more: bool) -> View:
        entries = select(ticket_entries).where(_e.ticket == row.id, _e.id > row.shown_to).order_by(_e.id).limit(_MOST)
        found = (await self._connection.execute(entries)).all()
        return View(
            ticket=ticket_from(row),
            room=row.room,
            topic=row.topic,
            card=row.card,
            card_digest=row.card_digest,
            face=row.topic_face,
            shown_to=row.shown_to,
            turn=row.view_turn,
            more=more,
            rank=row.view_rank,
            news=[(entry_from(one), one.keys) for one in found],
        )

    async def stale(self, number: int) -> None:
        """Have the view brought up to date."""
        this = update(tickets).where(_t.id == number)
        await self._connection.execute(this.values(view_at=self.now, view_rank=NEWS, view_turn=_t.view_turn + 1))

    async def shown(self, number: int, **values: str | int | None) -> None:
        """Note at once what was put on show, so that a crash right after shows it no second time."""
        await self._connection.execute(update(tickets).where(_t.id == number).values(values))

    async def entry_shown(self, number: int, entry: int, shown: str | None) -> None:
        """Note under which id the staff see an entry; everything up to it counts as shown."""
        this = update(ticket_entries).where(_e.id == entry, _e.shown.is_(None))
        await self._connection.execute(this.values(shown=shown))
        await self._connection.execute(update(tickets).where(_t.id == number).values(shown_to=entry))

    async def lost(self, number: int) -> None:
        """Forget everything that was on show; the view is built anew."""
        nothing: dict[str, Any] = dict.fromkeys(("topic", "card", "card_digest", "topic_face"))
        await self._connection.execute(update(tickets).where(_t.id == number).values(**nothing, shown_to=0))
        await self._connection.execute(update(ticket_entries).where(_e.ticket == number).values(shown=None))

    async def settle(self, view: View, *, again_at: datetime | None = None, rank: int | None = None) -> None:
        """Let go of a view: up to date unless more came meanwhile, or to be tried again, as urgent as `rank` now."""
        this = update(tickets).where(_t.id == view.ticket.id)
        await self._connection.execute(this.values(view_lease=None))
        unchanged = this.where(_t.view_turn == view.turn)
        if again_at is None:
            await self._connection.execute(unchanged.values(view_at=None, view_rank=FACE))
            return
        await self._connection.execute(this.values(view_at=again_at))
        if rank is not None:
            await self._connection.execute(unchanged.values(view_rank=rank))

    async def rooms_with_news(self) -> dict[str, int]:
        """Return the rooms in which there is anything to show, to tell or to take away, and how urgent that is."""
        free = _t.view_lease.is_(None) | (_t.view_lease <= self.now)
        waits = select(_t.room, _t.view_rank.label("rank")).where(_t.view_at <= self.now, free, _t.room.is_not(None))
        untold = select(_n.room, literal(NEWS)).where(_n.posted_at.is_(None))
        parts = waits.union_all(untold, select(topics_to_drop.c.room, literal(FACE))).subquery()
        most_urgent = func.min(parts.c.rank).label("rank")
        found = await self._connection.execute(select(parts.c.room, most_urgent).group_by(parts.c.room))
        return {row.room: row.rank for row in found}

    async def notify(self, key: str, room: str, text: str, keys: Any = None) -> bool:
        """Tell a room something, once for each `key`; tell whether it is new."""
        adding = insert_into(self._connection, staff_notices).values(
            key=key, at=self.now, room=room, text=text, keys=keys
        )
        added = await self._connection.execute(adding.on_conflict_do_nothing().returning(_n.id))
        return added.first() is not None

    async def notify_all(self, key: str, text: str) -> None:
        """Tell the room in which the latest ticket is shown; where none was shown yet there is nobody to tell."""
        room = (await self._connection.execute(_LATEST_ROOM)).scalar()
        if room is not None:
            await self.notify(key, room, text)

    async def notices(self, room: str, limit: int = 1000) -> list[Notice]:
        """Return what the room was not told yet, oldest first."""
        chosen = select(staff_notices).where(_n.posted_at.is_(None), _n.room == room).order_by(_n.id).limit(limit)
        return [Notice(row.id, row.room, row.text, row.keys) for row in await self._connection.execute(chosen)]

    async def noticed(self, notice: int, shown: str | None) -> None:
        """Note that the room was told, and under which id it sees that."""
        told = update(staff_notices).where(_n.id == notice)
        await self._connection.execute(told.values(posted_at=self.now, shown=shown))

    async def notice_at(self, room: str, shown: str) -> str | None:
        """Return the key of what the room was told under this id."""
        found = await self._connection.execute(select(_n.key).where(_n.room == room, _n.shown == shown).limit(1))
        key: str | None = found.scalar()
        return key

    async def times(self, since: datetime) -> Sequence[TicketTimes]:
        """Return what figures need of tickets opened since then, and of all that are still open."""
        columns = [_t[field.name] for field in fields(TicketTimes)]
        chosen = select(*columns).where((_t.opened_at >= since) | (_t.state != "closed")).order_by(_t.id)
        return await self._all(chosen, reader(TicketTimes))

    async def prune_notices(self, before: datetime, few: int) -> int:
        """Drop the next `few` notices that were posted before then; return how many."""
        old = select(_n.id).where(_n.posted_at < before).order_by(_n.posted_at).limit(few)
        return (await self._connection.execute(delete(staff_notices).where(_n.id.in_(old)))).rowcount

    async def prune(self, before: datetime, few: int) -> int:
        """Empty the next `few` tickets closed before then, whether a group shows them or not; return how many.

        What was said goes with the topic; moments and stars stay for the figures.
        """
        closed = _t.closed_at < before, _t.closed_at.is_not(None), _t.emptied_at.is_(None), _t.state == "closed"
        old = select(_t.id, _t.room, _t.topic).where(*closed)
        rows = (await self._connection.execute(old.order_by(_t.closed_at).limit(few))).all()
        numbers = [row.id for row in rows]
        if not rows:
            return 0
        gone = [{"room": row.room, "topic": row.topic} for row in rows if row.topic is not None]
        if gone:
            adding = insert_into(self._connection, topics_to_drop).on_conflict_do_nothing()
            await self._connection.execute(adding, gone)
        await self._connection.execute(delete(ticket_entries).where(_e.ticket.in_(numbers)))
        nothing: dict[str, Any] = dict.fromkeys(
            ("room", "topic", "card", "card_digest", "topic_face", "view_at", "word", "labels")
        )
        words = {"complaint": "", "summary": "", "heard": "", "emptied_at": self.now}
        await self._connection.execute(update(tickets).where(_t.id.in_(numbers)).values(nothing | words))
        return len(rows)

    async def to_drop(self, room: str, limit: int = 1000) -> list[str]:
        """Return topics to take away."""
        chosen = select(topics_to_drop.c.topic).where(topics_to_drop.c.room == room).limit(limit)
        return list((await self._connection.execute(chosen)).scalars())

    async def dropped(self, room: str, topic: str) -> None:
        """Note that a topic is gone."""
        d = topics_to_drop.c
        await self._connection.execute(delete(topics_to_drop).where(d.room == room, d.topic == topic))
