"""What a message says by the way, beside its intent: doubts, second thoughts, wishes, as lists of phrases."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.lexicon import rows
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import cut


def says(what: str, text: str) -> bool:
    """Tell whether a text says one of the phrases under `what` in `words/phrases.tsv`, as written or as meant."""
    pattern = _patterns()[what]
    return any(pattern.search(words) for words in (text.casefold(), " ".join(token.word for token in spell(cut(text)))))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {what: re.compile("|".join(map(_pattern, phrases.split(", ")))) for what, phrases in rows("phrases.tsv")}


def _pattern(phrase: str) -> str:
    """Turn the signs of the list into a pattern."""
    return r"\s+".join(_place(place) for place in phrase.split()).replace(r"\s+.*\s+", ".*").replace(r"\A\s+", r"\A\W*")


def _place(place: str) -> str:
    if place in {"^", "…", "?"}:
        return {"^": r"\A", "…": ".*", "?": r"\?"}[place]
    words = [
        r"\d+" if word == "#" else re.escape(word.removesuffix("-")) + r"\w*" * word.endswith("-")
        for word in place.split("/")
    ]
    return rf"\b(?:{'|'.join(words)})\b"
