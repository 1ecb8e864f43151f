"""Desk: what the inbox page reads and does; decided where the staff's group decides it, too."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import uuid4

from bot.console.access import Right
from bot.console.desk_reads import read_desk, read_list, read_those
from bot.console.open_page import OpenPage
from bot.console.shared_reads import Reads
from bot.console.shown import to_the_minute
from bot.helpdesk.console_acts import Acted, ConsoleActs, Seen
from bot.helpdesk.incident_commands import incident_name
from bot.helpdesk.service import Helpdesk
from bot.helpdesk.staff_commands import set_duty
from bot.helpdesk.undoing import Undone, undo
from bot.store.delivery_queue.states import LogEntry
from bot.store.repositories.agents import Agent
from bot.store.repositories.inbox_list import Pile, Place, Said, Wanted
from bot.store.repositories.tickets import Overtaken
from handlers.helpdesk.orders import Order
from locales import speaking
from programme.helpdesk import CannedReply
from programme.model.participants import Participant
from programme.model.phones import normal_phone
from programme.model.tickets import Entry, Ticket
from programme.redaction.cutter import redact

ENTRIES: Final = 60
"""Entries of a thread that are shown at first, and so many more by each press."""

_SENT: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of the list. `names` are those of whoever holds a ticket; `said` what the person said last.

    `left` are tickets that stood in the list before and belong to another pile by now.
    """

    now: datetime
    tickets: Sequence[Ticket]
    further: Place | None
    counts: Mapping[Pile, int]
    names: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[int, Participant] = field(default_factory=dict)
    said: Mapping[int, Said] = field(default_factory=dict)
    drafts: frozenset[int] = frozenset()
    on_duty: bool = False
    labels: Sequence[str] = ()
    left: Sequence[Ticket] = ()
    marks: Mapping[int, int] = field(default_factory=dict)
    """By ticket, a number that is another one where what its row shows is: compared once for all who look."""

    def in_place_of(self, before: Sequence[Ticket]) -> tuple[Listed, int]:
        """Return the list in which nothing of `before` moves, and how many are new; all of it where nothing stayed."""
        known = {one.id: one for one in (*self.tickets, *self.left)}
        shown = [known[one.id] for one in before if one.id in known]
        stayed = len(shown) - len(self.left)
        if not stayed:
            return replace(self, left=()), 0
        return replace(self, tickets=shown), len(self.tickets) - stayed

    def next_to(self, here: int | None) -> int | None:
        """Return what waits below this one, else the first that waits; None where nothing else does."""
        numbers = [one.id for one in self.tickets]
        below = numbers[numbers.index(here) + 1 :] if here in numbers else []
        waits = {one.id for one in self.tickets if one.is_open} - {one.id for one in self.left}
        return next((one for one in (*below, *numbers) if one != here and one in waits), None)

    def seen(self, one: Ticket) -> Seen:
        """What an act on a row is decided by: the ticket as it stands here, and what the person said last."""
        said = self.said.get(one.id)
        return Seen(one.fence, said.entry if said else 0)


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
    colleagues: Sequence[Agent] = ()
    incidents: Mapping[int, str] = field(default_factory=dict)
    muted: bool = False

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
            return await self.listed_of(Reads(lambda: nullcontext(acting.tx)), wanted, after)

    async def listed_of(
        self, reads: Reads, wanted: Wanted, after: Place | None = None, before: Sequence[Ticket] = ()
    ) -> Listed:
        """Put a page of the list together from what others read, too, and what of it is this member's.

        What became of those that stood there `before` is read with it.
        """
        who = self.page.session.member.who
        wanted = replace(wanted, who=who if wanted.pile is Pile.MINE else "")
        rows = await reads.once(("list", wanted, after), lambda tx: read_list(tx, wanted, after))
        desk = await reads.once("desk", read_desk)
        gone = frozenset(one.id for one in before) - {one.id for one in rows.tickets}
        left = await reads.once(("those", gone), lambda tx: read_those(tx, gone)) if gone else None
        every = (rows,) if left is None else (left, rows)
        return Listed(
            now=rows.now,
            tickets=rows.tickets,
            further=rows.further,
            counts=desk.counts.seen_by(who),
            names=ChainMap(*(dict(one.names) for one in every)),
            people=ChainMap(*(dict(one.people) for one in every)),
            said=ChainMap(*(dict(one.said) for one in every)),
            drafts=frozenset(ticket for one in every for ticket, writer in one.drafts if writer == who),
            labels=desk.labels,
            on_duty=who in desk.on_duty,
            left=() if left is None else left.tickets,
            marks=ChainMap(*(dict(one.marks) for one in every)),
        )

    async def is_as_before(self, reads: Reads, read: Thread) -> bool:
        """Tell whether a thread stands as it was read, within the minute; what others have open is asked with it."""
        presence = self.page.console.live.presence
        standing = await reads.once("threads", lambda tx: tx.inbox_list.standing(presence.tickets))
        now = self.page.console.parts.store.clock.now()
        same = standing.get(read.ticket.id) == (read.seen.fence, read.seen.entry)
        return same and to_the_minute(now) == to_the_minute(read.now)

    async def thread(self, number: int, most: int = ENTRIES) -> Thread | None:
        """Read a ticket with its last entries, `most` of them; None where there is none of this number."""
        async with self.page.looking() as acting:
            tx = acting.tx
            ticket = await tx.tickets.get(number)
            if ticket is None:
                return None
            entries = await tx.inbox_list.entries(number, most)
            whos = {ticket.owner, *(one.who for one in entries)}
            with speaking(self.page.language):
                running = await tx.incidents.all_open()
                names = {one.id: incident_name(one, self.helpdesk.programme) for one in running}
            return Thread(
                now=tx.now,
                ticket=ticket,
                person=await tx.people.get(ticket.participant),
                entries=entries,
                sent=await tx.outbox.log(_SENT, ticket.participant),
                names=await tx.agents.names(whos),
                canned={**self.helpdesk.room.rules.canned, **await tx.agents.canned()},
                draft=await tx.drafts.of(number, acting.member.who),
                colleagues=[one for one in await tx.agents.all() if one.who != acting.member.who],
                incidents=names,
                muted=await tx.tickets.is_muted(ticket.participant),
            )

    async def incidents(self) -> dict[int, str]:
        """Read the open incidents by number, with their names."""
        async with self.page.looking() as acting:
            with speaking(self.page.language):
                running = await acting.tx.incidents.all_open()
                return {one.id: incident_name(one, self.helpdesk.programme) for one in running}

    async def views(self) -> dict[str, Wanted]:
        """Read the ways of looking that this member keeps."""
        async with self.page.looking() as acting:
            return await acting.tx.saved_views.of(acting.member.who)

    async def keep_view(self, name: str, wanted: Wanted | None) -> bool:
        """Keep a way of looking, or with None forget it; False where there are too many."""
        async with self.page.acting(Right.SEE_TICKETS) as acting:
            if wanted is not None:
                return await acting.tx.saved_views.keep(acting.member.who, name, wanted)
            await acting.tx.saved_views.drop(acting.member.who, name)
            return True

    async def numbered(self, typed: str) -> tuple[str, ...]:
        """Return the keyed hashes of a mobile number that is looked for, none where it is no number; it is recorded.

        The number itself is let go here, at the door.
        """
        phone = normal_phone(typed)
        if phone is None:
            return ()
        kept = self.page.console.parts.numbers.kept(phone)
        async with self.page.acting(Right.SEE_TICKETS) as acting:
            await acting.tx.staff.record(acting.member.who, "console.search", "number")
        return (kept.text, *kept.former)

    async def set_duty(self, *, on_duty: bool) -> None:
        """Begin or end to be given complaints."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            await set_duty(acting.tx, acting.member.who, on_duty=on_duty)
        self._changed()

    async def labels(self) -> list[str]:
        """Read the labels that are in use."""
        async with self.page.looking() as acting:
            return await acting.tx.inbox_list.labels()

    async def act(self, number: int, order: Order, seen: Seen) -> Acted:
        """Do something with a ticket as it was seen; what was written and not sent is kept as a draft."""
        acted = await self._try(number, order, seen, uuid4().hex)
        if acted.done:
            self._changed()
        return acted

    async def act_on_many(self, order: Order, chosen: Mapping[int, Seen]) -> list[Acted]:
        """Do the same with many, each by itself as it was seen; one press undoes it all."""
        press = uuid4().hex
        done = [await self._try(number, order, seen, press) for number, seen in chosen.items()]
        self._changed()
        return done

    async def undo(self, press: str) -> Undone:
        """Take back what was done by one press; the words are drafts again."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            undone = await undo(acting.tx, press[:64], acting.member)
            for number, words in undone.words.items():
                if words:
                    await acting.tx.drafts.keep(number, acting.member.who, words)
        self._changed()
        return undone

    async def undoable(self) -> tuple[str, int, datetime] | None:
        """Return the last press that may still be undone, on how many tickets it acted, and until when."""
        async with self.page.looking() as acting:
            return await acting.tx.undos.open_of(acting.member.who)

    def _changed(self) -> None:
        self.helpdesk.topic_sync.wake()
        self.page.console.live.wake()

    async def _try(self, number: int, order: Order, seen: Seen, press: str) -> Acted:
        try:
            return await self._acted(number, order, seen, press)
        except Overtaken:
            await self.keep(number, order.words)
            return Acted(done=False, overtaken=True)

    async def _acted(self, number: int, order: Order, seen: Seen, press: str) -> Acted:
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            acted = await ConsoleActs(self.helpdesk.room).act(acting.tx, number, order, acting.member, seen, press)
            if order.words and await acting.tx.tickets.get(number) is not None:
                kept = "" if acted.done else redact(order.words)[0]
                await acting.tx.drafts.keep(number, acting.member.who, kept)
            if not acted.done:
                why = "overtaken" if acted.overtaken else "refused"
                await acting.tx.staff.record(acting.member.who, f"ticket.{order.act}.{why}", f"ticket/{number}")
        return acted

    async def keep(self, number: int, text: str) -> None:
        """Keep what somebody is writing, but no secret of the person's that they typed off something."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            if await acting.tx.tickets.get(number) is not None:
                await acting.tx.drafts.keep(number, acting.member.who, redact(text)[0])
