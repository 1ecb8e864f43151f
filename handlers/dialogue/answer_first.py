"""An answer that stands first in a message, and what is said beside it: *Pijar Mahir. Tapi kapan cairnya?*"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from handlers.dialogue.question import LEFT_OPEN, SKIPPED, Question
from handlers.dialogue.reported import ASKED_ONESELF
from handlers.understanding.entities import find_entities
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import names_somebody, spoken, words_of
from handlers.understanding.telling import takes_away
from handlers.understanding.tokens import Token

_PARTS: Final = re.compile(r"(?<=[.!?,;\n])\s+|\s+(?=(?:tapi|tp|terus|trs|trus|btw|oiya|oya)\b)", re.IGNORECASE)
_BRIEF: Final = 5
"""Words of a part that is nothing but an answer."""
_ENOUGH: Final = 3
"""Words that say something of their own."""
_OF_A_WAVE: Final = frozenset(("gelombang", "lolos", "kan"))
_AGAINST: Final = ("put ahead", "supposing")


def answer_first(question: Question, step: str | None, text: str, *, today: date) -> tuple[str, str] | None:
    """Return the answer with which a text begins, and the rest, where that says something of its own.

    A yes to whether a `step` was taken is none where the rest takes it away; what tells of that step is no rest.
    """
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    first = _leading(parts, step, today)
    rest = " ".join(part for part in parts[first:] if not _belongs(part, step, today))
    value = _read(question, " ".join(parts[:first]), today)
    if question.open_ended or question.name in LEFT_OPEN or value is None or len(rest.split()) < _ENOUGH:
        return None
    if says("not known", " ".join(parts[:first])):
        return None  # *tidak tahu, lolosnya 1 september*: what follows is the better answer, or says why
    return None if _is_taken_away(question, value, step, rest, today) else (value, rest)


def before_a_question(text: str) -> tuple[str, str] | None:
    """Return the few words that state something, and the question after them: *sudah muncul, eh saldonya bisa apa?*."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    asking = next((at for at, part in enumerate(parts) if says("a question", part)), 0)
    first, rest = " ".join(parts[:asking]), " ".join(parts[asking:])
    few = 0 < len(first.split()) <= 2 * _BRIEF
    return (first, rest) if few and len(rest.split()) >= _ENOUGH else None


def _read(question: Question, said: str, today: date) -> str | None:
    """Return the answer in the first words, where they say and ask nothing else."""
    named = question.named(said) if said and "?" not in said else None
    value = named or (question.read(said) if said and "?" not in said and _is_bare(said, today) else None)
    return value if isinstance(value, str) and value != SKIPPED else None


def _leading(parts: list[str], step: str | None, today: date) -> int:
    """Return how many parts belong to the answer: the first, where it is brief, and those that tell where and when."""
    if not parts or len(parts[0].split()) > _BRIEF:
        return 0
    beyond = (at for at, part in enumerate(parts) if at and not _belongs(part, step, today))
    return next(beyond, len(parts))


def _belongs(part: str, step: str | None, today: date) -> bool:
    """Whether a part tells nothing beside the step, or where and when it was."""
    if step is None:
        return False
    if "?" not in part and said_of(step, part, today=today) is not Said.NOT_AT_ALL:
        return True
    return _is_bare(part, today)


def _is_bare(part: str, today: date) -> bool:
    """Whether words are nothing but a yes or no, a name, a number, a day, and whom one speaks to."""
    named = find_entities(part, today=today, kinds=("platform", "date", "hour"))
    words = (one for one in spelt(part) if spoken(one))
    return all(_is_of_answers(one) for one in words if not any(each.start <= one.start < each.end for each in named))


def _is_of_answers(token: Token) -> bool:
    words = words_of("bought")
    known = token.raw.isdecimal() or token.word in _OF_A_WAVE or words.allow(token)
    known = known or words_of("passed").have("hedge", token)
    return known or any(words.have(role, token) for role in ("yes", "no", "bare", "filler", "address"))


def _is_taken_away(question: Question, value: str, step: str | None, rest: str, today: date) -> bool:
    """Whether what follows a yes leaves nothing of it."""
    if step is None or question.name != ASKED_ONESELF or value != "yes":
        return False
    others = names_somebody(rest) and not says("a question", rest)
    return others or any(says(what, rest) for what in _AGAINST) or takes_away(step, rest, today=today)
