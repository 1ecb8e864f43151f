"""Names out of the lists: platforms, payment partners, time zones and the places in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues, rows
from handlers.understanding.tokens import Token

_PARTNER_NEIGHBOURS = frozenset({"ovo", "gopay", "linkaja", "bni"})
_JOINTS = cues("between partners")
_DANA = frozenset({"dana", "danaku"})
_BEFORE_DANA = cues("before dana")
_AFTER_DANA = cues("after dana")
_SOON_AFTER_DANA = cues("soon after dana")
_PLACE_CUES = cues("before a place")


Index = dict[str, list[tuple[tuple[str, ...], str, str]]]


def indexed(name: str) -> Index:
    """Return the names of a list by their first word, longest first: (words after it, kind, value).

    One of several words may also be written as one: *baubau*.
    """
    index: Index = {}
    named = [(name.split(), kind, value) for kind, value, names in rows(name) for name in names.split(",")]
    listed = [*named, *((["".join(words)], kind, value) for words, kind, value in named if len(words) > 1)]
    for words, kind, value in sorted(listed, key=lambda row: -len(row[0])):
        index.setdefault(words[0], []).append((tuple(words[1:]), kind, value))
    return index


@cache
def _index() -> Index:
    return indexed("names.tsv")


def begins(raw: str, word: str) -> bool:
    """Whether a name may begin with a token."""
    return raw in _index() or word in _index() or raw in _DANA


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield the names; a place with an everyday meaning ("palu", "serang") only beside a word of place."""
    at = 0
    while at < len(tokens):
        span = named(_index(), tokens, at)
        if span is None and tokens[at].raw in _DANA and _is_the_app(tokens, at, asked):
            span = Span("partner", "dana", at, at + 1)
        while span is not None and (more := named(_index(), tokens, span.last)) and more[:2] == span[:2]:
            span = span._replace(last=more.last)
        if span is not None and (span.kind != "place" or _is_place(tokens, at, asked)):
            yield span._replace(kind="zone") if span.kind == "place" else span
            at = span.last
        else:
            at += 1


def named(index: Index, tokens: list[Token], at: int) -> Span | None:
    """Return the longest listed name that starts at `at`, matched as written or as meant."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.raw not in index and token.word not in index:
        return None
    for first in (token.raw, token.word) if token.raw != token.word else (token.raw,):
        for rest, kind, value in index.get(first, ()):
            last = at + 1 + len(rest)
            if last <= len(tokens) and all(
                word in {t.raw, t.word} for word, t in zip(rest, tokens[at + 1 : last], strict=True)
            ):
                return Span(kind, value, at, last)
    return None


def _is_the_app(tokens: list[Token], at: int, asked: Asked) -> bool:
    """Whether "dana" is the e-wallet DANA and not money."""
    if "partner" in asked.kinds:
        return True
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    soon = {token.word for token in tokens[at + 1 : at + 4]}
    if before in _BEFORE_DANA or after in _AFTER_DANA or not soon.isdisjoint(_SOON_AFTER_DANA):
        return True
    around = {token.word for token in tokens[max(0, at - 2) : at + 3]}
    beside = _JOINTS | _PARTNER_NEIGHBOURS
    return not around.isdisjoint(_PARTNER_NEIGHBOURS) and (before in beside or after in beside)


def _is_place(tokens: list[Token], at: int, asked: Asked) -> bool:
    return "zone" in asked.kinds or (at > 0 and tokens[at - 1].word in _PLACE_CUES)
