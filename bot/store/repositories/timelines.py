"""Timelines: everything that happened to one person, from every table that tells of it, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Row, Select, select

from bot.store.delivery_queue.delivery_log import past
from bot.store.repositories.repository import Repository
from bot.store.schema.codec import message_from_json
from bot.store.schema.helpdesk import ticket_entries, tickets
from bot.store.schema.people import chat_posts, corrections, history, participants, progress
from programme.model.messages import Kind
from programme.model.milestones import Source
from programme.model.tickets import Author

_STEPS = frozenset({"MilestoneReached", "MilestoneUndone"})
"""Events that the steps themselves tell, with who says so."""


class HappeningSort(StrEnum):
    """What a happening is about."""

    JOINED = "joined"
    EVENT = "event"
    REACHED = "reached"
    UNDONE = "undone"
    SENT = "sent"
    SAID = "said"
    OPENED = "opened"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened, at a moment in UTC.

    `name` is an event, a milestone, a delivery's source or a ticket's matter; `by` who says so or how it ended;
    `number` a ticket's. Of a correction `who` did it, and `text` says why.
    """

    at: datetime
    sort: HappeningSort
    name: str = ""
    text: str = ""
    by: str = ""
    who: str = ""
    kind: Kind | None = None
    number: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


class Timelines(Repository):
    """Repository of timelines."""

    async def of(
        self, person: int, limit: int, before: datetime | None = None
    ) -> tuple[list[Happening], datetime | None]:
        """Return what happened last, before a moment if one is given; and before which the rest lies.

        What happened at one moment is never torn apart between two pages.
        """
        found = [
            *await self._joined(person, before),
            *await self._events(person, limit, before),
            *await self._steps(person, limit, before),
            *await self._sent(person, limit, before),
            *await self._said(person, limit, before),
            *await self._tickets(person, limit, before),
        ]
        found.sort(key=lambda one: one.at, reverse=True)
        return _page(found, limit)

    async def _rows(self, chosen: Select[Any], at: Column[Any], limit: int, before: datetime | None) -> list[Row[Any]]:
        chosen = chosen.where(at.is_not(None)).order_by(at.desc(), *(key.desc() for key in at.table.primary_key))
        if before is not None:
            chosen = chosen.where(at < before)
        return list((await self._connection.execute(chosen.limit(limit + 1))).all())

    async def _joined(self, person: int, before: datetime | None) -> list[Happening]:
        chosen = select(participants.c.joined_at).where(participants.c.id == person)
        rows = await self._rows(chosen, participants.c.joined_at, 1, before)
        return [Happening(at=row.joined_at, sort=HappeningSort.JOINED) for row in rows]

    async def _events(self, person: int, limit: int, before: datetime | None) -> list[Happening]:
        chosen = select(history).where(history.c.participant == person, history.c.event.not_in(_STEPS))
        rows = await self._rows(chosen, history.c.at, limit, before)
        return [Happening(at=row.at, sort=HappeningSort.EVENT, name=row.event, fields=row.fields) for row in rows]

    async def _steps(self, person: int, limit: int, before: datetime | None) -> list[Happening]:
        """Return steps as they were noted and taken back; those that the staff put right, with who and why."""
        own, gone_at = select(progress).where(progress.c.participant == person), progress.c.undone_at
        theirs = select(corrections).where(corrections.c.participant == person)
        corrected = (await self._connection.execute(theirs)).all()
        acts = {(row.at, row.milestone): (row.who, row.reason) for row in corrected}
        acts |= {(row.undone_at, row.milestone): (row.undone_by, "") for row in corrected if row.undone_at}
        undone = await self._rows(own.where(gone_at.is_not(None)), gone_at, limit, before)
        noted = await self._rows(own.where(gone_at.is_(None)), progress.c.noted_at, limit, before)
        noted += await self._rows(own.where(gone_at.is_not(None)), progress.c.noted_at, limit, before)
        replaced = {(row.noted_at, row.milestone) for row in noted}
        steps = [_step(row, row.noted_at, HappeningSort.REACHED, acts) for row in noted]
        gone = [row for row in undone if (row.undone_at, row.milestone) not in replaced]
        return [*steps, *(_step(row, row.undone_at, HappeningSort.UNDONE, acts) for row in gone)]

    async def _sent(self, person: int, limit: int, before: datetime | None) -> list[Happening]:
        return [
            Happening(
                at=one.closed_at or one.due_at,
                sort=HappeningSort.SENT,
                name=one.source,
                text=one.message.text if one.message else "",
                by=one.state,
                kind=one.kind,
                fields={"channel": one.channel or ""},
            )
            for one in await past(self._connection, person, before, limit + 1)
        ]

    async def _said(self, person: int, limit: int, before: datetime | None) -> list[Happening]:
        """Return their own words, where they are kept: on tickets, and on the web page."""
        e, p = ticket_entries.c, chat_posts.c
        theirs = select(tickets.c.id).where(tickets.c.participant == person)
        entries = select(ticket_entries).where(e.ticket.in_(theirs), e.author == Author.PERSON)
        posts = select(chat_posts).where(p.participant == person, p.kind.is_(None))
        on_tickets = [
            Happening(at=row.at, sort=HappeningSort.SAID, text=row.text, number=row.ticket)
            for row in await self._rows(entries, e.at, limit, before)
        ]
        on_page = [
            Happening(at=row.at, sort=HappeningSort.SAID, text=message_from_json(row.content).text)
            for row in await self._rows(posts, p.at, limit, before)
        ]
        return on_tickets + on_page

    async def _tickets(self, person: int, limit: int, before: datetime | None) -> list[Happening]:
        theirs = select(tickets).where(tickets.c.participant == person)
        opened = await self._rows(theirs, tickets.c.opened_at, limit, before)
        closed = await self._rows(theirs, tickets.c.closed_at, limit, before)
        return [
            *(Happening(at=r.opened_at, sort=HappeningSort.OPENED, name=r.about, number=r.id) for r in opened),
            *(Happening(at=r.closed_at, sort=HappeningSort.CLOSED, name=r.about, number=r.id) for r in closed),
        ]


def _step(row: Row[Any], at: datetime, sort: HappeningSort, acts: Mapping[Any, tuple[str, str]]) -> Happening:
    who, why = acts.get((at, row.milestone), ("", ""))
    on = {"on": row.on.isoformat()} if row.on else {}
    by = Source(row.source).value
    return Happening(at=at, sort=sort, name=row.milestone, by=by, who=who, text=why, fields=on)


def _page(found: list[Happening], limit: int) -> tuple[list[Happening], datetime | None]:
    if len(found) <= limit:
        return found, None
    end = found[limit].at
    whole = [one for one in found[:limit] if one.at != end]
    kept = whole or [one for one in found if one.at == end]
    return kept, kept[-1].at
