"""What a text rules out: a cause that it says is in order, and what it denies in so many words.

*Belum cair padahal ulasan sudah kuisi* is not about the review, *bukan lupa sandi, tapi emailnya mati* not about the
password.
"""

from __future__ import annotations

import re

from handlers.understanding.lexicon import cues
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token

_ENOUGH = 2
"""Words that may say what is meant."""
_TO_UPGRADE = "naik premium"
_MARKS = frozenset(".,;:!?\n()")


def still_open(text: str) -> str:
    """Return a text without the clauses that say that something is in order."""
    return " ".join(_written(part) for part in _judged(text) if not _in_order(part))


def rules_out(text: str) -> bool:
    """Tell whether a text says of anything that it is in order."""
    return any(map(_in_order, _judged(text)))


def without_denied(text: str) -> str:
    """Return a text without the clauses that begin with *bukan* or *jangan*."""
    kept = [part for part in _parts(text, cues("after a denial")) if not _denied(part)]
    return " ".join(map(_written, kept)) if kept else text


def meant_rather(text: str) -> str | None:
    """Return what a text says beside what it denies, *mau beli, bukan cairkan uang*; None where it denies nothing."""
    kept = [_up_to_denial(part) for part in _parts(text, cues("after a denial")) if not _denied(part)]
    said = " ".join(map(_written, kept))
    whole = " ".join(map(_written, _parts(text, frozenset())))
    return said if len(said.split()) >= _ENOUGH and said != whole else None


def _up_to_denial(part: list[Token]) -> list[Token]:
    """Return a clause without what follows a *bukan* in it."""
    denial = next((at for at, token in enumerate(part) if at and token.word == "bukan"), len(part))
    return part[:denial]


def _parts(text: str, joints: frozenset[str]) -> list[list[Token]]:
    """Cut at marks and before the words that begin another clause."""
    parts: list[list[Token]] = [[]]
    for token in spelt(text):
        goes_on = len(parts[-1]) == 1 and _denied(parts[-1])  # *jangan yang masak*
        if token.raw in _MARKS or ({token.raw, token.word} & joints and not goes_on):
            parts.append([])
        if token.raw not in _MARKS:
            parts[-1].append(token)
    return [part for part in parts if part]


def _judged(text: str) -> list[list[Token]]:
    """Return the clauses, a mere name together with what is said of it after: *rating, ulasan, semua sudah*."""
    parts: list[list[Token]] = []
    waiting: list[Token] = []
    for part in _parts(text, cues("another clause")):
        waiting = [*waiting, *part]
        if _words(part) & (cues("in order") | cues("not in order")):
            parts.append(waiting)
            waiting = []
    return [*parts, waiting] if waiting else parts


def _in_order(part: list[Token]) -> bool:
    said = _words(part)
    return bool(said & cues("in order")) and not said & cues("not in order")


def _words(part: list[Token]) -> set[str]:
    """Return the words of a clause; to be on the way to a state is no state."""
    return {word for token in part if token.word != _TO_UPGRADE for word in (*token.word.split(), token.raw)}


def _denied(part: list[Token]) -> bool:
    return any(re.fullmatch(r"bukan\w{0,3}|jangan", token.word) for token in part[:2])


def _written(part: list[Token]) -> str:
    return " ".join(token.raw for token in part)
