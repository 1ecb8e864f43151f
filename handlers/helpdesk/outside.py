"""Where a complaint can be taken outside the house, with the ways to get there."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.contact_keys import in_words
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody outside who has to help: a platform, a payment partner, the programme itself."""

    name: str
    ways: tuple[str, ...]


def places(programme: Programme, concerned: str | None) -> dict[str, Place]:
    """Return where a complaint about `concerned` can go, by the name that staff write."""
    found: dict[str, Place] = {}
    one = programme.platforms.get(concerned or "") or programme.partners.get(concerned or "")
    if one is not None and one.contacts:
        found[one.id] = Place(one.name, tuple(in_words(one.contacts)))
    form, phone = programme.contacts["complaint_form"], programme.contacts["phone"]
    found["formulir"] = Place("Formulir Pengaduan Prakerja", (form.url,))
    found["callcenter"] = Place("Call Center Prakerja", tuple(in_words([phone])))
    return found


def name_of(programme: Programme, concerned: str | None) -> str:
    """Return the name of a platform or payment partner by its id; empty where none is concerned."""
    one = programme.platforms.get(concerned or "") or programme.partners.get(concerned or "")
    return one.name if one is not None else ""
