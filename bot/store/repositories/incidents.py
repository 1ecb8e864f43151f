"""Incidents: many complaints of one kind about one platform, answered by one update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, insert, select, update

from bot.store.repositories.repository import Repository, reader
from bot.store.repositories.tickets import ticket_from
from bot.store.schema.helpdesk import incidents, tickets
from bot.store.schema.people import participants
from programme.model.tickets import Ticket, TicketState

_i = incidents.c
_t = tickets.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something is broken for many. `news` is the latest update, which new complainants get at once.

    `proposed` is one that waits for a second person, and whether it is to be the last.
    """

    id: int
    about: str
    concerned: str | None
    opened_at: datetime
    closed_at: datetime | None = None
    news: str | None = None
    told: int = 0
    proposed: str | None = None
    proposed_last: bool | None = None
    proposed_by: str | None = None


_incident = reader(Incident)
_NOTHING_PROPOSED: Final[dict[str, Any]] = {"proposed": None, "proposed_last": None, "proposed_by": None}


@dataclass(frozen=True, slots=True)
class Jump:
    """How many tickets of one kind came lately, and in a usual stretch before."""

    about: str
    concerned: str | None
    lately: int
    before: int


class Incidents(Repository):
    """Repository of incidents."""

    async def counted(self, since: datetime, usual_from: datetime) -> list[Jump]:
        """Count tickets by kind and platform: those since `since`, and those between `usual_from` and then."""
        lately = func.count().filter(_t.opened_at >= since)
        kinds = await self._connection.execute(
            select(_t.about, _t.concerned, lately.label("lately"), (func.count() - lately).label("before"))
            .where(_t.opened_at >= usual_from)
            .group_by(_t.about, _t.concerned)
            .order_by(_t.about, _t.concerned)
        )
        return [Jump(row.about, row.concerned, row.lately, row.before) for row in kinds]

    async def open(self, about: str, concerned: str | None) -> Incident:
        """Begin an incident."""
        values = {"about": about, "concerned": concerned, "opened_at": self.now, "told": 0, "spread": True}
        added = await self._connection.execute(insert(incidents).values(values).returning(_i.id))
        return Incident(id=added.scalar_one(), about=about, concerned=concerned, opened_at=self.now)

    async def get(self, number: int, *, lock: bool = False) -> Incident | None:
        """Return an incident; with `lock`, others wait with it."""
        chosen = select(incidents).where(_i.id == number)
        if lock:  # which SQLite drops: it has one writer at a time
            chosen = chosen.with_for_update()
        return await self._one(chosen, _incident)

    async def current(self, about: str, concerned: str | None, *, lock: bool = False) -> Incident | None:
        """Return the open incident that a complaint belongs to; with `lock`, it stays open meanwhile."""
        chosen = select(incidents).where(_i.closed_at.is_(None), _same(about, concerned)).order_by(_i.id).limit(1)
        if lock:  # which SQLite drops: it has one writer at a time
            chosen = chosen.with_for_update(read=True)
        return await self._one(chosen, _incident)

    async def all_open(self) -> list[Incident]:
        """Return the open incidents, oldest first."""
        return await self._all(select(incidents).where(_i.closed_at.is_(None)).order_by(_i.id), _incident)

    async def tell(self, number: int, news: str, closed_at: datetime | None) -> None:
        """Keep the latest update, which may be the last; it is still to be spread."""
        changed = update(incidents).where(_i.id == number)
        told = {"news": news, "closed_at": closed_at, "told": _i.told + 1, "spread": False}
        await self._connection.execute(changed.values(**told, **_NOTHING_PROPOSED))

    async def propose(self, number: int, news: str, *, last: bool, who: str) -> None:
        """Keep an update that waits for a second person, in the place of one that waited before."""
        changed = update(incidents).where(_i.id == number)
        await self._connection.execute(changed.values(proposed=news, proposed_last=last, proposed_by=who))

    async def drop_proposed(self, number: int) -> None:
        """Forget an update that waits."""
        await self._connection.execute(update(incidents).where(_i.id == number).values(**_NOTHING_PROPOSED))

    async def unspread(self) -> list[Incident]:
        """Return the incidents whose latest update did not reach every ticket yet."""
        return await self._all(select(incidents).where(_i.spread.is_(False)).order_by(_i.id), _incident)

    async def spread(self, incident: Incident) -> None:
        """Note that the update reached every ticket, unless there is a newer one."""
        this = (_i.id == incident.id) & (_i.told == incident.told)
        await self._connection.execute(update(incidents).where(this).values(spread=True))

    async def fitting(self, incident: Incident, since: datetime) -> list[Ticket]:
        """Return the open tickets since then that belong to the incident and are tied to none."""
        kind = (_t.about == incident.about) & _t.concerned.is_not_distinct_from(incident.concerned)
        chosen = select(tickets).where(
            kind, _t.opened_at >= since, _t.state != TicketState.CLOSED, _t.incident.is_(None)
        )
        return await self._all(chosen.order_by(_t.id), ticket_from)

    async def count_tied(self, number: int) -> int:
        """Count the open tickets that are tied to an incident."""
        these = (_t.incident == number) & (_t.state != TicketState.CLOSED)
        return (await self._connection.execute(select(func.count()).select_from(tickets).where(these))).scalar_one()

    async def waves(self, number: int) -> tuple[int, ...]:
        """Return the waves of those whose open tickets are tied to an incident, as far as they are known."""
        wave = participants.c.wave
        these = (_t.incident == number) & (_t.state != TicketState.CLOSED) & wave.is_not(None)
        among = select(wave).join(tickets, _t.participant == participants.c.id).where(these).distinct()
        return tuple((await self._connection.execute(among.order_by(wave))).scalars())

    async def tied(self, number: int) -> list[Ticket]:
        """Return the open tickets that are tied to an incident."""
        chosen = select(tickets).where(_t.incident == number, _t.state != TicketState.CLOSED).order_by(_t.id)
        return await self._all(chosen, ticket_from)


def _same(about: str, concerned: str | None) -> ColumnElement[bool]:
    return (_i.about == about) & _i.concerned.is_not_distinct_from(concerned)
