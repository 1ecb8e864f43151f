"""Places in a canned reply, filled for one ticket: {nama} {petugas} {nomor} {perihal} {mitra} {sisa_hari}."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape

from handlers.helpdesk.card import masked
from handlers.helpdesk.outside import name_of
from handlers.phrases.matters import matters
from locales import _
from programme.model.participants import Participant
from programme.model.staff import StaffMember
from programme.model.tickets import Ticket
from programme.placeholders import PLACES, fill_days
from programme.programme import Programme

PLACES_OF_TICKETS = frozenset({"nama", "petugas", "nomor", "perihal", "mitra", "sisa_hari"})
_PLACE = re.compile(r"{([^{}]*)}")


def hidden(person: Participant) -> Participant:
    """Return the person as staff may see them: the name is masked."""
    return replace(person, name=unescape(masked(person.name))) if person.name else person


def unknown_place(text: str) -> str | None:
    """Return the first place in `text` that nobody can fill."""
    return next((name for name in _PLACE.findall(text) if name not in PLACES_OF_TICKETS), None)


def filled(  # noqa: PLR0917 - a reply stands in all of these
    text: str, ticket: Ticket, member: StaffMember, person: Participant, programme: Programme, now: datetime
) -> str:
    """Return the words with every place filled; what isn't known says so. Staff see them of a `hidden` person."""
    values = {
        "nama": PLACES["nama"](person, programme, now),
        "petugas": member.name,
        "nomor": str(ticket.id),
        "perihal": matters()[ticket.about],
        "mitra": name_of(programme, ticket.concerned) or None,
        "sisa_hari": PLACES["sisa_hari"](person, programme, now),
    }
    text = fill_days(text, person, programme, now)
    return _PLACE.sub(lambda place: values.get(place[1]) or _("(belum diketahui)"), text)
