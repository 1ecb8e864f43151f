"""From what people write to what they mean: intents with a calibrated certainty, and the named things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from handlers.understanding.clauses import clauses
from handlers.understanding.entities import as_entities, find_entities, spell_spans
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.features import said_words
from handlers.understanding.meaning import Entity, Guess, Understanding
from handlers.understanding.spelling import prepare, spelt
from handlers.understanding.tokens import Token

if TYPE_CHECKING:
    from handlers.understanding.model import Model

__all__ = ["Entity", "Guess", "Understanding", "find_entities", "understand", "understand_by"]

OUT_OF_SCOPE = "out_of_scope"
_ASIDE = frozenset({OUT_OF_SCOPE, "greeting", "thanks"})
"""What is no further matter of its own beside the main one."""
_TAKEN_BACK = {"purchase_problem": frozenset({"report_bought"})}
"""What a clause says, but the main matter denies: "bought, but the dashboard is empty" reports no purchase."""
_LINK = "tautan"
_STRAY = 0.5
"""A clause that is out of scope with this confidence keeps the others from being certain for the whole."""


def understand(text: str, *, today: date) -> Understanding:
    """Return what a message means; `today` is the person's local date, which relative dates count from."""
    tokens = spelt(text)
    found = spell_spans(tokens, Asked(today))
    spans = [span for span, _ in found]
    model = _in_use.model or _ready()
    words = said_words(tokens, spans)
    whole, *parts = model.read_all([words, *_clauses(tokens, spans)])
    said = [Guess(model.intents[part.order[0]], model.sure_of(part)) for part in parts]
    guesses = _backed(model, tuple([Guess(*guess) for guess in model.guesses(whole)]), said)
    sure = [guess.intent for guess in said if model.is_certain(guess.intent, guess.confidence)]
    aside = _ASIDE | {guesses[0].intent} | _TAKEN_BACK.get(guesses[0].intent, frozenset())
    return Understanding(
        text=text,
        normalised=" ".join(words),
        guesses=guesses,
        entities=as_entities(text, found),
        certain=model.is_certain(guesses[0].intent, guesses[0].confidence) and not _only_names(words),
        also=tuple(dict.fromkeys(intent for intent in sure if intent not in aside)),
    )


@dataclass(slots=True)
class _InUse:
    model: Model | None = None


_in_use: Final = _InUse()


def understand_by(model: Model | None) -> None:
    """Understand by this model from now on; None is the shipped one."""
    if model is not None:
        prepare()
    _in_use.model = model


@cache
def _ready() -> Model:
    from handlers.understanding.packing import load  # numpy, with the first message

    prepare()
    return load()


def _only_names(words: list[str]) -> bool:
    """Whether nothing but names, numbers or a link was said ("gel 21", "tokped"): what about them has to be asked."""
    return all(word[0] == "<" or not word.isalnum() or word == _LINK for word in words)


def _clauses(tokens: list[Token], spans: list[Span]) -> list[list[str]]:
    """Return the words of each clause, if the message has several."""
    parts = clauses(tokens)
    return [said_words(tokens, spans, first, last) for first, last in parts] if len(parts) > 1 else []


def _backed(model: Model, whole: tuple[Guess, ...], said: list[Guess]) -> tuple[Guess, ...]:
    """Return the guesses on the whole message, surer if one clause by itself says the best of them.

    Two matters in one message halve each other's odds; a clause that is certain by itself sets this right.
    """
    best = whole[0]
    surest = max((guess.confidence for guess in said if guess.intent == best.intent), default=0.0)
    stray = any(guess.intent == OUT_OF_SCOPE and guess.confidence >= _STRAY for guess in said)
    if stray or surest <= best.confidence or not model.is_certain(best.intent, surest):
        return whole
    rest = (1 - surest) / (1 - best.confidence)
    return (Guess(best.intent, surest), *(Guess(guess.intent, guess.confidence * rest) for guess in whole[1:]))
