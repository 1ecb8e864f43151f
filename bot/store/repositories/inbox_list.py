"""Inbox list: tickets as the console lists them, a page at a time, and what was said on one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from bot.store.repositories.repository import Repository, reader
from bot.store.repositories.thread_words import in_text, with_words
from bot.store.repositories.ticket_entries import entry_from
from bot.store.schema.console import console_sessions, tallies
from bot.store.schema.helpdesk import ticket_entries, tickets
from bot.store.schema.people import participants
from programme.model.tickets import Author, Entry, Ticket, TicketState

_t, _e = tickets.c, ticket_entries.c
_ticket = reader(Ticket)
_OPEN = (TicketState.WAITING, TicketState.HELD, TicketState.WITH_BOT)
_MOST_LABELS = 500


SEARCHED = timedelta(days=60)
"""How long ago a closed ticket may have been opened that is found by its words."""


class Pile(StrEnum):
    """Which tickets are listed."""

    WAITING = "antrean"
    MINE = "milikku"
    OPEN = "terbuka"
    PUT_OFF = "ditunda"
    CLOSED = "ditutup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: a pile, by whom it is asked, a team, a matter, a label, a number or words in the thread.

    `of` are the keyed hashes of somebody's mobile number: their tickets alone, of whichever pile.
    """

    pile: Pile = Pile.WAITING
    who: str = ""
    team: str = ""
    about: str = ""
    label: str = ""
    words: str = ""
    of: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether it leaves out some of the pile."""
        return bool(self.words or self.about or self.team or self.label or self.of)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ends, so that the next begins after it, whatever came or went meanwhile."""

    cutoff: datetime | None
    opened_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said last on a ticket, and the number of the entry that holds it."""

    entry: int
    text: str


class InboxList(Repository):
    """Repository of lists. Never more rows than asked for, in the order of the queue."""

    async def page(self, wanted: Wanted, limit: int, after: Place | None = None) -> tuple[list[Ticket], Place | None]:
        """Return tickets, nearest cutoff ahead first, closed ones newest first; and where the next page begins."""
        chosen = select(tickets).where(*_which(wanted, self.now, self._connection.dialect.name))
        if wanted.pile is Pile.CLOSED:
            chosen = chosen.order_by(_t.id.desc())
            if after is not None:
                chosen = chosen.where(_t.id < after.id)
        else:
            ahead = case((_t.cutoff > self.now, _t.cutoff), else_=None)
            chosen = chosen.order_by(ahead.is_(None), ahead, _t.opened_at, _t.id)
            if after is not None:
                chosen = chosen.where(_beyond(after, self.now))
        found = await self._all(chosen.limit(limit + 1), _ticket)
        more = found[limit:]
        shown = found[:limit]
        last = shown[-1] if more else None
        return shown, Place(last.cutoff, last.opened_at, last.id) if last else None

    async def counts(self, who: str) -> dict[Pile, int]:
        """Count the piles of open tickets."""
        here, away = _here(self.now), _t.put_off_to > self.now
        counted = select(
            func.count().filter(_t.state == TicketState.WAITING, here).label("waiting"),
            func.count().filter(_t.state == TicketState.HELD, _t.owner == who, here).label("mine"),
            func.count().filter(away).label("put_off"),
            func.count().label("open"),
        )
        row = (await self._connection.execute(counted.where(_t.state.in_(_OPEN)))).one()
        return {Pile.WAITING: row.waiting, Pile.MINE: row.mine, Pile.OPEN: row.open, Pile.PUT_OFF: row.put_off}

    async def labels(self) -> list[str]:
        """Return the labels of open tickets, in the order of the alphabet."""
        found = await self._connection.execute(
            select(_t.labels).where(_t.state.in_(_OPEN), _t.labels.is_not(None)).distinct().limit(_MOST_LABELS)
        )
        return sorted({label for row in found for label in row.labels.split()})

    async def entries(self, number: int, limit: int, before: int | None = None) -> list[Entry]:
        """Return the last entries of a ticket, or the last of those before one, oldest first."""
        chosen = select(ticket_entries).where(_e.ticket == number)
        if before is not None:
            chosen = chosen.where(_e.id < before)
        return list(reversed(await self._all(chosen.order_by(_e.id.desc()).limit(limit), entry_from)))

    async def said_last(self, numbers: Sequence[int]) -> dict[int, Said]:
        """Return what the person said last on each of these tickets."""
        if not numbers:
            return {}
        theirs = (_e.ticket.in_(numbers)) & (_e.author == Author.PERSON)
        last = select(func.max(_e.id)).where(theirs).group_by(_e.ticket)
        found = await self._connection.execute(select(_e.ticket, _e.id, _e.text).where(_e.id.in_(last)))
        return {row.ticket: Said(row.id, row.text) for row in found}

    async def version(self) -> tuple[object, ...]:
        """Return something that differs as soon as anything changed that the console shows live.

        Last stands how many are put off no longer: that changes by the hour, and by nothing else.
        """
        back = func.count().filter(_t.put_off_to <= self.now)
        turns = func.coalesce(func.sum(_t.fence + _t.view_turn), 0)
        open_ones = select(func.count().label("n"), turns.label("turns"), back.label("back"))
        chosen = open_ones.where(_t.state.in_(_OPEN)).subquery()
        last = select(func.max(_e.id)).scalar_subquery()
        newest = select(func.max(_t.id)).scalar_subquery()
        signed_in = select(func.count()).where(console_sessions.c.ended_at.is_(None)).scalar_subquery()
        counted = select(func.max(tallies.c.at)).where(tallies.c.name == "counted").scalar_subquery()
        seen = select(chosen.c.n, chosen.c.turns, last, newest, signed_in, counted, chosen.c.back)
        return tuple((await self._connection.execute(seen)).one())

    async def load(self, near: datetime) -> tuple[int, int, int, datetime | None]:
        """Count open tickets: waiting, held, with a cutoff ahead and before `near`; tell since when the first waits."""
        counted = select(
            func.count().filter(_t.state == TicketState.WAITING).label("waiting"),
            func.count().filter(_t.state == TicketState.HELD).label("held"),
            func.count().filter(_t.cutoff > self.now, _t.cutoff <= near).label("urgent"),
            func.min(_t.waits_since).filter(_t.state == TicketState.WAITING).label("oldest"),
        )
        row = (await self._connection.execute(counted.where(_t.state.in_(_OPEN)))).one()
        return row.waiting, row.held, row.urgent, row.oldest


def _here(now: datetime) -> ColumnElement[bool]:
    return or_(_t.put_off_to.is_(None), _t.put_off_to <= now)


def _which(wanted: Wanted, now: datetime, dialect: str) -> list[ColumnElement[bool]]:
    if wanted.of:
        theirs = select(participants.c.id).where(participants.c.phone_hash.in_(wanted.of))
        return [_t.participant.in_(theirs)]
    number = wanted.words.removeprefix("#")
    match wanted.pile:
        case Pile.WAITING:
            found = [_t.state == TicketState.WAITING, _here(now)]
        case Pile.MINE:
            found = [_t.state == TicketState.HELD, _t.owner == wanted.who, _here(now)]
        case Pile.OPEN:
            found = [_t.state.in_(_OPEN)]
        case Pile.PUT_OFF:
            found = [_t.state.in_(_OPEN), _t.put_off_to > now]
        case Pile.CLOSED:
            found = [_t.state == TicketState.CLOSED]
            if wanted.words and not number.isdecimal():
                found.append(_t.opened_at >= now - SEARCHED)
    if wanted.team:
        found.append(_t.team == wanted.team)
    if wanted.label:
        found.append(_t.labels.contains(f" {wanted.label} ", autoescape=True))
    if wanted.about:
        found.append(_t.about == wanted.about)
    if number.isdecimal():
        found.append(_t.id == min(int(number), 2**62))
    elif wanted.words:
        found.append(_said(wanted, now, dialect))
    return found


def _said(wanted: Wanted, now: datetime, dialect: str) -> ColumnElement[bool]:
    """Match the words of the complaint, and those of the whole thread."""
    since = now - SEARCHED if wanted.pile is Pile.CLOSED else None
    within, complaint = with_words(wanted.words, dialect, closed_since=since), in_text(wanted.words, _t.complaint)
    return complaint if within is None else or_(complaint, _t.id.in_(within))


def _beyond(after: Place, now: datetime) -> ColumnElement[bool]:
    """Match what stands behind a place in the queue's order."""
    later = or_(_t.opened_at > after.opened_at, and_(_t.opened_at == after.opened_at, _t.id > after.id))
    passed = or_(_t.cutoff.is_(None), _t.cutoff <= now)
    if after.cutoff is None or after.cutoff <= now:
        return and_(passed, later)
    return or_(passed, _t.cutoff > after.cutoff, and_(_t.cutoff == after.cutoff, later))
