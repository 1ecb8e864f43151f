"""Inbox list: tickets as the console lists them, a page at a time, and what was said on one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from bot.store.repositories.often_words import often_said
from bot.store.repositories.repository import Repository, reader
from bot.store.repositories.thread_words import WORD_INDEXES, among, with_words, words_of
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

LOOKED_THROUGH: Final = 400
"""Tickets of a list that one page looks through for words that are said all day long."""


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

    @property
    def looked_for(self) -> list[str]:
        """The words that are looked for in threads; a number alone is that of a ticket."""
        return [] if self.of or self.words.removeprefix("#").isdecimal() else words_of(self.words)


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


@dataclass(frozen=True, slots=True)
class PileCounts:
    """How many open tickets lie on the piles that all share, and how many are held by each member."""

    shared: Mapping[Pile, int]
    held: Mapping[str, int]

    def seen_by(self, who: str) -> dict[Pile, int]:
        """Return the counts as a member sees them."""
        piles = {pile: self.shared.get(pile, 0) for pile in (Pile.WAITING, Pile.OPEN, Pile.PUT_OFF)}
        return piles | {Pile.MINE: self.held.get(who, 0)}


class InboxList(Repository):
    """Repository of lists. Never more rows than asked for, in the order of the queue."""

    async def page(self, wanted: Wanted, limit: int, after: Place | None = None) -> tuple[list[Ticket], Place | None]:
        """Return tickets, nearest cutoff ahead first, closed ones newest first; and where the next page begins.

        A page of words that are said all day long holds what was found among so many; the next one goes on after them.
        """
        chosen = _in_order(select(tickets).where(*_which(wanted, self.now)), wanted, after, self.now)
        if words := wanted.looked_for:
            often = await often_said(self._connection, WORD_INDEXES, words)
            if often.issuperset(words):
                return await self._among_the_first(chosen, words, limit)
            since = self.now - SEARCHED if wanted.pile is Pile.CLOSED else None
            chosen = chosen.where(with_words(words, often, self._connection.dialect.name, since))
        found = await self._all(chosen.limit(limit + 1), _ticket)
        more, shown = found[limit:], found[:limit]
        return shown, _place(shown[-1]) if more else None

    async def _among_the_first(
        self, chosen: Select[Any], words: Sequence[str], limit: int
    ) -> tuple[list[Ticket], Place | None]:
        places = chosen.with_only_columns(_t.id, _t.cutoff, _t.opened_at).limit(LOOKED_THROUGH)
        looked = (await self._connection.execute(places)).all()
        having = among([row.id for row in looked], words, self._connection.dialect.name)
        having_them = set((await self._connection.execute(having)).scalars())
        first = [row.id for row in looked if row.id in having_them][: limit + 1]
        found = {one.id: one for one in await self._all(select(tickets).where(_t.id.in_(first)), _ticket)}
        shown = [found[number] for number in first[:limit] if number in found]
        if len(first) > limit:
            return shown, _place(shown[-1])
        return shown, _place(looked[-1]) if len(looked) == LOOKED_THROUGH else None

    async def counts(self) -> PileCounts:
        """Count the piles of open tickets, everybody's own as well."""
        away = (_t.put_off_to > self.now).label("away")
        alike = select(_t.state, _t.owner, away, func.count().label("n")).where(_t.state.in_(_OPEN))
        held, piles = Counter[str](), Counter[Pile]()
        for row in await self._connection.execute(alike.group_by(_t.state, _t.owner, away)):
            piles[Pile.OPEN] += row.n
            if row.away:
                piles[Pile.PUT_OFF] += row.n
            elif row.state is TicketState.WAITING:
                piles[Pile.WAITING] += row.n
            elif row.state is TicketState.HELD and row.owner is not None:
                held[row.owner] += row.n
        return PileCounts(piles, held)

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

    async def standing(self, numbers: Collection[int]) -> dict[int, tuple[int, int]]:
        """Return the fence of each of these tickets, and its last entry (0 without one): other ones, if it changed."""
        last = select(func.max(_e.id)).where(_e.ticket == _t.id).scalar_subquery()
        chosen = select(_t.id, _t.fence, func.coalesce(last, 0).label("entry")).where(_t.id.in_(numbers))
        return {row.id: (row.fence, row.entry) for row in await self._connection.execute(chosen)}

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


def _place(last: Any) -> Place:
    return Place(last.cutoff, last.opened_at, last.id)


def _in_order(chosen: Select[Any], wanted: Wanted, after: Place | None, now: datetime) -> Select[Any]:
    """Put tickets into the order of their pile, from a place on."""
    if wanted.pile is Pile.CLOSED:
        ordered = chosen.order_by(_t.id.desc())
        return ordered if after is None else ordered.where(_t.id < after.id)
    ahead = case((_t.cutoff > now, _t.cutoff), else_=None)
    ordered = chosen.order_by(ahead.is_(None), ahead, _t.opened_at, _t.id)
    return ordered if after is None else ordered.where(_beyond(after, now))


def _which(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
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
    elif wanted.words and not wanted.looked_for:
        found.append(_t.complaint.icontains(wanted.words, autoescape=True))
    return found


def _beyond(after: Place, now: datetime) -> ColumnElement[bool]:
    """Match what stands behind a place in the queue's order."""
    later = or_(_t.opened_at > after.opened_at, and_(_t.opened_at == after.opened_at, _t.id > after.id))
    passed = or_(_t.cutoff.is_(None), _t.cutoff <= now)
    if after.cutoff is None or after.cutoff <= now:
        return and_(passed, later)
    return or_(passed, _t.cutoff > after.cutoff, and_(_t.cutoff == after.cutoff, later))
