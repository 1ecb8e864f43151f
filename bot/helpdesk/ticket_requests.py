"""Ticket requests: what a conversation asks of the helpdesk, done in the message's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.helpdesk.desk_view import DeskViews
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


async def reopen(tx: UnitOfWork, ticket: Ticket, now: datetime, by: str) -> Ticket:
    """Put a ticket back into the queue, with its history."""
    reopened_ = ticket.reopened + (0 if ticket.is_open else 1)
    waiting = replace(
        ticket,
        state=TicketState.WAITING,
        owner=None,
        queued_at=now,
        waits_since=ticket.waits_since or now,
        closed_at=None,
        reopened=reopened_,
    )
    saved = await tx.tickets.save(waiting, now)
    await tx.tickets.warn_anew(ticket.id)
    told = Entry(ticket=ticket.id, at=now, author=Author.DESK, text=f"🔓 Dibuka lagi oleh {by}.")
    await tx.ticket_entries.say(told)
    return saved


@dataclass(frozen=True, slots=True)
class TicketRequests:
    """Does what was wished; the person is locked in the transaction."""

    programme: Programme
    rooms: tuple[str, ...]
    views: DeskViews

    async def fulfil(
        self, tx: UnitOfWork, outcome: TurnOutcome, view: HelpdeskView, now: datetime, *, overheard: bool
    ) -> TurnOutcome:
        """Return the outcome with what is to be told of it. Where it was `overheard`, staff see the bot's answer."""
        person = outcome.participant
        if overheard and view.ticket is not None:
            await self._bot_said(tx, view.ticket, outcome.messages, now)
        messages: list[Message] = []
        with speaking(person.language):
            for wish in outcome.wishes:
                match wish:
                    case SelfHelpOffered(about):
                        await tx.tickets.advise(person.id, about, now)
                    case TicketWished():
                        messages += await self._open(tx, wish, view, person, now)
                    case TicketReopened(number) if view.ticket is not None and view.ticket.id == number:
                        rated = await tx.tickets.get(number) or view.ticket
                        ticket = await reopen(tx, rated, now, "peserta")
                        waiting = await self.views.waiting(tx, view, ticket, now)
                        messages += reopened(ticket, waiting, person, now).messages
                    case TicketRated(number, stars):
                        await self._rate(tx, number, person, now, stars=stars)
                    case TicketWorded(number, word):
                        await self._rate(tx, number, person, now, word=word)
        await self._follow_cutoff(tx, view, person, now)
        if not messages:
            return outcome
        reply = replace(outcome.reply, messages=(*outcome.reply.messages, *messages))
        return replace(outcome, reply=reply)

    async def _bot_said(self, tx: UnitOfWork, ticket: Ticket, messages: Sequence[Message], now: datetime) -> None:
        words = shortened([message.text for message in messages])
        if words:
            await tx.ticket_entries.say(Entry(ticket=ticket.id, at=now, author=Author.BOT, text=words))

    async def _open(
        self, tx: UnitOfWork, wish: TicketWished, view: HelpdeskView, person: Participant, now: datetime
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
                opened_at=now,
                queued_at=now,
                waits_since=now,
                answered_at=now if news else None,
                cutoff=None if cutoff is None or not _still_to_buy(person) else cutoff.at,
                incident=incident.id if incident else None,
            )
        )
        await tx.views.place(ticket.id, await tx.views.quietest(self.rooms))
        for picture in wish.pictures:
            shot = Entry(
                ticket=ticket.id,
                at=now,
                author=Author.PERSON,
                text=picture.caption,
                attachment=picture.attachment,
            )
            await tx.ticket_entries.say(shot)
        waiting = await self.views.waiting(tx, replace(view, incident_news=news), ticket, now)
        return opened(ticket, waiting, person, now).messages

    async def _rate(
        self,
        tx: UnitOfWork,
        number: int,
        person: Participant,
        now: datetime,
        *,
        stars: int | None = None,
        word: str | None = None,
    ) -> None:
        ticket = await tx.tickets.get(number)
        if ticket is None or ticket.participant != person.id:
            return
        rated = replace(ticket, stars=stars or ticket.stars, word=word or ticket.word)
        if rated == ticket:
            return
        await tx.tickets.save(rated, now)
        if word:
            await tx.ticket_entries.say(Entry(ticket=ticket.id, at=now, author=Author.PERSON, text=word))

    async def _follow_cutoff(self, tx: UnitOfWork, view: HelpdeskView, person: Participant, now: datetime) -> None:
        ticket = view.ticket
        if ticket is None or not ticket.is_open:
            return
        cutoff = self.programme.cutoff_of(person) if _still_to_buy(person) else None
        at = None if cutoff is None else cutoff.at
        if at != ticket.cutoff:
            await tx.tickets.set_cutoff(ticket.id, at, now)


def _still_to_buy(person: Participant) -> bool:
    return not person.has(Milestone.BOUGHT)
