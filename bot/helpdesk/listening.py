"""The participant's side: what they say goes to their ticket, what they wish becomes one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.helpdesk.desk_view import DeskViews
from bot.helpdesk.ticket_requests import TicketRequests, reopen
from bot.store import UnitOfWork
from handlers.dialogue.redacted import warn
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn_input import TurnOutcome
from handlers.dialogue.whose import as_sent
from handlers.helpdesk.hearing import Hearing, hearing, only_words_shown
from handlers.helpdesk.words import noted, only_words, reopened
from handlers.understanding import OUT_OF_SCOPE, understand
from locales import speaking
from programme.model.dialogues import Dialogue
from programme.model.messages import Incoming, Sort
from programme.model.participants import Participant
from programme.model.tickets import (
    Author,
    Entry,
    HelpdeskView,
    Ticket,
    TicketState,
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

    view: HelpdeskView | None
    hearing: Hearing
    outcome: TurnOutcome | None = None
    redacted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listening:
    """Takes part in the transaction of every message of a participant, who is locked in it."""

    views: DeskViews
    fulfilling: TicketRequests

    async def hear(self, tx: UnitOfWork, incoming: Incoming, person: Participant, dialogue: Dialogue | None) -> Heard:
        """Put what the person says on their ticket where it belongs there."""
        with speaking(person.language):
            view = await self.views.of(tx, person)
        if view is None or view.ticket is None:
            return Heard(view, Hearing(bot=True, desk=False))
        today = tx.now.astimezone(person.local.tz).date()
        understood = understand(incoming.text, today=today)
        where = hearing(incoming, view, in_dialogue=dialogue is not None and dialogue.is_open, understood=understood)
        if not where.desk:
            return Heard(view, where)
        ticket = await self._enter(tx, view.ticket, incoming)
        if where.reopens:
            ticket = await reopen(tx, ticket, "peserta")
        if where.bot:
            return Heard(replace(view, ticket=ticket), where, redacted=incoming.redacted)
        with speaking(person.language):
            reply = warn(incoming.redacted) if incoming.redacted else Reply(())
            if where.reopens:
                waiting = await self.views.waiting(tx, view, ticket)
                reply = reply.then(reopened(ticket, waiting, person, tx.now))
            elif ticket.state is TicketState.WAITING:
                reply = reply.then(noted(ticket))
            if only_words_shown(incoming):
                reply = reply.then(only_words)
        return Heard(view, where, TurnOutcome(participant=person, reply=reply, dialogue=dialogue))

    async def hear_more(self, tx: UnitOfWork, incoming: Incoming, person: Participant) -> None:
        """Put another picture of an album on the ticket that the first one went to."""
        view = await self.views.of(tx, person)
        ticket = view.ticket if view else None
        if ticket is not None and ticket.state in {TicketState.WAITING, TicketState.HELD}:
            await self._enter(tx, ticket, incoming)

    async def correct(self, tx: UnitOfWork, incoming: Incoming, person: Participant) -> None:
        """Show the staff that the person changed what they wrote."""
        ticket = await tx.tickets.latest_of(person.id)
        if ticket is None or await tx.tickets.is_muted(person.id):
            return
        entry = await tx.ticket_entries.at(ticket.id, origin=_origin(incoming))
        if entry is not None:
            changed = Entry(
                ticket=ticket.id,
                at=tx.now,
                author=Author.PERSON,
                text=as_sent(incoming),
                corrects=entry.id,
                origin=_origin(incoming),
            )
            await tx.ticket_entries.say(changed)

    async def fulfil(self, tx: UnitOfWork, outcome: TurnOutcome, heard: Heard) -> TurnOutcome:
        """Do what the conversation wished of the helpdesk; return the outcome with what is to be told of it."""
        if heard.view is None:
            return outcome
        overheard = heard.hearing.desk and heard.hearing.bot
        if overheard and heard.view.ticket is not None and _is_for_people(outcome):
            outcome, overheard = _only_noted(outcome, heard.view.ticket, heard.redacted), False
        return await self.fulfilling.fulfil(tx, outcome, heard.view, overheard=overheard)

    async def _enter(self, tx: UnitOfWork, ticket: Ticket, incoming: Incoming) -> Ticket:
        answered = None
        if incoming.answers is not None:
            answered = await tx.ticket_entries.at(ticket.id, provider=incoming.answers)
        text = as_sent(incoming)
        if not incoming.text.strip() and (incoming.attachment is None or incoming.attachment.sort is Sort.STICKER):
            text = f"{text} {incoming.sight or _SIGHT.get(incoming.sort, '[pesan]')}".strip()
        elif incoming.sight and answered is None:
            text = f"» {incoming.sight}\n{text}".strip()
        entry = Entry(
            ticket=ticket.id,
            at=tx.now,
            author=Author.PERSON,
            text=text,
            attachment=incoming.attachment,
            origin=_origin(incoming),
            replies_to=answered.id if answered else None,
        )
        await tx.ticket_entries.say(entry)
        return await tx.tickets.save(replace(ticket, waits_since=ticket.waits_since or tx.now, put_off_to=None))


def _is_for_people(outcome: TurnOutcome) -> bool:
    """Whether the bot did not understand, or has no answer to it."""
    return outcome.missed is not None or outcome.intent == OUT_OF_SCOPE


def _only_noted(outcome: TurnOutcome, ticket: Ticket, redacted: tuple[str, ...]) -> TurnOutcome:
    """What the bot can't answer went to the people it is for: only that is said. A question stays open."""
    still_open = outcome.dialogue is not None and outcome.dialogue.id != 0 and outcome.dialogue.is_open
    with speaking(outcome.participant.language):
        reply = warn(redacted).then(noted(ticket)) if redacted else noted(ticket)
    return replace(outcome, reply=reply, dialogue=outcome.dialogue if still_open else None)


def _origin(incoming: Incoming) -> str | None:
    return f"{incoming.channel}:{incoming.message}" if incoming.message else None
