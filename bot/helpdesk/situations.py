"""What an act of the staff is decided on, read in the transaction that carries it out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.helpdesk.filling import Filling, hidden
from bot.helpdesk.incident_commands import incident_name
from bot.store import UnitOfWork
from bot.store.repositories.agents import Agent
from handlers.helpdesk.outside import place_named, places
from handlers.helpdesk.situation import Running, Situation
from locales import SOURCE, speaking
from programme.helpdesk import HelpdeskRules
from programme.model.messages import Incoming
from programme.model.participants import Participant
from programme.model.staff import StaffMember
from programme.model.tickets import Author, Ticket
from programme.programme import Programme

_QUOTED = 80


@dataclass(frozen=True, slots=True)
class InTopic:
    """What a member of the staff said or pressed on a locked ticket, and whose ticket that is."""

    ticket: Ticket
    member: StaffMember
    person: Participant
    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Situations:
    """Reads situations."""

    programme: Programme
    rules: HelpdeskRules

    async def of(self, tx: UnitOfWork, said: InTopic, *, seen_to: int = 0) -> Situation:
        """Return what the member faces who said or pressed it, and who saw the entries up to `seen_to` elsewhere."""
        ticket, member, incoming, agents = said.ticket, said.member, said.incoming, await tx.agents.all()
        filling = Filling(self.programme, ticket, member, said.person, tx.now)
        return Situation(
            ticket=ticket,
            member=member,
            now=tx.now,
            colleagues={one.who: one.member.name for one in agents},
            known=any(one.known for one in agents if one.who == member.who),
            away=frozenset(one.who for one in agents if not self._is_there(one, tx.now)),
            teams=frozenset(one.team for one in agents if one.team),
            canned={**self.rules.canned, **await tx.agents.canned()},
            places=places(self.programme, ticket.concerned),
            elsewhere=partial(place_named, self.programme),
            incidents=await self._running(tx),
            unseen=await tx.ticket_entries.unseen(ticket.id, seen_to),
            attachment=incoming.attachment,
            fill=filling.filled,
            show=replace(filling, person=hidden(said.person)).filled,
            quote=await _quoted(tx, ticket, incoming),
        )

    def _is_there(self, agent: Agent, now: datetime) -> bool:
        """While others work, nobody waits on somebody off shift; at night, who is on duty means to help."""
        hours = self.rules.hours
        return agent.on_duty and (hours.in_shift(agent.shift, now) or not hours.is_open(now))

    async def _running(self, tx: UnitOfWork) -> dict[int, Running]:
        with speaking(SOURCE):
            return {
                one.id: Running(one.id, incident_name(one, self.programme), one.news)
                for one in await tx.incidents.all_open()
            }


async def _quoted(tx: UnitOfWork, ticket: Ticket, incoming: Incoming) -> str:
    """Return the beginning of the person's words that the message answers."""
    answered = await tx.ticket_entries.at(ticket.id, shown=incoming.answers) if incoming.answers else None
    quoted = answered.text if answered is not None and answered.author is Author.PERSON else ""
    return quoted if len(quoted) <= _QUOTED else f"{quoted[:_QUOTED]}…"
