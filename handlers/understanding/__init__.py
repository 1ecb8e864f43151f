"""From what people write to what they mean: intents with a calibrated certainty, and the named things."""

from __future__ import annotations

from datetime import date

from handlers.understanding.clauses import clauses
from handlers.understanding.entities import as_entities, find_entities, spell_spans
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.features import said_words
from handlers.understanding.meaning import Entity, Guess, Understanding
from handlers.understanding.model import Model, load
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import Token, cut

__all__ = ["Entity", "Guess", "Understanding", "find_entities", "understand"]

OUT_OF_SCOPE = "out_of_scope"


def understand(text: str, *, today: date) -> Understanding:
    """Return what a message means; `today` is the person's local date, which relative dates count from."""
    tokens = spell(cut(text))
    found = spell_spans(tokens, Asked(today))
    spans = [span for span, _ in found]
    model = load()
    words = said_words(tokens, spans)
    guesses = _guesses(model, words)
    best = guesses[0]
    return Understanding(
        text=text,
        normalised=" ".join(words),
        guesses=guesses,
        entities=as_entities(text, found),
        certain=model.is_certain(best.intent, best.confidence),
        also=_also(model, tokens, spans, best.intent),
    )


def _guesses(model: Model, words: list[str]) -> tuple[Guess, ...]:
    return tuple(Guess(intent, confidence) for intent, confidence in model.guesses(words))


def _also(model: Model, tokens: list[Token], spans: list[Span], main: str) -> tuple[str, ...]:
    """The further intents that clauses of the message state with certainty."""
    parts = clauses(tokens)
    if len(parts) < 2:
        return ()
    found: list[str] = []
    for first, last in parts:
        guess = _guesses(model, said_words(tokens, spans, first, last))[0]
        if guess.intent not in {main, OUT_OF_SCOPE, *found} and model.is_certain(guess.intent, guess.confidence):
            found.append(guess.intent)
    return tuple(found)
