"""Where a complaint can be taken outside the house, with the ways to get there."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.phrases.contact_buttons import in_words
from programme.partners import Partner
from programme.platforms import Platform
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody outside who has to help: a platform, a payment partner, the programme itself."""

    id: str
    name: str
    ways: tuple[str, ...]


def places(programme: Programme, concerned: str | None) -> dict[str, Place]:
    """Return where a complaint about `concerned` goes first, by the name that staff write."""
    one = _of(programme, concerned)
    form, phone = programme.contacts["complaint_form"], programme.contacts["phone"]
    found = [_place(one)] if one is not None and one.contacts else []
    found.append(Place("formulir", "Formulir Pengaduan Prakerja", (form.url,)))
    found.append(Place("callcenter", "Call Center Prakerja", tuple(in_words([phone]))))
    return {place.id: place for place in found}


def place_named(programme: Programme, name: str) -> Place | None:
    """Return the platform or payment partner that people call `name`, whatever the complaint is about."""
    one = programme.platform(name) or programme.partner(name)
    return None if one is None else _place(one)


def name_of(programme: Programme, concerned: str | None) -> str:
    """Return the name of a platform or payment partner by its id; empty where none is concerned."""
    one = _of(programme, concerned)
    return one.name if one is not None else ""


def _of(programme: Programme, concerned: str | None) -> Platform | Partner | None:
    return programme.platforms.get(concerned or "") or programme.partners.get(concerned or "")


def _place(one: Platform | Partner) -> Place:
    return Place(one.id, one.name, tuple(in_words(one.contacts)))
