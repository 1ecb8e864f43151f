"""The card that opens a ticket's topic: who, how long to the cutoff, how far on the path, what was said."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from handlers.helpdesk.orders import LABELS, TicketAct, act_button
from handlers.phrases.matters import matter_name
from handlers.phrases.milestone_titles import titles
from locales import moment
from programme.model.messages import Button, Message
from programme.model.participants import Participant
from programme.model.tickets import Ticket, TicketState
from programme.model.zones import Zone

_STATES = {
    TicketState.WAITING: "⏳ menunggu",
    TicketState.HELD: "💬 dipegang",
    TicketState.WITH_BOT: "🤖 di bot",
    TicketState.CLOSED: "✅ ditutup",
}
_ROWS = (
    (TicketAct.TAKE, TicketAct.HAND),
    (TicketAct.NOTE, TicketAct.CANNED),
    (TicketAct.ASK, TicketAct.TO_BOT),
    (TicketAct.OUTSIDE, TicketAct.TIE),
    (TicketAct.CLOSE, TicketAct.MUTE),
)


def card(ticket: Ticket, person: Participant | None, concerned: str, holder: str, now: datetime) -> Message:
    """Return the card. `concerned` names the platform or partner, `holder` whoever holds the ticket."""
    state = _STATES[ticket.state] + (f" {escape(holder)}" if ticket.state is TicketState.HELD else "")
    lines = [
        f"🎫 <b>Aduan #{ticket.id}</b>, {escape(matter_name(ticket.about))}"
        + (f", {escape(concerned)}" if concerned else ""),
        state,
        f"👤 {masked(person.name if person else None)}" + (_wave(person) if person else ""),
        _cutoff(ticket, now),
        _path(person),
    ]
    if ticket.stars:
        lines.append("⭐" * ticket.stars + (f" «{escape(ticket.word)}»" if ticket.word else ""))
    if ticket.incident:
        lines.append(f"🔥 Insiden {ticket.incident}")
    if ticket.heard:
        lines.append(f"\n<b>Sudah dikatakan bot:</b>\n<i>{escape(ticket.heard)}</i>")
    if ticket.complaint:
        lines.append(f"\n<b>Keluhan:</b>\n{escape(ticket.complaint)}")
    return Message("\n".join(line for line in lines if line), _keys(ticket))


def topic_name(ticket: Ticket, concerned: str) -> str:
    """Name the topic so that a list of them can be read: at most 128 characters."""
    about = matter_name(ticket.about) + (f" {concerned}" if concerned else "")
    return f"#{ticket.id} {about}"[:128]


def masked(name: str | None) -> str:
    """Show no more of a name than its first letter."""
    return f"{escape(name[0])}•••" if name else "peserta"


def today(cutoff: datetime, now: datetime) -> str:
    """Write how long it is to the cutoff, in hours."""
    left = cutoff - now
    if left <= timedelta():
        return "batas beli sudah lewat"
    hours = left / timedelta(hours=1)
    return f"sisa {hours:.0f} jam" if hours >= 2 else f"sisa {left / timedelta(minutes=1):.0f} menit"


def _wave(person: Participant) -> str:
    wave = f", gelombang {person.wave}" if person.wave else ""
    return f"{wave} ({'data resmi' if person.official else 'kata sendiri'})" if wave else ""


def _cutoff(ticket: Ticket, now: datetime) -> str:
    """The card is edited when something happens, so the moment stands beside what is left of it."""
    if ticket.cutoff is None:
        return ""
    zone = Zone.WIB
    return f"⏰ <b>{today(ticket.cutoff, now)}</b> sampai {moment(ticket.cutoff, zone.tz, zone.value)}"


def _path(person: Participant | None) -> str:
    reached = sorted(person.progress, key=lambda milestone: milestone.position) if person else []
    return "🏁 " + (", ".join(titles()[one] for one in reached) if reached else "belum ada langkah tercatat")


def _keys(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    if not ticket.is_open:
        return ((act_button(LABELS[TicketAct.REOPEN], TicketAct.REOPEN, ticket.id),),)
    return tuple(tuple(act_button(LABELS[act], act, ticket.id) for act in row) for row in _ROWS)
