"""One transaction, and the verbs that can be said in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.agents import Agents
from bot.store.broadcasts import Broadcasts
from bot.store.budgets import Budgets
from bot.store.dialogues import Dialogues
from bot.store.facts import Cutoffs, Trainings
from bot.store.group_turns import GroupTurns
from bot.store.inbox import Inbox
from bot.store.incidents import Incidents
from bot.store.misses import Misses
from bot.store.outbox import Outbox
from bot.store.people import People
from bot.store.pulse import Pulse, read_pulse
from bot.store.reminders import Reminders
from bot.store.roster import Roster
from bot.store.staff import Staff
from bot.store.ticket_views import TicketViews
from bot.store.tickets import Tickets
from bot.store.uploads import Uploads


class Transaction:
    """Everything that happens in it happens, or none of it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.inbox = Inbox(connection)
        self.people = People(connection)
        self.dialogues = Dialogues(connection)
        self.outbox = Outbox(connection)
        self.reminders = Reminders(connection, self.people, self.outbox)
        self.roster = Roster(connection)
        self.cutoffs = Cutoffs(connection)
        self.trainings = Trainings(connection)
        self.budgets = Budgets(connection)
        self.misses = Misses(connection)
        self.staff = Staff(connection)
        self.broadcasts = Broadcasts(connection)
        self.tickets = Tickets(connection)
        self.views = TicketViews(connection)
        self.agents = Agents(connection)
        self.incidents = Incidents(connection)
        self.uploads = Uploads(connection)
        self.turns = GroupTurns(connection)

    async def pulse(self, now: datetime) -> Pulse:
        """Return how much waits at this moment, and since when."""
        return await read_pulse(self._connection, now)
