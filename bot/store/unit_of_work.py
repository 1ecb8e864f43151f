"""Unit of work: one transaction, and the repositories that take part in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.crash_leases import free_all
from bot.store.delivery_queue.outbox import Outbox
from bot.store.repositories.agents import Agents
from bot.store.repositories.amendments import Amendments
from bot.store.repositories.audience_lists import AudienceLists
from bot.store.repositories.back_fills import BackFills
from bot.store.repositories.broadcast_drafts import BroadcastDrafts
from bot.store.repositories.broadcasts import Broadcasts
from bot.store.repositories.channel_accounts import ChannelAccounts
from bot.store.repositories.chats import Chats
from bot.store.repositories.consents import Consents
from bot.store.repositories.console_doors import ConsoleDoors
from bot.store.repositories.corrections import Corrections
from bot.store.repositories.dead_letters import DeadLetters
from bot.store.repositories.dialogues import Dialogues
from bot.store.repositories.drafts import Drafts
from bot.store.repositories.facts import Cutoffs, PlannedPolicy, Trainings
from bot.store.repositories.imports import Imports
from bot.store.repositories.inbox import Inbox
from bot.store.repositories.inbox_list import InboxList
from bot.store.repositories.incidents import Incidents
from bot.store.repositories.links import Links
from bot.store.repositories.misses import Misses
from bot.store.repositories.models import Models
from bot.store.repositories.number_keys import Keys
from bot.store.repositories.people import People
from bot.store.repositories.people_list import PeopleList
from bot.store.repositories.programme_edits import ProgrammeEdits
from bot.store.repositories.queue_stats import QueueStats, read_queue_stats
from bot.store.repositories.reminders import Reminders
from bot.store.repositories.roster import Roster
from bot.store.repositories.saved_views import SavedViews
from bot.store.repositories.staff import Staff
from bot.store.repositories.tallies import Tallies
from bot.store.repositories.templates import Templates
from bot.store.repositories.ticket_entries import TicketEntries
from bot.store.repositories.ticket_views import TicketViews
from bot.store.repositories.tickets import Tickets
from bot.store.repositories.timelines import Timelines
from bot.store.repositories.undos import Undos
from bot.store.repositories.uploads import Uploads

V = TypeVar("V")


_BLOCKED = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - query_start)), 0) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user
AND wait_event_type = 'Lock' AND wait_event <> 'advisory'
"""


class _Repository(Generic[V]):
    """A repository that is made when it is first asked for: most transactions need few of them."""

    def __init__(self, kind: Callable[[AsyncConnection, datetime], V]) -> None:
        self._kind = kind

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tx: UnitOfWork, _owner: type) -> V:
        repository = self._kind(tx.connection, tx.now)
        tx.__dict__[self._name] = repository
        return repository


class UnitOfWork:
    """Everything that happens in it happens, or none of it; all of it `now`, at the moment when it was begun (UTC)."""

    inbox = _Repository(Inbox)
    people = _Repository(People)
    dialogues = _Repository(Dialogues)
    outbox = _Repository(Outbox)
    roster = _Repository(Roster)
    number_keys = _Repository(Keys)
    cutoffs = _Repository(Cutoffs)
    planned_policy = _Repository(PlannedPolicy)
    trainings = _Repository(Trainings)
    programme_edits = _Repository(ProgrammeEdits)
    misses = _Repository(Misses)
    models = _Repository(Models)
    staff = _Repository(Staff)
    broadcasts = _Repository(Broadcasts)
    tickets = _Repository(Tickets)
    ticket_entries = _Repository(TicketEntries)
    views = _Repository(TicketViews)
    agents = _Repository(Agents)
    incidents = _Repository(Incidents)
    uploads = _Repository(Uploads)
    links = _Repository(Links)
    chats = _Repository(Chats)
    dead_letters = _Repository(DeadLetters)
    accounts = _Repository(ChannelAccounts)
    consents = _Repository(Consents)
    templates = _Repository(Templates)
    doors = _Repository(ConsoleDoors)
    drafts = _Repository(Drafts)
    amendments = _Repository(Amendments)
    broadcast_drafts = _Repository(BroadcastDrafts)
    audience_lists = _Repository(AudienceLists)
    tallies = _Repository(Tallies)
    inbox_list = _Repository(InboxList)
    imports = _Repository(Imports)
    undos = _Repository(Undos)
    saved_views = _Repository(SavedViews)
    people_list = _Repository(PeopleList)
    timelines = _Repository(Timelines)
    corrections = _Repository(Corrections)
    back_fills = _Repository(BackFills)

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self.connection, self.now = connection, now

    @cached_property
    def reminders(self) -> Reminders:
        """Repository of rows that are the schedule."""
        return Reminders(self.connection, self.now, self.people, self.outbox)

    @property
    def forgot(self) -> bool:
        """Whether somebody is forgotten by it: what was said is then to go from the disk's log, too."""
        return "people" in self.__dict__ and self.people.forgot

    async def touch(self) -> None:
        """Change something that means nothing, so that the disk is really written to."""
        if self.connection.dialect.name == "sqlite":
            await self.connection.exec_driver_sql(f"PRAGMA user_version = {int(time.time()) & 0x7FFFFFFF}")
        else:
            await self.connection.exec_driver_sql("SELECT txid_current()")

    async def blocked_for(self) -> float:
        """Return for how many seconds a statement of ours waits for somebody else's lock on PostgreSQL; 0 if none.

        What waits on SQLite is told of by its driver.
        """
        if self.connection.dialect.name == "sqlite":
            return 0.0
        return float((await self.connection.exec_driver_sql(_BLOCKED)).scalar_one())

    async def clock_ahead(self) -> float:
        """Return by how many seconds our clock is ahead of the database's; 0 on SQLite, which has none of its own."""
        if self.connection.dialect.name == "sqlite":
            return 0.0
        there = (await self.connection.exec_driver_sql("SELECT transaction_timestamp()")).scalar_one()
        return float((self.now - there).total_seconds())

    async def free_leases(self) -> int:
        """End every lease, whoever held it: say so only where nobody can; return how many deliveries those were."""
        return await free_all(self.connection, self.now)

    async def queue_stats(self) -> QueueStats:
        """Return how much waits at this moment, and since when."""
        return await read_queue_stats(self.connection, self.now)
