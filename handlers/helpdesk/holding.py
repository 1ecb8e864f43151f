"""Who may act on a ticket at this moment, and how refusing and asking back look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from handlers.helpdesk.refusals import Refusal, Why
from handlers.helpdesk.situation import Situation, TicketDecision
from programme.model.messages import Button
from programme.model.tickets import Ticket, TicketState


def held(at: Situation, lead: str = "") -> Ticket | TicketDecision:
    """Return the ticket in the member's hands, taking it where nobody has it; or why that can't be, after `lead`."""
    if at.owns:
        return at.ticket
    if not at.ticket.is_open:
        return refused(at, f"🚫 {lead}aduan ini sudah ditutup. /buka dulu.", Why.CLOSED)
    if at.ticket.state is TicketState.HELD:
        told = f"🚫 {lead}aduan ini dipegang {escape(at.holder)}. /catat untuk catatan internal."
        return refused(at, told, Why.HELD, at.holder)
    return given_to(at.member.who, at)


def given_to(who: str, at: Situation) -> Ticket:
    """Return the ticket in somebody's hands."""
    return replace(at.ticket, state=TicketState.HELD, owner=who, touched_at=at.now, put_off_to=None)


def queued(at: Situation) -> Ticket:
    """Return the ticket back in the queue."""
    return replace(at.ticket, state=TicketState.WAITING, owner=None, queued_at=at.now, put_off_to=None)


def not_mine(at: Situation) -> TicketDecision | None:
    """Refuse where the member may not decide over the ticket; None where they may."""
    if at.ticket.state is TicketState.HELD and not at.owns and not at.leads:
        return refused(at, f"🚫 Aduan ini dipegang {escape(at.holder)}.", Why.HELD, at.holder)
    return None


def refused(at: Situation, told: str, why: Why, of: str = "") -> TicketDecision:
    """Change nothing and say why."""
    return TicketDecision(ticket=at.ticket, told=told, done=False, refusal=Refusal(why, of))


def asking(
    at: Situation, words: str, rows: Sequence[tuple[Button, ...]], why: Why | None = None, of: str = ""
) -> TicketDecision:
    """Ask which one is meant; with `why`, because the one that was named can't be."""
    refusal = None if why is None else Refusal(why, of)
    return TicketDecision(ticket=at.ticket, told=words, keys=tuple(rows), done=False, refusal=refusal)
