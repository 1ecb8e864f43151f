"""Which of several matters were asked for: *saldonya ada, kelihatan kok* asks nothing of the balance."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from handlers.dialogue.own_questions import asks
from handlers.dialogue.register import family_of, traits_of
from handlers.dialogue.reported import REPORTS
from handlers.understanding import Understanding, understand
from handlers.understanding.furthest import furthest_told
from handlers.understanding.lexicon import cues
from handlers.understanding.of_whom import names_another
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt

_CUT: Final = re.compile(r"[.,;?!\n]+|\b(?:tapi|tp|terus|trus|trs|dan|sama|sekalian|btw)\b", re.IGNORECASE)
_ENOUGH: Final = 2
"""Words of a clause that says something."""


def only_asked(intents: tuple[str, ...], understood: Understanding, today: date) -> tuple[str, ...]:
    """Return the matters of which a clause asks, or tells a trouble; all of them where none does."""
    parts = [part.strip() for part in _CUT.split(understood.text) if len(part.split()) >= _ENOUGH]
    if len(intents) < 2:
        return intents
    if not any(map(_asks_or_complains, parts)):
        return _but_told_of_steps(intents, parts, understood, today)

    def of(intent: str) -> str:
        """The family of an intent; the intent itself where another of its family is spoken of, too."""
        alone = sum(family_of(one) == family_of(intent) for one in intents) < 2
        return family_of(intent) if alone else intent

    stated = {of(understand(part, today=today).intent) for part in parts if not _asks_or_complains(part)}
    asked = {of(understand(part, today=today).intent) for part in parts if _asks_or_complains(part)}
    off = {one for one in intents if _only_tells(one, understood.text) and of(one) in stated - asked}
    if not any(map(_asks, parts)):
        off.discard(intents[0])  # what the whole is about is told in the clause that the trouble hinders
    kept = tuple(one for one in intents if one not in off)
    return kept if any(of(one) in asked and one not in REPORTS for one in kept) else intents


def _but_told_of_steps(
    intents: tuple[str, ...], parts: list[str], understood: Understanding, today: date
) -> tuple[str, ...]:
    """Leave out beside a certain matter what only tells how far somebody is, though nothing but *?* asks."""
    if "?" not in understood.text or not understood.certain:
        return intents
    told = {one for one in intents if _only_tells(one, understood.text) and _is_told_of_steps(one, parts, today)}
    return tuple(one for one in intents if one == understood.intent or one not in told)


def _is_told_of_steps(intent: str, parts: list[str], today: date) -> bool:
    """Whether the clauses about a matter only tell how far somebody is: *temen gw gel 17, insentif gw cair tgl 10*."""
    of_it = [part for part in parts if family_of(understand(part, today=today).intent) == family_of(intent)]
    return bool(of_it) and all(names_another(part) or furthest_told(part, today) is not None for part in of_it)


def _only_tells(intent: str, text: str) -> bool:
    """Whether a matter may be spoken of without being asked: a trouble is none where nothing is wrong."""
    traits = traits_of(intent)
    spoken = traits.tells or (traits.trouble and not _is_wrong(text))
    of_another = intent == "deadline" and names_another(text) and not says("until when of anything", text)
    return (intent not in {*REPORTS, "fraud", "deadline"} or of_another) and spoken


def _asks_or_complains(part: str) -> bool:
    return _asks(part) or _is_wrong(part)


def _asks(part: str) -> bool:
    return asks(part) or says("that one asks", part)


def _is_wrong(part: str) -> bool:
    words = {word for token in spelt(part) for word in (token.raw, *token.word.split())}
    return bool(words & cues("not in order"))
