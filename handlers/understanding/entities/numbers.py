"""Numbers as people say them: "21", "dua puluh satu", "dua satu", "duasatu", "selikur", "rong puluh"."""

from __future__ import annotations

from functools import cache, lru_cache

from handlers.understanding.lexicon import lexicon, rows
from handlers.understanding.spelling import close
from handlers.understanding.tokens import Token

TEEN, TENS = "belas", "puluh"
_TEENS, _TENS = frozenset({"belas", "blas", "welas"}), frozenset({"puluh", "pulu", "pluh", "plh", "puluhan"})
_DIGIT_WORDS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


@cache
def number_words() -> dict[str, int]:
    """Return each number word with its value."""
    return {word.strip(): int(value) for value, words in rows("numbers.tsv") for word in words.split(",")}


_ORDINALS = {"first": 1, "second": 2, "third": 3}
"""What ends *twenty first*."""


def small(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read a number below 100 at `at`; return it and the place after it, or None if there is none or it is unclear."""
    if at >= len(tokens):
        return None
    if tokens[at].is_number:
        return _digits(tokens, at)
    first = value_of(tokens[at])
    if first is None or _is_oneself(tokens, at):
        return None
    if at + 1 == len(tokens) or first == 10 or (first > 10 and first % 10):
        return first, at + 1
    if first > 10:
        return _tens(tokens, first // 10, at)
    after = tokens[at + 1].raw
    if after in _TEENS or _misspells(after, TEEN):
        return 10 + first, at + 2
    if after in _TENS or _misspells(after, TENS):
        return _tens(tokens, first, at + 1)
    return _spoken_pair(tokens, first, at)


def _is_oneself(tokens: list[Token], at: int) -> bool:
    """Whether *sa* is *saya* here, and no *satu*: it counts only before *puluh* or *belas*."""
    if tokens[at].word != "saya":
        return False
    after = tokens[at + 1].raw if at + 1 < len(tokens) else ""
    return after not in _TEENS and after not in _TENS


def _digits(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Digits, also spaced out by dictation: "2 1"."""
    value = int(tokens[at].raw)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    apart = at == 0 or tokens[at - 1].end < tokens[at].start
    figures = following is not None and following.is_number and len(following.raw) == len(tokens[at].raw) == 1
    if following is not None and figures and value and apart:
        return None if _unclear(tokens, at + 2) else (value * 10 + int(following.raw), at + 2)
    return (value, at + 1) if len(tokens[at].raw) <= 2 else None


def _tens(tokens: list[Token], tens: int, at: int) -> tuple[int, int] | None:
    unit = _next_digit(tokens, at + 1)
    if unit is not None:
        return tens * 10 + unit, at + 2
    return None if _unclear(tokens, at + 1) else (tens * 10, at + 1)


def _spoken_pair(tokens: list[Token], first: int, at: int) -> tuple[int, int] | None:
    """One digit, or two spoken one by one: "dua satu"."""
    second = _next_digit(tokens, at + 1)
    if second is not None and first:
        return first * 10 + second, at + 2
    return None if _unclear(tokens, at + 1) else (first, at + 1)


def _unclear(tokens: list[Token], at: int) -> bool:
    """Whether what follows a number word may be the rest of the number, misspelt: then the number is not known."""
    if at >= len(tokens) or not tokens[at].is_word:
        return False
    return _may_be_misspelt(tokens[at].raw.removesuffix("nya"))


@lru_cache(maxsize=20_000)
def _may_be_misspelt(raw: str) -> bool:
    words = lexicon()
    if raw == "an" or (raw not in words.known and raw not in words.single):
        return True
    return any(word != raw and close(raw, word) for word in (*_DIGIT_WORDS, TENS, TEEN))


def _misspells(raw: str, word: str) -> bool:
    return raw not in lexicon().known and raw not in lexicon().single and close(raw, word)


def _next_digit(tokens: list[Token], at: int) -> int | None:
    """The digit that goes on a number in words: a word, or a figure written on to it ("dua1"; not "dua 1")."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.is_number:
        return int(token.raw) if len(token.raw) == 1 and token.start == tokens[at - 1].end else None
    value = _ORDINALS.get(token.raw) or value_of(token)
    return value if value is not None and value <= 9 else None


@lru_cache(maxsize=20_000)
def is_numeral(raw: str) -> bool:
    """Whether a number begins with this, beyond doubt."""
    return raw.isdecimal() or raw in number_words() or (raw.isalpha() and _run_together(raw) is not None)


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
    """Return the one digit that an unknown word misspells by one slip, or None; no other word may be as near."""
    words = lexicon()
    if not 2 < len(raw) < 10 or raw in words.known or raw in words.single:
        return None
    near = [
        value
        for value, word in enumerate(_DIGIT_WORDS, 1)
        if (raw[0] == word[0] or raw[-1] == word[-1]) and abs(len(word) - len(raw)) < 2 and close(raw, word)
    ]
    if len(near) != 1 or any(close(raw, word) for word in words.known if word not in number_words()):
        return None
    return near[0]


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(word for word, value in number_words().items() if value < 10)


def _run_together(raw: str) -> int | None:
    if len(raw) < 7 or not raw.startswith(_beginnings()):
        return None
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
