"""Ticket requests: what a conversation asks of the helpdesk, done in the message's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.helpdesk.desk_view import DeskViews
from bot.helpdesk.filling import Filling
from bot.helpdesk.recalling import said_last, shortened
from bot.store import UnitOfWork
from handlers.dialogue.turn_input import TurnOutcome
from handlers.helpdesk.words import opened, reopened
from locales import speaking
from programme.model.messages import Message
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.tickets import (
    Author,
    Entry,
    HelpdeskView,
    SelfHelpOffered,
    Ticket,
    TicketRated,
    TicketReopened,
    TicketState,
    TicketWished,
    TicketWorded,
)
from programme.programme import Programme


async def reopen(tx: UnitOfWork, ticket: Ticket, by: str) -> Ticket:
    """Put a ticket back into the queue, with its history."""
    reopened_ = ticket.reopened + (0 if ticket.is_open else 1)
    waiting = replace(
        ticket,
        state=TicketState.WAITING,
        owner=None,
        queued_at=tx.now,
        waits_since=ticket.waits_since or tx.now,
        closed_at=None,
        put_off_to=None,
        reopened=reopened_,
    )
    saved = await tx.tickets.save(waiting)
    await tx.tickets.warn_anew(ticket.id)
    told = Entry(ticket=ticket.id, at=tx.now, author=Author.DESK, text=f"🔓 Dibuka lagi oleh {by}.")
    await tx.ticket_entries.say(told)
    return saved


@dataclass(frozen=True, slots=True)
class TicketRequests:
    """Does what was wished; the person is locked in the transaction."""

    programme: Programme
    rooms: tuple[str, ...]
    views: DeskViews

    async def fulfil(self, tx: UnitOfWork, outcome: TurnOutcome, view: HelpdeskView, *, overheard: bool) -> TurnOutcome:
        """Return the outcome with what is to be told of it. Where it was `overheard`, staff see the bot's answer."""
        person = outcome.participant
        if overheard and view.ticket is not None:
            await self._bot_said(tx, view.ticket, outcome.messages)
        messages: list[Message] = []
        with speaking(person.language):
            for wish in outcome.wishes:
                match wish:
                    case SelfHelpOffered(about):
                        await tx.tickets.advise(person.id, about)
                    case TicketWished():
                        messages += await self._open(tx, wish, view, person)
                    case TicketReopened(number) if view.ticket is not None and view.ticket.id == number:
                        rated = await tx.tickets.get(number) or view.ticket
                        ticket = await reopen(tx, rated, "peserta")
                        waiting = await self.views.waiting(tx, view, ticket)
                        messages += reopened(ticket, waiting, person, tx.now).messages
                    case TicketRated(number, stars):
                        await self._judged(tx, person, number, stars=stars)
                    case TicketWorded(number, word):
                        if await self._judged(tx, person, number, word=word):
                            said = Entry(ticket=number, at=tx.now, author=Author.PERSON, text=word)
                            await tx.ticket_entries.say(said)
        await self._follow_cutoff(tx, view, person)
        if not messages:
            return outcome
        reply = replace(outcome.reply, messages=(*outcome.reply.messages, *messages))
        return replace(outcome, reply=reply)

    async def _bot_said(self, tx: UnitOfWork, ticket: Ticket, messages: Sequence[Message]) -> None:
        words = shortened([message.text for message in messages])
        if words:
            await tx.ticket_entries.say(Entry(ticket=ticket.id, at=tx.now, author=Author.BOT, text=words))

    async def _open(
        self, tx: UnitOfWork, wish: TicketWished, view: HelpdeskView, person: Participant
    ) -> Sequence[Message]:
        incident = await tx.incidents.current(wish.about, wish.concerned, lock=True)
        news = incident.news if incident else None
        cutoff = self.programme.cutoff_of(person)
        ticket = await tx.tickets.open(
            Ticket(
                id=0,
                participant=person.id,
                about=wish.about,
                concerned=wish.concerned,
                complaint=wish.complaint,
                summary=wish.summary,
                heard=await said_last(tx, person.id),
                opened_at=tx.now,
                queued_at=tx.now,
                waits_since=tx.now,
                answered_at=tx.now if news else None,
                cutoff=None if cutoff is None or not _still_to_buy(person) else cutoff.at,
                incident=incident.id if incident else None,
                why=wish.why,
            )
        )
        if self.rooms:  # else it is seen at the console alone
            await tx.views.place(ticket.id, await tx.views.quietest(self.rooms))
        for picture in wish.pictures:
            shot = Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text=picture.caption)
            await tx.ticket_entries.say(replace(shot, attachment=picture.attachment))
        told = Filling(self.programme, ticket, None, person, tx.now).filled(news) if news else None
        waiting = await self.views.waiting(tx, replace(view, incident_news=told), ticket)
        return opened(ticket, waiting, person, tx.now).messages

    async def _judged(self, tx: UnitOfWork, person: Participant, number: int, **judged: Any) -> bool:
        """Keep what the person thinks of their own ticket; tell whether that is new."""
        ticket = await tx.tickets.get(number)
        if ticket is None or ticket.participant != person.id or replace(ticket, **judged) == ticket:
            return False
        await tx.tickets.save(replace(ticket, **judged))
        return True

    async def _follow_cutoff(self, tx: UnitOfWork, view: HelpdeskView, person: Participant) -> None:
        ticket = view.ticket
        if ticket is None or not ticket.is_open:
            return
        cutoff = self.programme.cutoff_of(person) if _still_to_buy(person) else None
        at = None if cutoff is None else cutoff.at
        if at != ticket.cutoff:
            await tx.tickets.set_cutoff(ticket.id, at)


def _still_to_buy(person: Participant) -> bool:
    return not person.has(Milestone.BOUGHT)
