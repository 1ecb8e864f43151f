"""Global commands: the words that work everywhere, *batal*, *kembali* and *menu*."""

from __future__ import annotations

import re
from enum import Enum, auto


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


def universal_word(text: str) -> Universal | None:
    """Return which of the words the text is, if it is nothing else."""
    return _MEANINGS.get(" ".join(_STRIPPED.sub(" ", text.casefold()).split()))
