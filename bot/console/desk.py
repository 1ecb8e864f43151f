"""Desk: what the inbox page reads and does; decided where the staff's group decides it, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.console.access import Right
from bot.console.open_page import OpenPage
from bot.helpdesk.console_acts import Acted, ConsoleActs, Seen
from bot.helpdesk.service import Helpdesk
from bot.store.delivery_queue.states import LogEntry
from bot.store.repositories.inbox_list import Pile, Place, Wanted
from bot.store.repositories.tickets import Overtaken
from handlers.helpdesk.orders import Order
from programme.helpdesk import CannedReply
from programme.model.participants import Participant
from programme.model.tickets import Entry, Ticket

ROWS: Final = 40
"""Tickets on one page of the list."""

ENTRIES: Final = 60
"""Entries of a thread that are shown at first."""

_SENT: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of the list. `names` are those of whoever holds a ticket; `said` what the person said last."""

    now: datetime
    tickets: Sequence[Ticket]
    further: Place | None
    counts: Mapping[Pile, int]
    names: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[int, Participant] = field(default_factory=dict)
    said: Mapping[int, str] = field(default_factory=dict)
    drafts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One ticket with its person, what was said on it, and what Sobat sent before."""

    now: datetime
    ticket: Ticket
    person: Participant | None
    entries: Sequence[Entry]
    sent: Sequence[LogEntry]
    names: Mapping[str, str]
    canned: Mapping[str, CannedReply]
    draft: str

    @property
    def seen(self) -> Seen:
        """What an act on it is decided by: the ticket as it is shown here."""
        return Seen(self.ticket.fence, self.entries[-1].id if self.entries else 0)


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads and acts for one open page; each time, its session is asked again."""

    page: OpenPage
    helpdesk: Helpdesk

    async def listed(self, wanted: Wanted, after: Place | None = None) -> Listed:
        """Read a page of the list."""
        async with self.page.looking() as acting:
            tx, who = acting.tx, acting.member.who
            tickets, further = await tx.inbox_list.page(replace(wanted, who=who), ROWS, after)
            numbers = [one.id for one in tickets]
            return Listed(
                now=tx.now,
                tickets=tickets,
                further=further,
                counts=await tx.inbox_list.counts(who),
                names=await tx.agents.names({one.owner for one in tickets if one.owner}),
                people=await tx.people.many({one.participant for one in tickets}),
                said=await tx.inbox_list.said_last(numbers),
                drafts=await tx.drafts.on(numbers, who),
            )

    async def thread(self, number: int) -> Thread | None:
        """Read a ticket; None where there is none of this number."""
        async with self.page.looking() as acting:
            tx = acting.tx
            ticket = await tx.tickets.get(number)
            if ticket is None:
                return None
            entries = await tx.inbox_list.entries(number, ENTRIES)
            whos = {ticket.owner, *(one.who for one in entries)}
            return Thread(
                now=tx.now,
                ticket=ticket,
                person=await tx.people.get(ticket.participant),
                entries=entries,
                sent=await tx.outbox.log(_SENT, ticket.participant),
                names=await tx.agents.names(whos),
                canned={**self.helpdesk.room.rules.canned, **await tx.agents.canned()},
                draft=await tx.drafts.of(number, acting.member.who),
            )

    async def act(self, number: int, order: Order, seen: Seen) -> Acted:
        """Do something with a ticket as it was seen; what was written and not sent is kept as a draft."""
        try:
            acted = await self._acted(number, order, seen)
        except Overtaken:
            acted = Acted(done=False, overtaken=True)
            await self.keep(number, order.words)
        if acted.claimed and self.page.console.parts.send is not None:
            await self.page.console.parts.send(acted.claimed)
        if acted.done:
            self.helpdesk.topic_sync.wake()
            await self.page.console.live.tell()
        return acted

    async def _acted(self, number: int, order: Order, seen: Seen) -> Acted:
        inbox = replace(self.helpdesk.room, holds=self.page.console.parts.send is not None)
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            acted = await ConsoleActs(inbox).act(acting.tx, number, order, acting.member, seen)
            if order.words and await acting.tx.tickets.get(number) is not None:
                kept = "" if acted.done else order.words
                await acting.tx.drafts.keep(number, acting.member.who, kept)
            if not acted.done:
                why = "overtaken" if acted.overtaken else "refused"
                await acting.tx.staff.record(acting.member.who, f"ticket.{order.act}.{why}", f"ticket/{number}")
        return acted

    async def keep(self, number: int, text: str) -> None:
        """Keep what somebody is writing."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            if await acting.tx.tickets.get(number) is not None:
                await acting.tx.drafts.keep(number, acting.member.who, text[:4096])
