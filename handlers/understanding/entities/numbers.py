"""Numbers as people say them: "21", "dua puluh satu", "dua satu", "duasatu", "selikur", "rong puluh"."""

from __future__ import annotations

from functools import cache, lru_cache

from handlers.understanding.lexicon import lexicon, rows
from handlers.understanding.spelling import close
from handlers.understanding.tokens import Token

TEEN, TENS = "belas", "puluh"


@cache
def number_words() -> dict[str, int]:
    """Return each number word with its value."""
    return {word.strip(): int(value) for value, words in rows("numbers.tsv") for word in words.split(",")}


def small(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read a number below 100 at `at`; return it and the place after it, or None if there is none or it is unclear."""
    if at >= len(tokens):
        return None
    if tokens[at].is_number:
        return _digits(tokens, at)
    first = value_of(tokens[at])
    if first is None:
        return None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or (first > 9 and first % 10) or first == 10:
        return first, at + 1
    if first > 10:
        return _tens(tokens, first // 10, at)
    if after.raw in {TEEN, "blas", "welas"}:
        return 10 + first, at + 2
    if after.raw in {TENS, "pulu", "pluh", "plh", "puluhan"}:
        return _tens(tokens, first, at + 1)
    return _spoken_pair(tokens, first, at)


def _digits(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Digits, also spaced out by dictation: "2 1"."""
    value = int(tokens[at].raw)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    spaced = following is not None and following.is_number and len(following.raw) == 1 and len(tokens[at].raw) == 1
    if spaced and following is not None and value:
        return value * 10 + int(following.raw), at + 2
    return (value, at + 1) if len(tokens[at].raw) <= 2 else None


def _tens(tokens: list[Token], tens: int, at: int) -> tuple[int, int] | None:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return tens * 10, at + 1
    unit = _digit(following)
    if unit is None and (slipped(following.raw) or following.raw in {"an", "ribu", "ratus"}):
        return None
    return (tens * 10, at + 1) if unit is None else (tens * 10 + unit, at + 2)


def _spoken_pair(tokens: list[Token], first: int, at: int) -> tuple[int, int] | None:
    """Two digits spoken one by one: "dua satu"."""
    following = tokens[at + 1]
    second = _digit(following)
    if second is None and slipped(following.raw):
        return None
    return (first, at + 1) if second is None or not first else (first * 10 + second, at + 2)


def _digit(token: Token) -> int | None:
    if token.is_number:
        return int(token.raw) if len(token.raw) == 1 else None
    value = value_of(token)
    return value if value is not None and value <= 9 else None


@lru_cache(maxsize=20_000)
def is_numeral(raw: str) -> bool:
    """Whether a number may begin with this."""
    return raw.isdecimal() or _value(raw) is not None


def value_of(token: Token) -> int | None:
    """Return the value of a number word, also one run together ("duasatu") or with one slip ("delpan")."""
    return _value(token.raw)


@lru_cache(maxsize=4096)
def _value(raw: str) -> int | None:
    words = number_words()
    if raw in words:
        return words[raw]
    if not raw.isalpha():
        return None
    return _run_together(raw) or slipped(raw)


@lru_cache(maxsize=4096)
def slipped(raw: str) -> int | None:
    """Return the one digit, ten or eleven that an unknown word misspells by one slip, or None."""
    words = lexicon()
    if len(raw) < 2 or raw in words.known or raw in words.single:
        return None
    near = {value for word, value in number_words().items() if value < 12 and len(word) > 3 and close(raw, word)}
    return near.pop() if len(near) == 1 else None


def _run_together(raw: str) -> int | None:
    for word, first in number_words().items():
        if first > 9 or not raw.startswith(word) or len(raw) < len(word) + 4:
            continue
        rest = raw[len(word) :]
        if rest in {TEEN, "blas"}:
            return 10 + first
        if rest == TENS:
            return first * 10
        unit = number_words().get(rest.removeprefix(TENS))
        if unit is not None and unit <= 9 and first:
            return first * 10 + unit
    return None
