"""Phrase matching: what a message says beside its intent (doubts, wishes, troubles), by `words/phrases.tsv`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from handlers.understanding.lexicon import rows
from handlers.understanding.spelling import spelt

_SIGNS = {"?": r"\s*\?", "^": r"\A\W*+", "$": r"\W*+\Z", ".": r"(?:\s+\w+)?", "..": r"(?:\s+\w+){0,2}"}


@lru_cache(maxsize=1000)
def says(what: str, text: str) -> bool:
    """Tell whether a text says one of the phrases under `what` in `words/phrases.tsv`, as written or as meant.

    A message is asked the same by several that listen, a third of some eighty questions.
    """
    return _found(_listed()[what], text)


def first_said(heard: Mapping[str, str], text: str) -> str | None:
    """Return the value of the first list in `heard` of which a text says a phrase."""
    return next((value for what, value in heard.items() if says(what, text)), None)


def names(text: str, *called: str) -> bool:
    """Tell whether a text holds one of these names, which come from data of their own."""
    return _found(_pattern(", ".join(called).casefold()), text)


def without(what: str, text: str) -> str:
    """Return a text in small letters, less the phrases under `what` that are written in it."""
    return _listed()[what].sub(" ", text.casefold())


def _found(pattern: re.Pattern[str], text: str) -> bool:
    return any(pattern.search(words) for words in _written_and_meant(text))


@lru_cache(maxsize=16)
def _written_and_meant(text: str) -> tuple[str, ...]:
    written, meant = text.casefold(), " ".join(token.word for token in spelt(text))
    return (written,) if written == meant else (written, meant)


@cache
def _listed() -> dict[str, re.Pattern[str]]:
    return {what: _pattern(phrases) for what, phrases in rows("phrases.tsv")}


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    """Turn phrases with the signs of the list into a regular expression."""
    return re.compile("|".join(map(_phrase, phrases.split(", "))))


def _phrase(phrase: str) -> str:
    """Parts between … are looked for one after the other, and none a second time: no text takes long."""
    first, *later = (part.split() for part in phrase.split("…"))
    return _first(first) + "".join(map(_later, later))


def _first(places: list[str]) -> str:
    if not places[0].startswith("!"):
        return _part(places)
    return "".join(rf"(?<!\b{re.escape(word)}\s)" for word in places[0][1:].split("/")) + _part(places[1:])


def _later(places: list[str]) -> str:
    return rf"(?!.*{_words(places[0][1:])})" if places[0].startswith("!") else rf"(?>.*?{_part(places)})"


def _part(places: list[str]) -> str:
    joined = "".join(map(_place, places)).removeprefix(r"\s*")
    return (
        joined.replace(_SIGNS["^"] + _SIGNS[".."], rf"{_SIGNS['^']}(?:\w+\W+){{0,2}}") if places[0] == "^" else joined
    )


def _place(place: str) -> str:
    if place.startswith("!"):
        return rf"(?!\s*{_words(place[1:])})"
    if place.endswith("*"):
        return rf"(?:\W*+{_words(place[:-1])})*"
    return _SIGNS.get(place) or rf"\s*{_words(place)}"


def _words(place: str) -> str:
    words = place.split("/")
    listed = rf"\b(?:{'|'.join(_word(word) for word in words if word != '?')})\b"
    return rf"(?:{listed}|\?)" if "?" in words else listed  # no word begins or ends at a question mark


def _word(word: str) -> str:
    if word == "#":
        return r"\d+"
    letters = re.escape(word.strip("-")).replace("_", r"\s+")
    return r"\w*" * word.startswith("-") + letters + r"\w*" * word.endswith("-")
