"""The named things in a message: waves, names, dates, hours, sums, topics. Each kind is one module here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from handlers.understanding.entities import dates, hours, money, names, topics, waves
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.meaning import Entity
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token

KINDS = (waves, dates, hours, money, names, topics)
"""In order of trust: what an earlier one has claimed, a later one may not."""

ANY_DAY = date(2021, 1, 1)
"""The day from which a text is read for names alone; the first of all days has none before it to count back to."""


def find_entities(text: str, *, today: date, kinds: Collection[str] | None = None) -> tuple[Entity, ...]:
    """Return the entities of a message in the order they stand there.

    `today` is the person's local date, which relative dates count from. `kinds` says which answer is expected:
    only these are returned, and a bare "21" or "500" is then taken as such.
    """
    return _entities(text, today, None if kinds is None else frozenset(kinds))


@lru_cache(maxsize=64)
def _entities(text: str, today: date, kinds: frozenset[str] | None) -> tuple[Entity, ...]:
    """Read a text for names: one message is read many times over, by each conversation that may answer it."""
    return as_entities(text, spell_spans(spelt(text), Asked(today, kinds or frozenset())), kinds)


def spell_spans(tokens: list[Token], asked: Asked) -> list[tuple[Span, list[Token]]]:
    """Return the spans found in spelt tokens, without overlaps, each with its tokens."""
    taken: set[int] = set()
    found = []
    likely = {at for token in tokens for at in _kinds(token.raw, token.word)}
    for at in range(len(KINDS)) if asked.kinds else sorted(likely):
        for span in KINDS[at].find(tokens, asked):
            places = range(span.first, span.last)
            if taken.isdisjoint(places):
                taken.update(places)
                found.append((span, tokens[span.first : span.last]))
    return sorted(found, key=lambda pair: pair[0].first)


@lru_cache(maxsize=20_000)
def _kinds(raw: str, word: str) -> tuple[int, ...]:
    """Return the places of the kinds that may begin with a token: for most words, none."""
    return tuple(at for at, kind in enumerate(KINDS) if kind.begins(raw, word))


def as_entities(
    text: str, spans: list[tuple[Span, list[Token]]], kinds: Collection[str] | None = None
) -> tuple[Entity, ...]:
    """Turn spans of tokens into entities of the message."""
    return tuple(
        Entity(span.kind, span.value, text[part[0].start : part[-1].end], part[0].start, part[-1].end)
        for span, part in spans
        if kinds is None or span.kind in kinds
    )
