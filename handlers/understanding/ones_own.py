"""What is the person's own of all that a text names: where and when they bought, their wave, where they live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from handlers.understanding.entities import find_entities
from handlers.understanding.meaning import Entity
from handlers.understanding.phrases import says, without
from handlers.understanding.slips import righted
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import (
    QUOTES,
    Clause,
    Words,
    clauses,
    is_other,
    is_somebody_of,
    quoted,
    within,
    words_of,
)
from handlers.understanding.tokens import Token

_LEADS = 2  # words before a name that may say whose it is
_TAG = 2  # words after a name that may ask whether it is so
_HOPES = frozenset({"semoga", "moga", "mudah-mudahan"})
_UNDONE = frozenset({"tidak", "belum"})
_TO_ASK = frozenset({"tanya", "nanya", "bertanya", "menanyakan"})


def told_of_own(text: str, *, today: date) -> dict[str, str]:
    """Return where and when the person bought (`platform`, `date`), as far as a text names it for themselves.

    What is said of somebody else, denied, or only thought of, is left out; what is said last counts, as in *bukan di
    A, di B*. A clause without a subject goes on about whom the one before it was about.
    """
    text = righted(text)
    text = without("as I said", text) if says("as I said", text) else text  # *tadi* is when it was said
    words, told, whose = words_of("bought"), dict[str, str](), True
    starts = {entity.start: entity for entity in find_entities(text, today=today, kinds=("platform", "date"))}
    named, weighed = "", dict[str, bool]()
    for clause in clauses(spelt(text)):
        tokens = clause.tokens
        sure = any(words.have(role, token) for role in ("act", "handling", "turning") for token in tokens)
        for place, token in enumerate(clause.tokens):
            whose = _subject(words, clause, place, whose)
            entity = starts.get(token.start)
            kind, value = (entity.kind, entity.value) if entity is not None else ("platform", named)
            if entity is None and not (named and words.have("there", token)):
                continue
            named = value if kind == "platform" else named
            if whose and not _set_aside(words, clause, place) and (sure or not weighed.get(kind)):
                told[kind], weighed[kind] = value, sure
    return told


def _subject(words: Words, clause: Clause, place: int, whose: bool) -> bool:
    """Return whether what follows a word is about the person; companions, helpers and owners are no subject.

    *Ponakanku belikan pelatihanku di Bukalapak* turns back to the person by whose training it is.
    """
    tokens = clause.tokens
    if words.have("thing", tokens[place]) and tokens[place].raw.endswith("ku"):
        return True
    before = tokens[place - 1] if place else None
    if is_other(words, tokens[place], last=True) or is_somebody_of(words, tokens, place):
        company = before is not None and words.have("company", before)
        helped = any(words.have("helping", each) for each in tokens)
        return whose if company or helped else False
    possessor = before is not None and is_other(words, before, last=True)
    return True if words.have("me", tokens[place]) and not possessor else whose


def _set_aside(words: Words, clause: Clause, place: int) -> bool:
    """Whether a clause denies or only weighs what it names at a place."""
    tokens = clause.tokens[: place + 1]
    return any(words.have("aside", token) and not words.have("telling", then) for token, then in pairwise(tokens))


def is_own(kinds: frozenset[str], text: str, *, today: date) -> bool:
    """Tell whether what a text names of these kinds (`wave`, `zone`) is said of the person who writes.

    Not of others, not in a quotation, not denied, not wished for; a bare name says nothing of anybody.
    """
    words = words_of("passed")
    if quoted(text) or any(sign in QUOTES for sign in text):
        return False
    named = [entity for entity in find_entities(text, today=today) if entity.kind in kinds]
    for whole in _joined(list(clauses(spelt(text))), named):
        if not any(within(whole, entity) for entity in named):
            continue
        clause = _as_far_as_told(words, whole, named)
        first = next((at for at, token in enumerate(clause.tokens) if words.have("me", token)), 0)
        mine = len(clause.tokens) > 1 and clause.tokens[0].word == "kalau" and words.have("me", clause.tokens[1])
        others = any(words.have("elsewhere", token) for token in clause.tokens[int(mine) :])
        others = others or _wishes(words, clause.tokens[first:]) or clause.tokens[0].word in _HOPES
        kin = any(
            words.have("kin", token) and token.raw not in words.by_role["address"] for token in clause.tokens[:-1]
        )
        return not (others or kin or _whether(clause)) and any(words.have("oneself", token) for token in clause.tokens)
    return False


def _as_far_as_told(words: Words, clause: Clause, named: Sequence[Entity]) -> Clause:
    """Return a clause without what follows a name that *saya lolos* led to: *lolos gelombang 21 tidak tahu harus apa*.

    What makes it a question or hearsay stays: *gelombang 21 bukan*, *gelombang 21 kata teman*.
    """
    tokens = clause.tokens
    ends = [at for at, token in enumerate(tokens) if any(one.start <= token.start < one.end for one in named)]
    led = tokens[max(0, ends[0] - _LEADS) : ends[0]]
    rest = [token for token in tokens[ends[-1] + 1 :] if not (words.addresses(token) or words.have("filler", token))]
    if not any(words.have("act", token) for token in led) or len(rest) < _TAG:
        return clause
    doubted = any(words.have("elsewhere", token) and token.word not in _UNDONE for token in rest[:_TAG])
    return clause if doubted else Clause(tokens[: ends[-1] + 1], asked=False)


def _wishes(words: Words, tokens: Sequence[Token]) -> bool:
    """Whether something is wished for; *mau tanya* only opens a question."""
    after = (*(token.word for token in tokens[1:]), "")
    return any(words.have("wish", token) and then not in _TO_ASK for token, then in zip(tokens, after, strict=True))


def _joined(parts: Sequence[Clause], named: Sequence[Entity]) -> list[Clause]:
    """Put a bare name to the clause before it, which says whose it is: *lolos sa. gelombang 22*."""
    joined: list[Clause] = []
    for part in parts:
        bare = all(any(one.start <= token.start < one.end for one in named) for token in part.tokens)
        before = joined.pop().tokens if bare and joined and not joined[-1].asked else ()
        joined.append(Clause((*before, *part.tokens), part.asked))
    return joined


def _whether(clause: Clause) -> bool:
    """Whether a clause asks if it is so."""
    return clause.asked and not any(token.word in {"kapan", "berapa", "bagaimana", "mana"} for token in clause.tokens)
