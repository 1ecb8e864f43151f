"""Desk reads: what all open inboxes read of one moment: a page of the list, and how the desk stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.console.shown import to_the_minute
from bot.store import UnitOfWork
from bot.store.repositories.inbox_list import PileCounts, Place, Said, Wanted
from programme.model.participants import Participant
from programme.model.tickets import Ticket

ROWS: Final = 40
"""Tickets on one page of the list."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """One page of the list as everybody sees it; `drafts` tell who has one on which ticket."""

    now: datetime
    tickets: Sequence[Ticket]
    further: Place | None
    names: Mapping[str, str]
    people: Mapping[int, Participant]
    said: Mapping[int, Said]
    drafts: frozenset[tuple[int, str]]
    marks: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class DeskRead:
    """How the desk stands: its piles, the labels in use, and who takes complaints now."""

    counts: PileCounts
    labels: Sequence[str]
    on_duty: frozenset[str]


async def read_list(tx: UnitOfWork, wanted: Wanted, after: Place | None) -> ListRead:
    """Read a page of the list."""
    return await _read(tx, *await tx.inbox_list.page(wanted, ROWS, after))


async def read_those(tx: UnitOfWork, numbers: frozenset[int]) -> ListRead:
    """Read tickets that stood in a list before, as its rows show them."""
    return await _read(tx, await tx.tickets.many(numbers), None)


async def _read(tx: UnitOfWork, tickets: Sequence[Ticket], further: Place | None) -> ListRead:
    numbers = [one.id for one in tickets]
    names = await tx.agents.names({one.owner for one in tickets if one.owner})
    people = await tx.people.shown({one.participant for one in tickets})
    said, minute = await tx.inbox_list.said_last(numbers), to_the_minute(tx.now)

    def mark(one: Ticket) -> int:
        person = people.get(one.participant)
        shown = person and (person.name, person.wave)
        return hash((one, said.get(one.id), shown, names.get(one.owner or ""), minute))

    return ListRead(
        now=tx.now,
        tickets=tickets,
        further=further,
        names=names,
        people=people,
        said=said,
        drafts=await tx.drafts.on(numbers),
        marks={one.id: mark(one) for one in tickets},
    )


async def read_desk(tx: UnitOfWork) -> DeskRead:
    """Read how the desk stands."""
    counts, labels = await tx.inbox_list.counts(), await tx.inbox_list.labels()
    return DeskRead(counts, labels, await tx.agents.on_duty())
