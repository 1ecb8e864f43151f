"""Global commands: the words that work everywhere, *batal*, *kembali* and *menu*."""

from __future__ import annotations

import re
from enum import Enum, auto

from handlers.understanding.lexicon import lexicon


class Universal(Enum):
    """Something that can be said at any moment."""

    CANCEL = auto()
    BACK = auto()
    MENU = auto()


_STRIPPED = re.compile(r"[\W_]")
_WORDS = {
    Universal.CANCEL: "batal|batalkan|batalin|gajadi|gak jadi|ga jadi|nggak jadi|ngga jadi|tidak jadi|cancel|stop dulu",
    Universal.BACK: "kembali|balik|sebelumnya|mundur|back",
    Universal.MENU: "menu|menu utama|main menu",
}
_MEANINGS = {said: word for word, spellings in _WORDS.items() for said in spellings.split("|")}


_IN_PASSING = frozenset({Universal.CANCEL, Universal.MENU})
"""Those that may have words of address or padding around them; *sebelumnya, maaf kak* only begins politely."""


def universal_word(text: str) -> Universal | None:
    """Return which of the words the text is, if it is nothing else: *batal*, *eh ga jadi deh kak*."""
    words = _STRIPPED.sub(" ", text.casefold()).split()
    plain = _MEANINGS.get(" ".join(words))
    return plain if plain is not None or "?" in text else _in_passing(words)


def _in_passing(words: list[str]) -> Universal | None:
    said = [" ".join(words[start:end]) for start in _edge(words) for end in map(len(words).__sub__, _edge(words[::-1]))]
    return next((found for each in said if (found := _MEANINGS.get(each)) in _IN_PASSING), None)


def _edge(words: list[str]) -> range:
    """Return how many words may be left out at the beginning."""
    fillers = lexicon().fillers
    return range(1 + next((place for place, word in enumerate(words) if word not in fillers), len(words)))
