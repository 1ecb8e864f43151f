"""Phrase matching: what a message says beside its intent (doubts, wishes, troubles), by `words/phrases.tsv`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from handlers.understanding.lexicon import rows
from handlers.understanding.spelling import spelt

_SIGNS = {"?": r"\s*\?", "^": r"\A\W*+", "$": r"\W*+\Z", ".": r"(?:\s+\w+)?", "..": r"(?:\s+\w+){0,2}"}
_RUN = re.compile(r"\w+")
_ANYTHING = re.compile(r"\b(apa|apo|opo|nopo|naon)(?:[ _-]*\1|2)\b")
"""*Apa-apa*, *opo2*: anything, which asks for nothing; it is one word wherever it stands."""
_BEGINNING = 3  # letters by which a word that may go on is looked for


class _Phrases(NamedTuple):
    """Some phrases as one expression, and the words without one of which none of them can stand in a text."""

    pattern: re.Pattern[str]
    needed: frozenset[str] | None
    """None where a phrase can do without any word that is known before."""


@lru_cache(maxsize=1000)
def says(what: str, text: str) -> bool:
    """Tell whether a text says one of the phrases under `what` in `words/phrases.tsv`, as written or as meant.

    A message is asked some two hundred times, the same by several that listen.
    """
    return what in _sayable(text) and _found(_listed()[what], text)


def first_said(heard: Mapping[str, str], text: str) -> str | None:
    """Return the value of the first list in `heard` of which a text says a phrase."""
    return next((value for what, value in heard.items() if says(what, text)), None)


def names(text: str, *called: str) -> bool:
    """Tell whether a text holds one of these names, which come from data of their own."""
    return _found(_parts(", ".join(called).casefold()), text)


def without(what: str, text: str) -> str:
    """Return a text in small letters, less the phrases under `what` that are written in it."""
    return _pattern(_rows()[what]).sub(" ", text.casefold())


@lru_cache(maxsize=16)
def _sayable(text: str) -> frozenset[str]:
    """Return the names under which a text may say a phrase: most texts have no word that one of a name's needs."""
    by_word, always = _names_by_word()
    words = {word for _form, words in _written_and_meant(text) for word in words}
    return always.union(*(by_word[word] for word in words if word in by_word))


@cache
def _names_by_word() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Return which names a word may lead to, and those that can do without any word known before."""
    found: dict[str, set[str]] = {}
    for what, phrases in _listed().items():
        for word in frozenset().union(*(one.needed or () for one in phrases)):
            found.setdefault(word, set()).add(what)
    always = frozenset(what for what, phrases in _listed().items() if any(one.needed is None for one in phrases))
    return {word: frozenset(names) for word, names in found.items()}, always


def _found(phrases: tuple[_Phrases, ...], text: str) -> bool:
    """Tell whether a text says one of the phrases; most texts have no word that one of them needs."""
    for form, words in _written_and_meant(text):
        for pattern, needed in phrases:
            if (needed is None or not needed.isdisjoint(words)) and pattern.search(form):
                return True
    return False


@lru_cache(maxsize=16)
def _written_and_meant(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return a text as written and as meant, each with its words and how those begin."""
    written, meant = text.casefold(), " ".join(token.word for token in spelt(text))
    forms = dict.fromkeys(_ANYTHING.sub(r"\1\1", form) for form in (written, meant))
    return tuple(
        (form, frozenset(key for word in _RUN.findall(form) for key in (word, _begun(word)))) for form in forms
    )


def _begun(word: str) -> str:
    return f"{word[:_BEGINNING]}-"


@cache
def _rows() -> dict[str, str]:
    return {what: _ANYTHING.sub(r"\1\1", phrases) for what, phrases, *_more in rows("phrases.tsv")}


@cache
def _listed() -> dict[str, tuple[_Phrases, ...]]:
    return {what: _parts(phrases) for what, phrases in _rows().items()}


@cache
def _parts(phrases: str) -> tuple[_Phrases, ...]:
    """Return those phrases that need a word which is known before, and those that need none."""
    needed = {phrase: _needed(phrase) for phrase in phrases.split(", ")}
    known = [phrase for phrase, words in needed.items() if words]
    others = [phrase for phrase, words in needed.items() if not words]
    found = [_Phrases(_pattern(", ".join(known)), frozenset().union(*needed.values()))] if known else []
    return (*found, *([_Phrases(_pattern(", ".join(others)), None)] if others else []))


def _needed(phrase: str) -> frozenset[str]:
    """Return the words of which a text must have one to say a phrase; none where it need not have any of these."""
    first, *later = (part.split() for part in phrase.split("…"))
    places = [*first, *(place for part in later if not part[0].startswith("!") for place in part)]
    must = [place for place in places if not (place in _SIGNS or place.startswith("!") or place.endswith("*"))]
    known = [keys for keys in (set(map(_key, place.split("/"))) for place in must) if None not in keys]
    return frozenset(key for key in max(known, key=_rarity, default=()) if key is not None)


def _rarity(keys: Collection[str | None]) -> tuple[int, int]:
    """How seldom a text may have one of these words: the shortest of them is in most texts."""
    return min(len(key or "") for key in keys), -len(keys)


def _key(word: str) -> str | None:
    """Return what of a place's word stands in a text by itself: the word, or its beginning; None if neither does."""
    run = None if word == "#" or word.startswith("-") else _RUN.match(word.partition("_")[0])
    if run is None:
        return None
    goes_on = word.endswith("-") and run.end() == len(word) - 1
    if not goes_on:
        return run[0]
    return _begun(run[0]) if len(run[0]) >= _BEGINNING else None


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
    letters = re.escape(word.strip("-")).replace("_", r"\s+").replace(r"\#", r"\d+")
    return r"\w*" * word.startswith("-") + letters + r"\w*" * word.endswith("-")
