"""Places in an answer, filled for one ticket: {nama} {petugas} {nomor} {perihal} {mitra} {sisa_hari} {batas} …"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape

from handlers.helpdesk.card import masked
from handlers.helpdesk.outside import name_of
from handlers.helpdesk.refusals import Refusal, Why
from handlers.phrases.matters import matter_name
from locales import _
from programme.model.participants import Participant
from programme.model.staff import StaffMember
from programme.model.tickets import Ticket
from programme.placeholders import PLACES, fill_days
from programme.programme import Programme
from programme.typed_facts import TypedFact

PLACES_OF_TICKETS = frozenset({"nama", "petugas", "nomor", "perihal", "mitra", "sisa_hari", "batas", "insentif"})
PLACES_OF_NEWS = PLACES_OF_TICKETS - {"petugas"}
"""News of an incident come from nobody by name."""

_PLACE = re.compile(r"{([^{}]*)}")


def hidden(person: Participant) -> Participant:
    """Return the person as staff may see them: the name is masked."""
    return replace(person, name=unescape(masked(person.name))) if person.name else person


def unknown_place(text: str, known: Set[str] = PLACES_OF_TICKETS) -> str | None:
    """Return the first place in `text` that nobody can fill."""
    return next((name for name in _PLACE.findall(text) if name not in known), None)


def refused_words(text: str, typed: Sequence[TypedFact], known: Set[str] = PLACES_OF_TICKETS) -> Refusal | None:
    """Say what of a text can't go out: a place that nobody can fill, or what stands typed that a place would fill."""
    if (place := unknown_place(text, known)) is not None:
        return Refusal(Why.UNFILLED, f"{{{place}}}")
    return Refusal(Why.TYPED, f"“{typed[0].words}” → {typed[0].place}") if typed else None


@dataclass(frozen=True, slots=True)
class Filling:
    """What a reply is filled with on one ticket. Staff see it of a `hidden` person; news have no `member`."""

    programme: Programme
    ticket: Ticket
    member: StaffMember | None
    person: Participant
    now: datetime

    def filled(self, text: str) -> str:
        """Return the words with every place filled; what isn't known says so."""
        known = self.person, self.programme, self.now
        values = {
            "nama": PLACES["nama"](*known),
            "petugas": self.member.name if self.member else None,
            "nomor": str(self.ticket.id),
            "perihal": matter_name(self.ticket.about),
            "mitra": name_of(self.programme, self.ticket.concerned) or None,
            **{name: PLACES[name](*known) for name in ("sisa_hari", "batas", "insentif")},
        }
        text = fill_days(text, *known)
        return _PLACE.sub(lambda place: values.get(place[1]) or _("(belum diketahui)"), text)
