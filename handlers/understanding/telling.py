"""A step that is told in a sentence of its own, whatever else is said: *kok masih disuruh beli, udah beli aku tuh*.

What stands beside it is weighed as if it were said next: it may ask, complain or tell of something else, but neither
take the report back nor cast doubt on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from handlers.understanding.corrections import doubts_purchase, meant_else, takes_back
from handlers.understanding.denials import denied_in
from handlers.understanding.entities import find_entities
from handlers.understanding.meaning import Entity
from handlers.understanding.phrases import says, without
from handlers.understanding.report_clause import ClauseReader
from handlers.understanding.reports import (
    OF_A_TURN,
    Said,
    names_training,
    said_of,
    tells_of_another_purchase,
    tells_of_others,
)
from handlers.understanding.sentences import but_questions
from handlers.understanding.slips import righted, turns_back
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import QUOTES, is_other, names_somebody, quoted, words_of
from handlers.understanding.steps_told import step_like

_BOUGHT: Final = "bought"
_SENTENCES: Final = re.compile(r"(?<=[.!?\n])\s*(?!\d|(?<=\.)mu\b)|(?=[^\w\s.,;:!?'’()/&%+-])", re.IGNORECASE)
"""Where a sentence ends, or a picture stands; the point of *karier.mu* ends none."""
_PARTS: Final = re.compile(r"(?<=[,;])\s*(?!\d)|\s+(?=(?:tapi|tp|terus|trs|trus)\s)", re.IGNORECASE)
_SELL_GOODS: Final = frozenset(("tokopedia", "bukalapak"))
"""Shops that sell goods as well: by themselves they don't tell that it was a training."""
_PROGRAMME: Final = re.compile(r"\bpra ?kerja", re.IGNORECASE)
_IN_DOUBT: Final = (
    *("supposing", "not known whether paid", "waits to be paid", "only in the basket", "shown, but not done"),
    *("it does not show", "not in the dashboard", "not certain", "the payment failed", "a second training"),
    "or rather another",
)
_EARLIER: Final = ("in an earlier wave", "while in a wave")
_NOT_A_FACT: Final = ("buying lies ahead", "agrees to buy", "only in jest", "not paid after all")
_NOT_THIS_ONE: Final = ("shown, but not done", *_EARLIER, *_NOT_A_FACT)
"""What makes even a plain report one to be asked about: *dulu gelombang 14 saya sudah beli*."""


@lru_cache(maxsize=OF_A_TURN)
def step_told(step: str, text: str, *, today: date) -> Said:
    """Return what a text says of a step (`said_of`), where one sentence that tells it plainly is enough."""
    text = righted(text)
    said = said_of(step, text, today=today)
    if step == _BOUGHT and said is not Said.NOT_AT_ALL and any(says(what, text) for what in _NOT_THIS_ONE):
        return Said.DOUBTFULLY if said is Said.PLAINLY else said
    if said is Said.PLAINLY or quoted(text) or any(sign in QUOTES for sign in text):
        return said
    if said is Said.NOT_AT_ALL:  # in words that no list has it is worth one question
        return Said.DOUBTFULLY if step_like(text) == (step, True) and not says("a question", text) else said
    told = (part for part, rest in _parts(text) if _is_told(step, part, rest, today))
    bare = step == _BOUGHT and said is Said.BARELY
    gone_by = said is Said.DOUBTFULLY or (bare and says("in the past", text))
    return Said.PLAINLY if any(told) or (gone_by and _is_like(step, text, today)) else said


def _is_like(step: str, text: str, today: date) -> bool:
    """Whether a text that names the step is like those that report it, and nothing in it asks, doubts or is another's.

    Of what may stand beside a report only a part is listed: *tadi habis subuh nunggu bolu mateng aku udah bayar*.
    """
    if step_like(text) != (step, True) or tells_of_others(step, text, today=today):
        return False
    named = find_entities(text, today=today)
    days = [one.value for one in named if one.kind == "date"]
    asked = any(clause.asked for clause in ClauseReader(words_of(step), text, today).all)
    of_another = names_somebody(text) and not says("with my own account", text)
    if asked or of_another or any(day > today.isoformat() for day in days):
        return False
    if says("a question", _without_names(text, named)):
        return False
    if step != _BOUGHT:
        return any(words_of(step).have("done", token) for token in spelt(text))
    sold = any(one.kind == "platform" and one.value not in _SELL_GOODS for one in named)
    of_training = sold or names_training(text) or _PROGRAMME.search(text) is not None
    return of_training and not any(says(what, text) for what in _IN_DOUBT)


def _without_names(text: str, named: Sequence[Entity]) -> str:
    """Return a text without the platforms in it: *Mau Belajar Apa* asks nothing."""
    for one in named:
        if one.kind == "platform":
            text = text.replace(text[one.start : one.end], "-" * (one.end - one.start))
    return text


def bought_by_somebody(text: str, *, today: date) -> bool:
    """Tell whether a text says plainly that somebody else bought, and leaves nothing open: *suami aku sudah beli*.

    With them, for the person or with the person's own account it may be theirs all the same.
    """
    text = but_questions(text)
    words, tokens = words_of(_BOUGHT), spelt(text)
    roles = ("company", "helping", "helped", "benefit", "asks", "supposed", "wish")
    whose = () if says("it was they who bought", text) else ("whose", "with")
    shared = any(words.have(role, token) for token in tokens for role in (*roles, *whose))
    kin = any(words.have("kin", token) and not is_other(words, token, last=True) for token in tokens)
    unsure = kin or any(token.word == "orang" for token in tokens)
    reader = ClauseReader(words, text, today)
    too = any(reader.has_me(clause) and reader.done(clause) for clause in reader.all if not reader.others_in(clause))
    shared = shared or too or unsure  # *ibu sudah beli* may be said by the mother herself, *urang* is *I* in Sunda
    told = any(words.have("done", token) for token in tokens) and said_of(_BOUGHT, text, today=today) is Said.DOUBTFULLY
    return told and not shared and tells_of_others(_BOUGHT, text, today=today)


def told_of_them(text: str, *, today: date) -> bool:
    """Tell whether a text says of whoever is spoken of that they bought, not of oneself: *katanya dia sudah beli*."""
    reader = ClauseReader(words_of(_BOUGHT), text, today)
    mine = any(reader.has_me(clause) and reader.done(clause) for clause in reader.all)
    return not mine and says("of them", text)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence and each part of one, with all that stands beside it."""
    whole = without("as I said", text) if says("as I said", text) else text
    for sentence in filter(None, map(str.strip, _SENTENCES.split(whole))):
        supposed = any(words_of(_BOUGHT).have("if", token) for token in spelt(sentence))
        parts = [] if supposed else [*filter(None, map(str.strip, _PARTS.split(sentence)))]
        for part in dict.fromkeys((sentence, *parts)):
            yield part, whole.replace(part, " ", 1).strip()
        for paid, thing in pairwise(parts):
            if _names_what_was_paid(thing):
                yield f"{paid.rstrip(',; ')} {thing}", whole.replace(paid, " ", 1).replace(thing, " ", 1).strip()


def _names_what_was_paid(part: str) -> bool:
    """Whether a part only names a training, of which the one before tells: *su bayar, pelatihan Excel di Tokopedia*."""
    words, tokens = words_of(_BOUGHT), spelt(part)
    verb = any(words.have(role, token) for role in ("act", "done", "bare", "no") for token in tokens)
    return bool(tokens) and words.have("thing", tokens[0]) and not verb


def _is_told(step: str, part: str, rest: str, today: date) -> bool:
    """Whether a part tells the step of the person's own, and nothing beside it takes that away."""
    words, tokens = words_of(step), spelt(part)
    meant = {part for token in tokens for part in (token.raw, token.word, *token.word.split())}  # *sa su* is one
    of_another = names_somebody(rest) or says("a relative of mine", rest)
    mine = not words.by_role["me"].isdisjoint(meant) or not of_another
    done = any(not words.by_role[role].isdisjoint(meant) for role in ("bare", "done", "passive"))
    surely = mine and done and not says("only then", part) and said_of(step, part, today=today) is Said.PLAINLY
    return surely and not takes_away(step, rest, today=today)


def takes_away(step: str, rest: str, *, today: date) -> bool:
    """Tell whether what is said beside a report takes it back, or casts doubt on it."""
    if denied_in(rest, (step,), today=today) is not None or takes_back(rest):
        return True
    if step != _BOUGHT:
        return False
    planned = says("to be reminded", rest) and not (says("no reminders", rest) or says("leave me alone", rest))
    if turns_back(rest) or tells_of_another_purchase(rest, today=today) or says("the programme's is not", rest):
        return True
    doubted = planned or doubts_purchase(rest, today=today) or meant_else(rest, today=today, just=True)
    return doubted or any(says(what, rest) for what in _IN_DOUBT)
