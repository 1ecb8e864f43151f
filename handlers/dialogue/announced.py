"""What a broadcast is about, stamped on it where it is ordered, so that a typed reply is read as a reply to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Final

from handlers.dialogue.follow_up import GUESSED
from handlers.dialogue.listening import LONGEST_READ
from handlers.dialogue.priorities import IDLE
from handlers.dialogue.register import Purpose, conversation_for, conversations, traits_of
from handlers.dialogue.reported import REPORTS
from handlers.understanding import Understanding, understand
from handlers.understanding.entities.hours import clocks
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from programme.model.broadcasts import Audience
from programme.model.messages import Button, Matter, Message, Open

WAVES: Final = "waves"
"""What is told of the waves that a broadcast is for, separated by commas: those that it names, else its audience's."""
ANNOUNCED: Final = "announced"
"""What keeps the words of a broadcast that names an hour of its own: *siaran langsung besok pukul 10.00*."""
_MOST_KEPT: Final = 400
"""Characters of a broadcast that are kept."""
_CUTOFF_AT: Final = frozenset((23 * 60 + 59, 24 * 60))
_SURE_ENOUGH: Final = 0.5
"""The confidence, reports left aside, from which a text is taken to be about something."""
_TAG = re.compile(r"</?[bi]>")
_RANGE = re.compile(r"(?:gelombang|gel|wave)s?\s+(\d+)\s*(?:-|–|sampai|hingga|s\.?d\.?|to)\s*(\d+)", re.IGNORECASE)
_MOST_WAVES: Final = 100


def stamped(messages: Mapping[str, Message], audience: Audience, today: date) -> dict[str, Message]:
    """Return the words in all languages with what they are about, read from the Indonesian ones; `today` is WIB's."""
    about = matter_of(messages["id"], today, audience)
    return {language: replace(message, about=about) for language, message in messages.items()}


def matter_of(message: Message, today: date, audience: Audience | None = None) -> Matter | None:
    """Return what a text is about: what its words say, else what its first button opens.

    One for an `audience` was ordered by operators; of any other text that is a guess.
    """
    text = unescape(_TAG.sub("", message.text))[:LONGEST_READ]
    read = understand(text, today=today)
    ordered = audience is not None
    name = _of_words(read, ordered=ordered) or (_of_buttons(message) if ordered else None)
    kept = {ANNOUNCED: text[:_MOST_KEPT]} if ordered and hours_of(text) else {}
    if name is None:
        return Matter(conversation_for(Purpose.ANNOUNCED), kept) if kept else None
    unsure = {} if ordered else {GUESSED: "1"}
    named = {entity.kind: entity.value for entity in reversed(read.entities) if entity.kind != "wave"}
    waves = _waves(text, read) or (audience.waves if audience is not None else ())
    return Matter(name, {**named, **_told(waves), **unsure, **kept})


def hours_of(text: str) -> tuple[int, ...]:
    """Return the hours of Jakarta's day that an announcement names, in minutes; not the cutoff, nor other clocks."""
    tokens = spelt(text)
    named = [clock for clock in clocks(tokens) if clock.minutes not in _CUTOFF_AT]
    after = [token.word for clock in named for token in tokens[clock.last - 1 : clock.last + 1]]
    return () if {"wita", "wit"} & set(after) else tuple(dict.fromkeys(clock.minutes for clock in named))


def _told(waves: tuple[int, ...]) -> dict[str, str]:
    """Tell for which waves it is; only of one alone can anything be asked further."""
    one = {"wave": str(waves[0])} if len(waves) == 1 else {}
    return {WAVES: ",".join(map(str, waves)), **one} if waves else {}


def _of_words(read: Understanding, *, ordered: bool) -> str | None:
    """Nothing that was ordered reports a step: *pembelian di Pintaria terganggu* is about the disruption."""
    if ordered and says("a disruption", read.text):
        return conversation_for(Purpose.DISRUPTED)
    left = [guess for guess in read.guesses if guess.intent not in REPORTS] if ordered else list(read.guesses)
    best, rest = left[0], sum(guess.confidence for guess in left)
    sure = _may_be_announced(best.intent) and best.confidence >= _SURE_ENOUGH * (rest if ordered else 1)
    return best.intent if sure else None


def _may_be_announced(name: str) -> bool:
    return name in conversations() and name not in IDLE


def _of_buttons(message: Message) -> str | None:
    opened = [key.action for row in message.keys for key in row if isinstance(key, Button)]
    names = [action.conversation for action in opened if isinstance(action, Open)]
    return next((name for name in names if traits_of(name).tells or traits_of(name).trouble), None)


def _waves(text: str, read: Understanding) -> tuple[int, ...]:
    """Return the waves that a text names, those in between included."""
    found = _RANGE.search(text)
    if found is not None and 0 <= int(found[2]) - int(found[1]) < _MOST_WAVES:
        return tuple(range(int(found[1]), int(found[2]) + 1))
    return tuple(sorted({int(entity.value) for entity in read.entities if entity.kind == "wave"}))
