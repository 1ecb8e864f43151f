"""The participant's side: what they say goes to their ticket, what they wish becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.helpdesk.desk_view import DeskViews
from bot.helpdesk.recalling import said_last, shortened
from bot.store import Transaction
from handlers.helpdesk.hearing import Hearing, hearing
from handlers.helpdesk.words import noted, opened, reopened
from handlers.redacted import warn
from handlers.reply import Reply
from handlers.scene import Outcome
from handlers.understanding import understand
from locales import speaking
from programme.dialogues import Dialogue
from programme.helpdesk import HelpdeskRules
from programme.messages import Incoming, Message, Sort
from programme.milestones import Milestone
from programme.participants import Participant
from programme.programme import Programme
from programme.tickets import (
    Author,
    DeskView,
    Entry,
    Ticket,
    TicketRated,
    TicketReopened,
    TicketState,
    TicketWished,
    TicketWorded,
)

_SIGHT = {
    Sort.STICKER: "[stiker]",
    Sort.LOCATION: "[lokasi]",
    Sort.VOICE: "[pesan suara]",
    Sort.VIDEO: "[video]",
    Sort.PHOTO: "[gambar]",
    Sort.DOCUMENT: "[berkas]",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a message at the helpdesk. With an `outcome`, the bot says nothing but that."""

    view: DeskView | None
    hearing: Hearing
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Listening:
    """Takes part in the transaction of every message of a participant, who is locked in it."""

    programme: Programme
    rules: HelpdeskRules
    rooms: tuple[str, ...]
    views: DeskViews

    async def hear(
        self, tx: Transaction, incoming: Incoming, person: Participant, dialogue: Dialogue | None, now: datetime
    ) -> Heard:
        """Put what the person says on their ticket where it belongs there."""
        with speaking(person.language):
            view = await self.views.of(tx, person, now)
        if view is None or view.ticket is None:
            return Heard(view, Hearing(bot=True, desk=False))
        today = now.astimezone(person.local.tz).date()
        understood = understand(incoming.text, today=today)
        where = hearing(incoming, view, in_dialogue=dialogue is not None, understood=understood)
        if not where.desk:
            return Heard(view, where)
        ticket = await self._enter(tx, view.ticket, incoming, now)
        if where.reopens:
            ticket = await self.reopen(tx, ticket, now, "peserta")
        if where.bot:
            return Heard(replace(view, ticket=ticket), where)
        with speaking(person.language):
            reply = await self._acknowledged(tx, view, ticket, incoming, person, now=now, reopens=where.reopens)
        return Heard(view, where, Outcome(participant=person, reply=reply, dialogue=dialogue))

    async def hear_more(self, tx: Transaction, incoming: Incoming, person: Participant, now: datetime) -> None:
        """Put another picture of an album on the ticket that the first one went to."""
        view = await self.views.of(tx, person, now)
        ticket = view.ticket if view else None
        if ticket is not None and ticket.state in {TicketState.WAITING, TicketState.HELD}:
            await self._enter(tx, ticket, incoming, now)

    async def correct(self, tx: Transaction, incoming: Incoming, person: Participant, now: datetime) -> None:
        """Show the staff that the person changed what they wrote."""
        ticket = await tx.tickets.latest_of(person.id)
        if ticket is None or await tx.tickets.is_muted(person.id):
            return
        entry = await tx.tickets.entry_at(ticket.id, origin=_origin(incoming))
        if entry is not None:
            changed = Entry(
                ticket=ticket.id,
                at=now,
                author=Author.PERSON,
                text=incoming.text,
                corrects=entry.id,
                origin=_origin(incoming),
            )
            await tx.tickets.say(changed)

    async def fulfil(self, tx: Transaction, outcome: Outcome, heard: Heard, now: datetime) -> Outcome:
        """Do what the conversation wished of the helpdesk; return the outcome with what is to be told of it."""
        view, person = heard.view, outcome.participant
        if view is None:
            return outcome
        if heard.hearing.desk and heard.hearing.bot and view.ticket is not None:
            await self._bot_said(tx, view.ticket, outcome.messages, now)
        messages: list[Message] = []
        with speaking(person.language):
            for wish in outcome.wishes:
                match wish:
                    case TicketWished():
                        messages += await self._open(tx, wish, view, person, now)
                    case TicketReopened(number) if view.ticket is not None and view.ticket.id == number:
                        rated = await tx.tickets.get(number) or view.ticket
                        ticket = await self.reopen(tx, rated, now, "peserta")
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

    async def reopen(self, tx: Transaction, ticket: Ticket, now: datetime, by: str) -> Ticket:
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
        told = Entry(ticket=ticket.id, at=now, author=Author.DESK, text=f"🔓 Dibuka lagi oleh {by}.")
        await tx.tickets.say(told)
        return saved

    async def _enter(self, tx: Transaction, ticket: Ticket, incoming: Incoming, now: datetime) -> Ticket:
        answered = None
        if incoming.answers is not None:
            answered = await tx.tickets.entry_at(ticket.id, provider=incoming.answers)
        text = incoming.text.strip()
        if not text and incoming.attachment is None:
            text = _SIGHT.get(incoming.sort, "[pesan]")
        entry = Entry(
            ticket=ticket.id,
            at=now,
            author=Author.PERSON,
            text=text,
            attachment=incoming.attachment,
            origin=_origin(incoming),
            replies_to=answered.id if answered else None,
        )
        await tx.tickets.say(entry)
        return await tx.tickets.save(replace(ticket, waits_since=ticket.waits_since or now), now)

    async def _acknowledged(
        self,
        tx: Transaction,
        view: DeskView,
        ticket: Ticket,
        incoming: Incoming,
        person: Participant,
        *,
        now: datetime,
        reopens: bool,
    ) -> Reply:
        """While a person answers, nothing but a warning about secrets is said."""
        reply = warn(incoming.redacted) if incoming.redacted else Reply(())
        if reopens:
            return reply.then(reopened(ticket, await self.views.waiting(tx, view, ticket, now), person, now))
        return reply.then(noted(ticket)) if ticket.state is TicketState.WAITING else reply

    async def _bot_said(self, tx: Transaction, ticket: Ticket, messages: Sequence[Message], now: datetime) -> None:
        words = shortened([message.text for message in messages])
        if words:
            await tx.tickets.say(Entry(ticket=ticket.id, at=now, author=Author.BOT, text=words))

    async def _open(
        self, tx: Transaction, wish: TicketWished, view: DeskView, person: Participant, now: datetime
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
            shot = Entry(ticket=ticket.id, at=now, author=Author.PERSON, text="", attachment=picture)
            await tx.tickets.say(shot)
        waiting = await self.views.waiting(tx, replace(view, incident_news=news), ticket, now)
        return opened(ticket, waiting, person, now).messages

    async def _rate(
        self,
        tx: Transaction,
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
            await tx.tickets.say(Entry(ticket=ticket.id, at=now, author=Author.PERSON, text=word))

    async def _follow_cutoff(self, tx: Transaction, view: DeskView, person: Participant, now: datetime) -> None:
        ticket = view.ticket
        if ticket is None or not ticket.is_open:
            return
        cutoff = self.programme.cutoff_of(person) if _still_to_buy(person) else None
        at = None if cutoff is None else cutoff.at
        if at != ticket.cutoff:
            await tx.tickets.set_cutoff(ticket.id, at, now)


def _still_to_buy(person: Participant) -> bool:
    return not person.has(Milestone.BOUGHT)


def _origin(incoming: Incoming) -> str | None:
    return f"{incoming.channel}:{incoming.message}" if incoming.message else None
