"""Places in an announcement that are filled for each person: {nama}, {sisa_hari}, and their English names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from types import MappingProxyType

from programme.messages import Message
from programme.participants import Participant
from programme.programme import Programme
from programme.zones import Zone

_PLACE = re.compile(r"{([^{}]*)}")
_UNNAMED: Mapping[str, str] = MappingProxyType({"id": "Sobat", "en": "friend"})

Filling = Callable[[Participant, Programme, datetime], str | None]


class UnknownPlaceholder(ValueError):
    """The text has a place that nobody knows how to fill."""

    def __init__(self, name: str) -> None:
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        super().__init__(f"{{{name}}} is no placeholder; there are {known}")
        self.name = name


def has_places(text: str) -> bool:
    """Tell whether the text is different for each person. Raises UnknownPlaceholder."""
    names = _PLACE.findall(text)
    unknown = next((name for name in names if name not in PLACES), None)
    if unknown is not None:
        raise UnknownPlaceholder(unknown)
    return bool(names)


def filled(message: Message, person: Participant, programme: Programme, now: datetime) -> Message | None:
    """Return the message with its places filled for `person`; None where one of them can't be."""
    found = {name: PLACES[name](person, programme, now) for name in _PLACE.findall(message.text)}
    if any(value is None for value in found.values()):
        return None
    text = _PLACE.sub(lambda place: escape(found[place[1]] or "", quote=False), message.text)
    return replace(message, text=text, per_person=False)


def sample(message: Message, person: Participant, programme: Programme, now: datetime) -> Message:
    """Return the message as `person` would get it; places that can't be filled for them stay to be seen."""
    return filled(message, person, programme, now) or replace(message, per_person=False)


def _name(person: Participant, _programme: Programme, _now: datetime) -> str:
    return person.name or _UNNAMED.get(person.language, _UNNAMED["id"])


def _days_left(person: Participant, programme: Programme, now: datetime) -> str | None:
    """Count the days on the calendar of WIB, up to the last day to buy, which has 0; None once it is past."""
    cutoff = programme.cutoff_of(person)
    if cutoff is None or now > cutoff.at:
        return None
    return str((cutoff.day - now.astimezone(Zone.WIB.tz).date()).days)


PLACES: Mapping[str, Filling] = MappingProxyType(
    {"nama": _name, "name": _name, "sisa_hari": _days_left, "days_left": _days_left}
)
