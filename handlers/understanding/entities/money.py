"""The most that a training may cost, in rupiah: "di bawah 500rb", "setengah juta", "max 1jt", "budget 400"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from handlers.understanding.entities import topics
from handlers.understanding.entities.numbers import is_numeral, small, value_of
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

KIND = "budget"
_UNITS = {"ribu": 1_000, "k": 1_000, "rb": 1_000, "ke": 1_000, "juta": 1_000_000, "jt": 1_000_000, "jtan": 1_000_000}
_WHOLE = {
    "sejuta": 1_000_000, "sejutaan": 1_000_000, "seribu": 1_000, "gopek": 500_000, "cepek": 100_000,
    "nopek": 200_000, "seceng": 1_000_000, "setengah juta": 500_000,
}  # fmt: skip
_HUNDREDS = {
    "seratus": 100_000, "saratus": 100_000, "duaratus": 200_000, "tigaratus": 300_000, "empatratus": 400_000,
    "limaratus": 500_000, "enamratus": 600_000, "tujuhratus": 700_000, "delapanratus": 800_000,
}  # fmt: skip
_CUES = cues("price limit")
_AGAINST = cues("no price")
_ELSEWHERE = cues("no price before")
_RANGE = frozenset({"-", "sampai", "ribu", "juta", "rp", "idr", ".", "setengah"})
_REACH = 6


@lru_cache(maxsize=20_000)
def begins(raw: str, word: str) -> bool:
    """Whether a sum may begin with a token."""
    return is_numeral(raw) or raw in _WHOLE or raw in _HUNDREDS or word == "setengah"


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield the sums that are a price limit; any sum when a budget was asked for."""
    for at in range(len(tokens)):
        if at and tokens[at - 1].is_number and tokens[at].is_number:
            continue
        read = amount(tokens, at)
        if read is None:
            continue
        rupiah, after, complete = read
        wanted = KIND in asked.kinds or _is_limit(tokens, at, after, complete=complete)
        if wanted and 10_000 <= rupiah <= 5_000_000 and not _goes_higher(tokens, after):
            yield Span(KIND, str(rupiah), _with_rp(tokens, at), after)


def amount(tokens: list[Token], at: int) -> tuple[int, int, bool] | None:
    """Read a sum at `at`: rupiah, the place after it, and whether it says its unit ("400" may mean 400 ribu)."""
    token = tokens[at]
    if not begins(token.raw, token.word):
        return None
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if token.word == "setengah" and following == "juta":
        return 500_000, at + 2, True
    if token.raw == "sejuta" and following == "setengah":
        return 1_500_000, at + 2, True
    if token.raw in _WHOLE:
        return _WHOLE[token.raw], at + 1, True
    if token.raw in _HUNDREDS:
        return (_HUNDREDS[token.raw], at + 2, True) if following == "ribu" else None
    if token.is_number:
        return _in_digits(tokens, at)
    return _in_words(tokens, at)


def _unit(tokens: list[Token], at: int) -> int:
    if at >= len(tokens):
        return 0
    token = tokens[at]
    touching = at > 0 and tokens[at - 1].end == token.start
    return _UNITS.get(token.word, 0) if token.raw != "k" and token.word != "ke" else 1_000 * touching


def _in_digits(tokens: list[Token], at: int) -> tuple[int, int, bool] | None:
    text, after = tokens[at].raw, at + 1
    decimals = ""
    while after + 1 < len(tokens) and tokens[after].raw in {".", ","} and tokens[after + 1].is_number:
        group = tokens[after + 1].raw
        if len(group) == 3:
            text += group
        elif len(group) == 1 and _unit(tokens, after + 2):
            decimals = group
        elif group == "00" and len(text) > 4:
            pass
        else:
            return None
        after += 2
    if len(text) > 8:
        return None
    unit = _unit(tokens, after)
    if unit:
        return int(text) * unit + (int(decimals) * unit // 10 if decimals else 0), after + 1, True
    if len(text) >= 5:
        return int(text), after, True
    return (int(text) * 1_000, after, False) if len(text) == 3 else None


def _in_words(tokens: list[Token], at: int) -> tuple[int, int, bool] | None:
    """ "dua ratus lima puluh ribu", "tiga ratus", "satu setengah juta", "satu juta"."""
    if value_of(tokens[at]) is None:
        return None
    read = small(tokens, at)
    if read is None:
        return None
    value, after = read
    words = [token.word for token in tokens[after : after + 2]]
    if words == ["setengah", "juta"]:
        return value * 1_000_000 + 500_000, after + 2, True
    if words[:1] == ["ratus"]:
        rest = small(tokens, after + 1) if after + 1 < len(tokens) else None
        value, after = value * 100 + (rest[0] if rest else 0), rest[1] if rest else after + 1
        unit = _unit(tokens, after)
        return value * (unit or 1_000), after + bool(unit), bool(unit)
    unit = _unit(tokens, after)
    return (value * unit, after + 1, True) if unit else None


def _is_limit(tokens: list[Token], at: int, last: int, *, complete: bool) -> bool:
    before = [token.word for token in tokens[max(0, at - _REACH) : at]]
    near = {word for words in before for word in words.split()}
    after = {token.word for token in tokens[at + 1 : at + 5]}
    if not near.isdisjoint(_AGAINST) or not after.isdisjoint(_ELSEWHERE):
        return False
    if complete:
        alone = last >= len(tokens) - 1 and all(word in _RANGE or word.isdecimal() for word in before)
        classes = any(token.word in {"kelas", "pelatihan"} for token in tokens[at:])
        return alone or classes or not near.isdisjoint(_CUES) or topics.mentioned(tokens)
    close_by = {word for words in before[-2:] for word in words.split()}
    return not close_by.isdisjoint({"bawah", "maksimal", "budget", "bujet", "bajet", "dibawah", "harga", "kisaran"})


def _goes_higher(tokens: list[Token], after: int) -> bool:
    """Whether a range goes on: of "300-500rb" only the upper end counts."""
    ranged = after + 1 < len(tokens) and tokens[after].word in {"-", "sampai"}
    return ranged and amount(tokens, after + 1) is not None


def _with_rp(tokens: list[Token], at: int) -> int:
    before = at - 1
    if before >= 0 and tokens[before].raw == "." and before >= 1:
        before -= 1
    return before if before >= 0 and tokens[before].raw in {"rp", "idr"} else at
