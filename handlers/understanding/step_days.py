"""The day of a step, as its own words tell it: *selesainya tgl 20, bukan tgl 12*."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.understanding.entities import find_entities
from handlers.understanding.instead import is_denied, turns_at
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import Words, names_somebody, words_of
from handlers.understanding.tokens import Token

_PARTS: Final = re.compile(r"(?<=[.!?;\n])\s+|,\s+(?!bukan|bkn)|\s+(?=(?:tapi|tp|terus|trs|trus)\s)", re.IGNORECASE)
_BOUGHT: Final = "bought"
_FEW: Final = 8  # words


@dataclass(frozen=True, slots=True)
class Redated:
    """A step whose day is put right, and what else a text says."""

    step: str
    day: str
    rest: str


def day_of(step: str, text: str, *, today: date) -> str | None:
    """Return the day that a text tells of a step, in the part that names it; None where it tells none, or one ahead."""
    days = (_day_in(step, part, today) for part in _PARTS.split(text))
    return next((day for day in days if day is not None and day <= today.isoformat()), None)


def redated(text: str, noted: Mapping[str, date | None], *, today: date) -> Redated | None:
    """Return the step of those noted whose day a text puts right, or tells where it was not known."""
    parts = _PARTS.split(text)
    for part in parts:
        for step, known in noted.items():
            day = None if _is_of_else(part, text) else _day_in(step, part, today)
            right = _puts_right(part, today) or (known is None and _is_brief(part, today))
            if day is not None and day <= today.isoformat() and right and day != (known and known.isoformat()):
                return Redated(step, day, " ".join(one for one in parts if one is not part))
    return None


def _is_of_else(part: str, text: str) -> bool:
    """Whether a part asks or supposes, or is about somebody else or a second training."""
    beside = any(says(what, part) for what in ("a question", "a second training", "about the incentive"))
    return beside or says("supposing", text) or says("one more", part) or names_somebody(part)


def _day_in(step: str, part: str, today: date) -> str | None:
    """Return the last day behind the word that names the step, before a word that names the purchase."""
    tokens, words = spelt(part), words_of(step)
    named = [token.start for token in tokens if _names(words, token)]
    if not named:
        return None
    bought = [token.start for token in tokens if step != _BOUGHT and words_of(_BOUGHT).have("act", token)]
    until = min((at for at in bought if at > named[0]), default=len(part))
    since = named[0] if bought else 0
    days = [one for one in find_entities(part, today=today) if one.kind == "date" and since <= one.start < until]
    kept = [one.value for one in days if not is_denied(one, tokens)]
    return kept[-1] if kept else None


def _names(words: Words, token: Token) -> bool:
    return any(words.have(role, token) for role in ("act", "passive")) or token.word in words.by_role["handling"]


def _puts_right(part: str, today: date) -> bool:
    """Whether a part denies a day, turns to another, or speaks of the day of it: *selesainya tgl 20*."""
    tokens = spelt(part)
    denied = any(is_denied(one, tokens) for one in find_entities(part, today=today) if one.kind == "date")
    return denied or turns_at(tokens) >= 0 or _of_the_day(tokens)


def _is_brief(part: str, today: date) -> bool:
    """Whether a few words tell a numbered day, and hardly more."""
    days = [one for one in find_entities(part, today=today) if one.kind == "date"]
    return len(part.split()) <= _FEW and any(any(map(str.isdecimal, one.text)) for one in days)


def _of_the_day(tokens: Sequence[Token]) -> bool:
    pairs = zip(tokens, (*tokens[1:], None), strict=True)
    return any(
        any(_names(words_of(step), token) for step in ("completed", _BOUGHT))
        and (token.raw.endswith(("nya", "ku")) or (then is not None and then.raw in {"nya", "ku"}))
        for token, then in pairs
    )
