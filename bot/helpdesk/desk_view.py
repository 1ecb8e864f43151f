"""What a conversation may know of the helpdesk: read from the store in the transaction of the message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.rate_limit.group_policy import PER_MINUTE
from bot.store import UnitOfWork
from handlers.helpdesk.words import hours_in_words
from programme.helpdesk import HelpdeskRules
from programme.model.participants import Participant
from programme.model.tickets import HelpdeskView, Ticket, TicketState

_MEASURED = timedelta(hours=2)
_ADVISED = timedelta(days=30)  # after which advice may be new


@dataclass(frozen=True, slots=True)
class DeskViews:
    """Reads views. A place and a time are looked up only where somebody waits."""

    rules: HelpdeskRules

    async def of(self, tx: UnitOfWork, person: Participant) -> HelpdeskView | None:
        """Return what may be known now; None for somebody whose messages are kept from the staff."""
        now = tx.now
        ticket, muted, advised = await tx.tickets.known_of(person.id, now - _ADVISED)
        if ticket is not None and muted:
            return None
        hours = self.rules.hours
        view = HelpdeskView(
            hours=hours_in_words(hours),
            open_now=hours.is_open(now),
            opens_at=hours.opens_at(now),
            ticket=ticket,
            can_reopen=ticket is not None and ticket.can_reopen(now, self.rules.reopen_within),
            advised=advised,
        )
        if ticket is not None and ticket.state is TicketState.WAITING:
            return await self.waiting(tx, view, ticket)
        return view

    async def waiting(self, tx: UnitOfWork, view: HelpdeskView, ticket: Ticket) -> HelpdeskView:
        """Return the view with the ticket's place and the moment at which it will be answered."""
        now, hours = tx.now, self.rules.hours
        place = await tx.tickets.place(ticket)
        agents = await tx.agents.all()
        there = [
            one for one in agents if one.on_duty and (not view.open_now or self.rules.hours.at_work(one.shift, now))
        ]
        pace = await tx.tickets.answering_time(now - _MEASURED) if view.open_now else None
        expected = self.rules.expected_at(place, len(there), pace * len(there) if pace else None, now)
        shown_in = await self._shown_in(tx, ticket)
        seen = hours.after(now, shown_in + self.rules.a_ticket) if shown_in else None
        if expected is not None and seen is not None:
            expected = max(expected, seen)
        return replace(view, ticket=ticket, place=place, expected_at=expected)

    async def _shown_in(self, tx: UnitOfWork, ticket: Ticket) -> timedelta:
        """Return how long the staff do not see a ticket yet: their group takes so many acts a minute."""
        room, topic = (await tx.views.topics_of([ticket.id])).get(ticket.id, (None, None))
        if room is None or topic is not None:
            return timedelta()
        waiting = (await tx.views.acts_waiting()).get(room, 0)
        return timedelta(minutes=max(waiting - PER_MINUTE, 0) / PER_MINUTE)  # a minute's worth may go at once
