"""What somebody wants to learn, and the work it is for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handlers.understanding.entities.names import Index, indexed, named
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues, lexicon
from handlers.understanding.tokens import Token

_LEARN = cues("learning")
_CLASS = frozenset({"kelas", "pelatihan"})
_MAKING = cues("making")
_PRAISE = cues("praise")
_NEVER = cues("no topic")


@cache
def _index() -> Index:
    return indexed("topics.tsv")


def begins(raw: str, word: str) -> bool:
    """Whether a topic or a profession may begin with a token, or be announced by it."""
    return raw in _index() or word in _index() or word in _LEARN or word in _CLASS


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield listed topics and professions; else the plain words after "belajar", "kelas", "tentang"."""
    at, found = 0, False
    while at < len(tokens):
        span = named(_index(), tokens, at)
        if span is None:
            at += 1
            continue
        found = True
        at = span.last
        while (more := named(_index(), tokens, at)) and more[:2] == span[:2]:
            at = more.last
        yield span._replace(last=at)
    if not found:
        yield from _after_a_cue(tokens, asked)


def mentioned(tokens: list[Token]) -> bool:
    """Whether the message names a listed topic or profession."""
    return any(named(_index(), tokens, at) for at in range(len(tokens)))


def _after_a_cue(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        if token.word not in _LEARN and token.word not in _CLASS:
            continue
        start = _past(tokens, _past(tokens, at + 1, _PRAISE), _MAKING)  # "kelas yang bagus buat jadi ..."
        making = start > at + 1 and _is_one(tokens[start - 1], _MAKING)
        if not making:
            start = at + 1
        last = _end_of_topic(tokens, start)
        if last > start and (token.word in _LEARN or making or _unknown(tokens[start])):
            yield Span("topic", " ".join(part.raw for part in tokens[start:last]), start, last)
            return
    if "topic" in asked.kinds and (last := _end_of_topic(tokens, 0)):
        yield Span("topic", " ".join(part.raw for part in tokens[:last]), 0, last)


def _past(tokens: list[Token], at: int, words: frozenset[str]) -> int:
    while at < len(tokens) and _is_one(tokens[at], words):
        at += 1
    return at


def _is_one(token: Token, words: frozenset[str]) -> bool:
    return token.word in words or token.raw in words


def _unknown(token: Token) -> bool:
    return token.word not in lexicon().known


def _end_of_topic(tokens: list[Token], start: int) -> int:
    last = start
    fillers = lexicon().fillers
    while last < min(len(tokens), start + 3):
        token = tokens[last]
        empty = token.raw in fillers or not _NEVER.isdisjoint(token.word.split())
        if empty or not token.is_word or token.word.startswith("x"):
            break
        last += 1
    return last
