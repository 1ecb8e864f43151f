"""What was said and done on a ticket: added, found again by whoever sees it, and whether it reached the person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, delete, insert, select, update

from bot.store.repositories.repository import Repository
from bot.store.schema.codec import attachment_from, attachment_to
from bot.store.schema.helpdesk import ticket_entries, tickets
from bot.store.schema.traffic import deliveries
from programme.model.deliveries import ASKED, WITHOUT_FILE
from programme.model.tickets import Author, Entry

_t = tickets.c
_e = ticket_entries.c
WORDS, NEWS, FACE = range(3)
"""How urgent a view is: what a person said; what is new to the staff; a card that only looks different."""

_JUST_NOW = timedelta(minutes=1)
"""For so long after it was said nobody has read what no group shows."""

_UNDECIDED = ("pending", "leased")
_r = deliveries.c
_BECAME = case(
    ((_r.state == "sent") & (_r.reason == WITHOUT_FILE), WITHOUT_FILE),
    ((_r.state == "held") & _r.reason.startswith(ASKED), ASKED),
    else_=_r.state,
)


class TicketEntries(Repository):
    """Repository of entries."""

    async def say(
        self, entry: Entry, *, keys: object = None, source: str | None = None, rank: int | None = None
    ) -> Entry:
        """Add an entry; `source` is that of the delivery that carries it, `{entry}` in it its number.

        `rank` tells how urgent it is to the staff, where that does not follow from who says it.
        """
        ticket = select(_t.participant).where(_t.id == entry.ticket).scalar_subquery()
        values = {
            "participant": ticket,
            "ticket": entry.ticket,
            "at": entry.at,
            "author": entry.author,
            "who": entry.who,
            "text": entry.text,
            "attachment": attachment_to(entry.attachment) if entry.attachment else None,
            "origin": entry.origin,
            "replies_to": entry.replies_to,
            "corrects": entry.corrects,
            "shown": entry.shown,
            "keys": keys,
        }
        added = await self._connection.execute(insert(ticket_entries).values(values).returning(_e.id))
        kept = replace(entry, id=added.scalar_one())
        if source is not None:
            named = update(ticket_entries).where(_e.id == kept.id).values(source=source.format(entry=kept.id))
            await self._connection.execute(named)
        if rank is None:
            rank = WORDS if entry.author is Author.PERSON else NEWS
        await self._connection.execute(update(tickets).where(_t.id == entry.ticket).values(stale(entry.at, rank)))
        return kept

    async def say_to_staff(self, number: int, text: str, keys: object = None, *, rank: int = NEWS) -> None:
        """Add what the desk itself says to the staff; `text` is HTML."""
        await self.say(Entry(ticket=number, at=self.now, author=Author.DESK, text=text), keys=keys, rank=rank)

    async def take_back(self, number: int) -> None:
        """Drop an entry that was not sent after all."""
        await self._connection.execute(delete(ticket_entries).where(_e.id == number))

    async def get(self, number: int) -> Entry | None:
        """Return one entry."""
        return await self._one(select(ticket_entries).where(_e.id == number), entry_from)

    async def at(
        self, number: int, *, shown: str | None = None, origin: str | None = None, provider: str | None = None
    ) -> Entry | None:
        """Find an entry by the id under which the staff, its writer, or the person who got it see it."""
        found = select(ticket_entries).where(_e.ticket == number)
        if shown is not None:
            found = found.where(_e.shown == shown)
        elif origin is not None:
            found = found.where(_e.origin == origin)
        else:
            found = found.join(
                deliveries,
                (deliveries.c.participant == _e.participant)
                & (deliveries.c.source == _e.source)
                & (deliveries.c.provider_id == provider),
            )
        return await self._one(found.order_by(_e.id.desc()).limit(1), entry_from)

    async def unseen(self, number: int, seen_to: int = 0) -> bool:
        """Tell whether the person said something that the staff were not shown yet, after the entry `seen_to`.

        Where no group shows the ticket, the staff see it at the console as soon as it is said, and read it a little
        later.
        """
        unread = _t.room.is_not(None) | (_e.at > self.now - _JUST_NOW)
        theirs = (
            (_e.ticket == number) & (_e.author == Author.PERSON) & (_e.id > _t.shown_to) & (_e.id > seen_to) & unread
        )
        found = await self._connection.execute(select(_e.id).join(tickets, _t.id == _e.ticket).where(theirs).limit(1))
        return found.first() is not None

    async def carried(self, entry: int) -> tuple[str, str, str] | None:
        """Return channel, address and id under which the person got an entry; None where it is not there."""
        found = await self._connection.execute(
            select(deliveries.c.via_channel, deliveries.c.via_address, deliveries.c.provider_id)
            .join(ticket_entries, (_e.participant == deliveries.c.participant) & (_e.source == deliveries.c.source))
            .where(_e.id == entry, deliveries.c.state == "sent", deliveries.c.provider_id.is_not(None))
        )
        row = found.one_or_none()
        return None if row is None else (row.via_channel, row.via_address, row.provider_id)

    async def decided(self) -> list[tuple[Entry, str]]:
        """Return entries whose delivery came to something, with what became of it; each once.

        What is held comes as ASKED or `held`; once it was let go it comes again, as does what failed after all.
        """
        joined = (_e.participant == deliveries.c.participant) & (_e.source == deliveries.c.source)
        found = await self._connection.execute(
            select(ticket_entries, _BECAME.label("became"))
            .join(deliveries, joined)
            .where(_e.source.is_not(None), _e.fate.is_(None), deliveries.c.state.not_in(_UNDECIDED))
            .order_by(_e.id)
            .limit(500)
        )
        ours = []
        for row in found.all():
            noting = update(ticket_entries).where(_e.id == row.id, _e.fate.is_(None)).values(fate=row.became)
            if (await self._connection.execute(noting)).rowcount:  # else another process tells of it
                ours.append((entry_from(row), row.became))
        return ours

    async def said_last(self, number: int, words: Collection[str]) -> str | None:
        """Return which of these the desk said last on a ticket; None where it said none of them."""
        chosen = select(_e.text).where(_e.ticket == number, _e.author == Author.DESK, _e.text.in_(words))
        found: str | None = (await self._connection.execute(chosen.order_by(_e.id.desc()).limit(1))).scalar()
        return found


def stale(now: datetime, rank: int) -> dict[str, Any]:
    """There is something new to show."""
    sooner = case((_t.view_at.is_(None), rank), (_t.view_rank > rank, rank), else_=_t.view_rank)
    return {"view_at": now, "view_rank": sooner, "view_turn": _t.view_turn + 1}


def entry_from(row: Row[Any]) -> Entry:
    """Read an entry."""
    return Entry(
        id=row.id,
        ticket=row.ticket,
        at=row.at,
        author=row.author,
        who=row.who,
        text=row.text,
        attachment=attachment_from(row.attachment),
        origin=row.origin,
        replies_to=row.replies_to,
        corrects=row.corrects,
        shown=row.shown,
    )
