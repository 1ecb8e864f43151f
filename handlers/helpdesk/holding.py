"""Who may act on a ticket at this moment, and how refusing and asking back look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from handlers.helpdesk.situation import Situation, TicketDecision
from programme.model.messages import Button
from programme.model.tickets import Ticket, TicketState


def held(at: Situation) -> Ticket | str:
    """Return the ticket in the member's hands, taking it where nobody has it; or why that can't be."""
    if at.owns:
        return at.ticket
    if not at.ticket.is_open:
        return "aduan ini sudah ditutup. /buka dulu."
    if at.ticket.state is TicketState.HELD:
        return f"aduan ini dipegang {escape(at.holder)}. /catat untuk catatan internal."
    return given_to(at.member.who, at)


def given_to(who: str, at: Situation) -> Ticket:
    """Return the ticket in somebody's hands."""
    return replace(at.ticket, state=TicketState.HELD, owner=who, touched_at=at.now)


def queued(at: Situation) -> Ticket:
    """Return the ticket back in the queue."""
    return replace(at.ticket, state=TicketState.WAITING, owner=None, queued_at=at.now)


def not_mine(at: Situation) -> str | None:
    """Say why the member may not decide over the ticket; None where they may."""
    if at.ticket.state is TicketState.HELD and not at.owns and not at.leads:
        return f"🚫 Aduan ini dipegang {escape(at.holder)}."
    return None


def refused(at: Situation, why: str) -> TicketDecision:
    """Change nothing and say why."""
    return TicketDecision(ticket=at.ticket, told=why, done=False)


def asking(at: Situation, words: str, rows: Sequence[tuple[Button, ...]]) -> TicketDecision:
    """Ask which one is meant."""
    return TicketDecision(ticket=at.ticket, told=words, keys=tuple(rows), done=False)
