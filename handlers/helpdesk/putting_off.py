"""Putting a complaint off, and labels: what keeps the staff's queue in order and tells the participant nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from types import MappingProxyType
from typing import Final

from handlers.helpdesk.holding import asking, not_mine, refused
from handlers.helpdesk.orders import Order, TicketAct, act_button
from handlers.helpdesk.refusals import Why
from handlers.helpdesk.situation import Situation, TicketDecision
from locales import SOURCE, moment, speaking
from programme.model.zones import Zone

TOMORROW: Final = "besok"
BACK: Final = "batal"
STRETCHES: Final[Mapping[str, str]] = MappingProxyType({"1": "1 jam", "4": "4 jam", TOMORROW: "Besok 08.00"})
"""What is offered, by what is ordered with it."""

SPARE: Final = timedelta(hours=2)
"""So long before the person's cutoff it has to be back at the latest."""

_LONGEST: Final = 24 * 7  # hours
_MORNING: Final = 8
_LABEL: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,23}")
_MOST_LABELS: Final = 8


def put_off(order: Order, at: Situation) -> TicketDecision:
    """Take the ticket out of the queue for a while; it comes back by itself, or when the person writes."""
    if not at.ticket.is_open:
        return refused(at, "🚫 Sudah ditutup. /buka dulu.", Why.CLOSED)
    if (refusal := not_mine(at)) is not None:
        return refusal
    if order.target == BACK:
        told = f"⏰ Kembali ke antrean oleh {escape(at.member.name)}."
        return TicketDecision(ticket=replace(at.ticket, put_off_to=None), told=told)
    until = back_at(order.target, at.now)
    if until is None:
        rows = [(act_button(label, TicketAct.PUT_OFF, at.ticket.id, name),) for name, label in STRETCHES.items()]
        return asking(at, "😴 Tunda berapa lama? Paling lama seminggu.", rows, Why.NO_MOMENT)
    if comes_too_late(until, at.ticket.cutoff, at.now):
        return refused(at, "🚫 Tidak ditunda: batas belinya keburu lewat.", Why.TOO_LATE)
    with speaking(SOURCE):  # as the rest of the line, whatever language the participant reads
        told = f"😴 Ditunda {escape(at.member.name)} sampai {moment(until, Zone.WIB.tz, Zone.WIB.value)}."
    return TicketDecision(ticket=replace(at.ticket, put_off_to=until), told=told)


def back_at(stretch: str, now: datetime) -> datetime | None:
    """Return when what is put off for a number of hours, or until tomorrow morning in WIB, comes back, in UTC."""
    if stretch == TOMORROW:
        there = now.astimezone(Zone.WIB.tz) + timedelta(days=1)
        return there.replace(hour=_MORNING, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)
    hours = int(stretch) if stretch.isascii() and stretch.isdecimal() and len(stretch) < 4 else 0
    return now + timedelta(hours=hours) if 0 < hours <= _LONGEST else None


def comes_too_late(until: datetime, cutoff: datetime | None, now: datetime) -> bool:
    """Whether it would be back too late for a cutoff that is still ahead."""
    return cutoff is not None and cutoff > now and until > cutoff - SPARE


def label(order: Order, at: Situation) -> TicketDecision:
    """Put a label on, or with a minus before it take it off; either may be done again."""
    name = order.target.removeprefix("-").removeprefix("#").casefold()
    taken_off = order.target.startswith("-")
    kept = [one for one in at.ticket.labelled if one != name]
    if not _LABEL.fullmatch(name) or (len(kept) >= _MOST_LABELS and not taken_off):
        told = "🏷 Label yang mana? /label KATA: huruf kecil, angka, dan tanda hubung, 2 sampai 24, paling banyak 8."
        return asking(at, told, [], Why.NO_LABEL, order.target)
    names = kept if taken_off else sorted([*kept, name])
    after = replace(at.ticket, labels=f" {' '.join(names)} " if names else None)
    if after == at.ticket:
        return TicketDecision(ticket=at.ticket)
    done = "dilepas" if taken_off else "diberi"
    return TicketDecision(ticket=after, told=f"🏷 {escape(name)} {done} {escape(at.member.name)}.")
