"""Places in a broadcast that are filled for each person, such as {nama} and {sisa_hari}, and their English names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from types import MappingProxyType

from locales import Rupiah, fill, moment, speaking
from programme.model.messages import Message
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import Programme

_PLACE = re.compile(r"{([^{}]*)}")
_DAYS = re.compile(
    r"(?P<before>\bH-|\bdalam |\bin )?{(?P<place>sisa_hari|days_left)}(?P<tags>(?:</?[bi]>)*)"
    r"(?P<unit>[ -]?(?:hari|days?)\b)?(?P<more>(?:</?[bi]>)*)(?P<rest> (?:lagi|left|to go|more)\b)?",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:^|[.!?\n]\s*)(?:<[bi]>)*$")
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
    text = fill_days(message.text, person, programme, now)
    found = {name: PLACES[name](person, programme, now) for name in _PLACE.findall(text)}
    if any(value is None for value in found.values()):
        return None
    text = _PLACE.sub(lambda place: escape(found[place[1]] or "", quote=False), text)
    return replace(message, text=text, per_person=False)


def fill_days(text: str, person: Participant, programme: Programme, now: datetime) -> str:
    """Fill the days left, and write what stands around them as it is said: 1 day, and today instead of 0 days.

    On the last day `{sisa_hari} hari lagi` becomes `hari ini, sampai 23.59 WIB`, with the person's own clock
    where that is another one. The place stays where the days can't be told.
    """
    cutoff, days = programme.cutoff_of(person), _days_left(person, programme, now)
    if cutoff is None or days is None:
        return text

    def told(found: re.Match[str]) -> str:
        english = found["place"] == "days_left"
        if days != "0":
            unit = found["unit"] or ""
            one = days == "1" and unit.strip().casefold() == "days"
            unit = unit[:-1] if one else unit
            return f"{found['before'] or ''}{days}{found['tags']}{unit}{found['more']}{found['rest'] or ''}"
        words = _last_day(cutoff.at, person.zone, now, english=english)
        if _BEGINS.search(text[: found.start()]):
            words = words[0].upper() + words[1:]
        return f"{words}{found['tags']}{found['more']}"

    return _DAYS.sub(told, text)


def _last_day(end: datetime, zone: Zone | None, now: datetime, *, english: bool) -> str:
    """Say until when, on WIB's clock, and on the person's own east of it, where the date may be the next one."""
    own = zone or Zone.WIB
    there = f" ({end.astimezone(own.tz):%H.%M} {own.value})" if own is not Zone.WIB else ""
    tomorrow = now.astimezone(own.tz).date() > now.astimezone(Zone.WIB.tz).date()
    if english:
        return f"{'tonight' if tomorrow else 'today'}, until 23.59 WIB{there}"
    return f"{'malam' if tomorrow else 'hari'} ini, sampai 23.59 WIB{there}"


def sample(message: Message, person: Participant, programme: Programme, now: datetime) -> Message:
    """Return the message as `person` would get it; places that can't be filled for them stay to be seen."""
    return filled(message, person, programme, now) or replace(message, per_person=False)


def name_of(person: Participant) -> str:
    """Call the person by name; one without a letter or figure is none."""
    name = " ".join((person.name or "").split())
    return name if any(map(str.isalnum, name)) else _UNNAMED.get(person.language, _UNNAMED["id"])


def _name(person: Participant, _programme: Programme, _now: datetime) -> str:
    return name_of(person)


def _days_left(person: Participant, programme: Programme, now: datetime) -> str | None:
    """Count the days on the calendar of WIB, up to the last day to buy, which has 0; None once it is past."""
    cutoff = programme.cutoff_of(person)
    if cutoff is None or now > cutoff.at:
        return None
    return str((cutoff.day - now.astimezone(Zone.WIB.tz).date()).days)


def _cutoff(language: str) -> Filling:
    def told(person: Participant, programme: Programme, now: datetime) -> str | None:
        cutoff = programme.cutoff_of(person)
        if cutoff is None or now > cutoff.at:
            return None
        with speaking(language):
            return moment(cutoff.at, Zone.WIB.tz, Zone.WIB.value)

    return told


def _incentive(language: str) -> Filling:
    def told(person: Participant, programme: Programme, _now: datetime) -> str | None:
        if not person.wave or not any(scheme.covers(person.wave) for scheme in programme.schemes):
            return None
        scheme = programme.scheme(person.wave)
        with speaking(language):
            return fill("{sum}", sum=Rupiah(scheme.incentive * scheme.incentive_times))

    return told


PLACES: Mapping[str, Filling] = MappingProxyType(
    {
        **{"nama": _name, "sisa_hari": _days_left, "batas": _cutoff("id"), "insentif": _incentive("id")},
        **{"name": _name, "days_left": _days_left, "cutoff": _cutoff("en"), "incentive": _incentive("en")},
    }
)
