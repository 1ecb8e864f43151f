"""Denials: what a message says is not so of the steps that were noted, and what else it says.

*Jangan dicatat selesai dulu, kan ga lulus. Tesnya boleh diulang?* speaks against a step that was noted, at any later
time, and asks something beside.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from handlers.understanding.corrections import denies_purchase, tells_of_theirs
from handlers.understanding.other_things import of_another_thing
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import names_somebody, words_of
from handlers.understanding.whose_wave import is_of_relative

_BOUGHT: Final = "bought"
_DENIED: Final[Mapping[str, str]] = MappingProxyType(
    {"completed": "not finished after all", "reviewed": "not reviewed after all"}
)
_NAMED: Final[Mapping[str, str]] = MappingProxyType(
    {_BOUGHT: "the note of the purchase", "completed": "the note of the end", "reviewed": "the note of the review"}
)
_PARTS: Final = re.compile(
    r"(?<=[.!?,;\n])(?![.!?\d]|(?<=\.)mu\b)\s*|\s+(?=(?:tapi|tp|terus|trs|trus|makanya|karena|krn|kenapa|kok)\s)",
    re.IGNORECASE,
)
_ENOUGH: Final = 3  # words
_OF_ELSE: Final = ("denied of something else", "of another purchase")
_ELSEWHERE: Final = ("about the incentive", "a second training", "supposing", *_OF_ELSE)


@dataclass(frozen=True, slots=True)
class Denial:
    """The steps that a message speaks against, none where it only says that the last note is wrong; and the rest."""

    steps: tuple[str, ...]
    rest: str


def denied_in(text: str, noted: Collection[str], *, today: date) -> Denial | None:
    """Return what a text denies of the steps that were noted (`Milestone` values); None where it denies nothing."""
    if not noted or is_of_relative(text, today):
        return None
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    denials = {part: _denied(part, text, noted, today) for part in parts}
    steps = dict.fromkeys(step for found in denials.values() for step in found)
    rest = " ".join(part for part in parts if not denials[part] and _says_more(part))
    if not steps and _BOUGHT in noted and _denies_as_a_whole(parts, text, today):
        return Denial((_BOUGHT,), "")
    if steps:
        return Denial(tuple(steps), rest)
    wrong = any(says("let it not be noted", part) for part in parts)
    return Denial((), rest) if wrong else None


def _denies_as_a_whole(parts: Collection[str], text: str, today: date) -> bool:
    """Whether all that a text says of the purchase denies it, though none of its parts does."""
    if _is_of_else(text) or tells_of_theirs(text) or any(of_another_thing(part, today) for part in parts):
        return False
    return denies_purchase(text, today=today)


def _says_more(part: str) -> bool:
    """Whether a part is more than an exclamation beside a denial: *itu salah*, *hapus aja*."""
    return len(part.split()) >= _ENOUGH and not says("the note is wrong", part)


def _denied(part: str, text: str, noted: Collection[str], today: date) -> list[str]:
    """Return the steps that one part of a text denies."""
    if says("the note is wrong", part) and not says("keep what was noted", part):
        named = [step for step in noted if step in _NAMED and says(_NAMED[step], part)]
        if named:
            return named
    if "?" in part or _is_supposed(part, text) or any(says(what, part) for what in _ELSEWHERE):
        return []
    if of_another_thing(part, today):
        return []
    found = [step for step, phrases in _DENIED.items() if step in noted and _denies(step, phrases, part, text, today)]
    return found or ([_BOUGHT] if _BOUGHT in noted and _denies_purchase(part, text, today) else [])


def _is_supposed(part: str, text: str) -> bool:
    """Whether a part only says what would be: *kalau belum selesai*, also where the condition came first."""
    return says("supposing", text) or any(words_of(_BOUGHT).have("if", token) for token in spelt(part))


def _denies_purchase(part: str, text: str, today: date) -> bool:
    """Whether a part denies a purchase of the person's own, and the whole does not report one at last."""
    anothers = names_somebody(text) and not names_somebody(part) and not _is_mine(part)
    told = said_of(_BOUGHT, text, today=today) is Said.PLAINLY or _is_of_else(text)
    return not (anothers or told) and denies_purchase(part, today=today)


def _denies(step: str, phrases: str, part: str, text: str, today: date) -> bool:
    beside = (
        says("a question", part) or says("about a certificate", part) or (names_somebody(text) and not _is_mine(part))
    )
    return not beside and says(phrases, part) and said_of(step, text, today=today) is not Said.PLAINLY


def _is_of_else(text: str) -> bool:
    return any(says(what, text) for what in _OF_ELSE)


def _is_mine(part: str) -> bool:
    return any(words_of(_BOUGHT).have("me", token) for token in spelt(part))
