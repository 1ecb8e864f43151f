"""Helpdesk service: listens, carries out, looks after, and shows; the one door for other packages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.groups import Groups
from bot.helpdesk.agent_inbox import AgentInbox
from bot.helpdesk.desk_view import DeskViews
from bot.helpdesk.incident_jobs import IncidentJobs
from bot.helpdesk.jobs import HelpdeskJobs
from bot.helpdesk.listening import Listening
from bot.helpdesk.reply_commands import ReplyEdits
from bot.helpdesk.situations import Situations
from bot.helpdesk.staff_commands import StaffCommands
from bot.helpdesk.ticket_lock import Send, TicketLock
from bot.helpdesk.ticket_requests import TicketRequests
from bot.helpdesk.topic_sync import TopicSync
from bot.store import InboxRow, Store, UnitOfWork
from bot.store.portions import BREATH
from programme.helpdesk import HelpdeskRules, load_helpdesk
from programme.model.deliveries import Claimed
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.tickets import Ticket
from programme.programme import Programme

log = logging.getLogger(__name__)

_AT_ONCE = 25
"""Tickets whose cutoff is looked at, and set, in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRooms:
    """Where the staff work: chat ids of forum groups, how to write there, and the bot's name for invitations.

    The name is asked for when it is needed: Telegram may not have told it yet.
    """

    rooms: tuple[str, ...]
    groups: Groups
    username: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Helpdesk:
    """The running parts."""

    store: Store
    programme: Programme
    listening: Listening
    room: AgentInbox
    rounds: HelpdeskJobs
    topic_sync: TopicSync

    async def staff_said(self, row: InboxRow) -> Sequence[Claimed]:
        """Carry out what somebody of the staff said or pressed."""
        claimed = await self.room.said(row)
        self.topic_sync.wake()
        return claimed

    async def answers_sent(self) -> None:
        """Tell the staff at once what became of answers that were sent just now."""
        if await self.rounds.look_at_answers():
            self.topic_sync.wake()

    async def tick(self) -> int:
        """Look after everything once."""
        done = await self.rounds.run()
        if done:
            self.topic_sync.wake()
        return done

    async def follow_cutoffs(self) -> None:
        """Bring the queue in line with cutoffs that moved, a few at a time: whoever acts on one waits for no other."""
        async with self.store.reading() as tx:
            queue = await tx.tickets.everything_open()
        for start in range(0, len(queue), _AT_ONCE):
            some = queue[start : start + _AT_ONCE]
            async with self.store.reading() as tx:
                moved = await self._moved(tx, some)
            if moved:
                async with self.store.writing() as tx:
                    for ticket, cutoff in (await self._moved(tx, list(moved))).items():
                        await tx.tickets.set_cutoff(ticket.id, cutoff)
                await asyncio.sleep(BREATH)

    async def _moved(self, tx: UnitOfWork, queue: Sequence[Ticket]) -> dict[Ticket, datetime | None]:
        """Return those whose cutoff is another one by now, each with that."""
        people, found = await tx.people.shown({ticket.participant for ticket in queue}), dict[Ticket, datetime | None]()
        for ticket in queue:
            try:
                cutoff = self._cutoff_of(people.get(ticket.participant))
            except (ArithmeticError, LookupError, TypeError, ValueError):  # of this person alone: others go on
                log.exception("the cutoff of ticket %s can't be told", ticket.id)
                continue
            if cutoff != ticket.cutoff:
                found[ticket] = cutoff
        return found

    def _cutoff_of(self, person: Participant | None) -> datetime | None:
        due = self.programme.cutoff_of(person) if person and not person.has(Milestone.BOUGHT) else None
        return due.at if due else None


def open_helpdesk(
    store: Store,
    programme: Programme,
    send: Send,
    staff: StaffRooms,
    *,
    replies: ReplyEdits,
    rules: HelpdeskRules | None = None,
) -> Helpdesk:
    """Put the helpdesk together; `replies` decide about canned ones."""
    known = rules or load_helpdesk()
    changing = TicketLock(store, send)
    incidents = IncidentJobs(store, programme, known, staff.rooms, changing)
    views = DeskViews(known)
    counter = StaffCommands(programme, known, staff.username, staff.groups.link, replies)
    rounds = HelpdeskJobs(store, known, staff.rooms, changing, incidents, staff.groups.link)
    topic_sync = TopicSync(store, programme, staff.groups, staff.rooms, assign=rounds.give_out)
    return Helpdesk(
        store=store,
        programme=programme,
        listening=Listening(views, TicketRequests(programme, staff.rooms, views)),
        room=AgentInbox(store, known, counter, Situations(programme, known)),
        rounds=rounds,
        topic_sync=topic_sync,
    )
