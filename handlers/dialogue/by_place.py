"""A choice by its place: *yang kedua aja*, of what the last answer listed or of the options of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.understanding.phrases import says, without
from programme.model.messages import Matter

PLACES: Final = ("the first one", "the second one", "the third one", "the fourth one", "the fifth one")
"""The phrases that choose, in order."""

OTHER_ONE: Final = "the other one"
"""The phrases that turn from the one that was shown to what stands beside it: *yang satunya*."""

LISTED: Final = "listed"
"""What is told of a matter whose answer listed several things of a kind: `platform:tokopedia,bukalapak`."""

MATTERS: Final = "matter"
"""The kind of what is listed where that is matters, each by its conversation."""

_NOTHING_ELSE: Final = 4  # words


def place_said(text: str) -> int | None:
    """Return which of those that were shown a text chooses, counted from 1; *yang satunya* has no place of its own."""
    if says(OTHER_ONE, text):
        return None
    return next((place for place, what in enumerate(PLACES, start=1) if says(what, text)), None)


def without_place(text: str) -> str:
    """Return what a text says beside its choice."""
    return next((without(what, text) for what in PLACES if says(what, text)), text)


def place_alone(text: str) -> int | None:
    """Return the place where a text says nothing but that: *yang kedua aja kak*."""
    return place_said(text) if len(text.split()) <= _NOTHING_ELSE and "?" not in text else None


def as_listed(kind: str, values: Sequence[str]) -> dict[str, str]:
    """Return what is to be told of a matter whose answer lists these, in order; nothing of fewer than two."""
    return {LISTED: f"{kind}:{','.join(values)}"} if len(values) > 1 else {}


def chosen(text: str, matter: Matter) -> Mapping[str, str]:
    """Return the one that a text chooses, by its kind; empty where it chooses none or nothing was listed."""
    kind, _colon, values = matter.told.get(LISTED, "").partition(":")
    place, listed = place_said(text), values.split(",")
    if says(OTHER_ONE, text):
        place = _of_the_other(listed, matter.told.get(kind))
    return {kind: listed[place - 1]} if values and place is not None and place <= len(listed) else {}


def _of_the_other(listed: Sequence[str], chosen_before: str | None) -> int:
    """Return the place of the one that was not chosen yet; of two just listed, the second."""
    return 1 if chosen_before == listed[-1] else len(listed)
