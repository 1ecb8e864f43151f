"""Refusals: *bukan saldo*, *saya ga nanya privasi*, *kok saldo lagi*: words of a text that say what it is not about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from handlers.understanding.concepts import about
from handlers.understanding.lexicon import cues, lexicon
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token

_MARKS: Final = frozenset(".,;:!?\n()")
_NEAR: Final = 3
"""Tokens after a denial in which it may be said that nothing of it was asked."""
_ANOTHER: Final = (["lain", "lagi"], ["beda", "lagi"], ["urusan", "lain"], ["soal", "lain"], ["hal", "lain"])
_SHORTLY: Final = 4
"""Words of what somebody wonders at: *kok saldo lagi*."""
_NAMING: Final = {
    *("SALDO", "INSENTIF", "RIWAYAT", "SERTIFIKAT", "ULASAN", "SURVEI", "TUKAR", "KEDUA", "DAFTAR", "AKUN", "OTP"),
    *("EWALLET", "TELEPON", "TIPU", "BAGI", "PRIVASI"),
}
"""Concepts that name a matter, not what is said of it."""


class How(Enum):
    """In which way something is refused."""

    DENIED = auto()
    """*Bukan saldo*."""
    NOT_ASKED = auto()
    """*Saya ga nanya saldo*."""
    WONDERED_AT = auto()
    """*Kok saldo lagi*."""
    BESIDE = auto()
    """*Insentif, bukan saldo*, after something else in the same clause."""


class Refusal(NamedTuple):
    """What is refused, where it stands in the text with the words that refuse it, and what the clause says before."""

    how: How
    what: str
    start: int
    end: int
    before: str = ""
    names: bool = False
    """Whether it is the name of a matter."""


def refusals(text: str) -> list[Refusal]:
    """Return what a text refuses, in order."""
    return [found for part in _clauses(text) if (found := _refused(part)) is not None]


def without_refusals(text: str, refused: Sequence[Refusal]) -> str:
    """Return a text without the words of refusals."""
    kept, place = "", 0
    for one in sorted(refused, key=lambda each: each.start):
        kept, place = f"{kept}{text[place : one.start]} ", one.end
    return f"{kept}{text[place:]}".strip(" ,.;:!")


def says_something(text: str) -> bool:
    """Tell whether a text says anything but courtesies and interjections: two words, or one of the programme's."""
    content = _content(spelt(text))
    return len(content) > 1 or any(about(part) for word in content for part in word.split())


def _clauses(text: str) -> Iterator[list[Token]]:
    """Cut at marks, and before what is meant instead: *bukan saldo tapi insentif*, *bukan saldo saya tanya …*."""
    part: list[Token] = []
    tokens = spelt(text)
    for place, token in enumerate(tokens):
        meant = bool({token.raw, token.word} & cues("meant instead")) or _begins_a_question(tokens[place : place + 2])
        if token.raw in _MARKS or (meant and part):
            yield part
            part = []
        if token.raw not in _MARKS:
            part.append(token)
    yield part


def _begins_a_question(tokens: Sequence[Token]) -> bool:
    """Hear *saya tanya*, which says what is meant."""
    return len(tokens) > 1 and tokens[0].word == "saya" and _is(tokens[1], "asked")


def _refused(part: list[Token]) -> Refusal | None:
    said = _without_opening(part)
    if len(said) < 2:
        return None
    if (other := _another_matter(said)) is not None:
        return other
    if (asked := _not_asked(said)) is not None:
        return _found(How.NOT_ASKED, said, asked, 0)
    if _is(said[0], "refuses") or _is_english(said):
        return _found(How.DENIED, said, 1, 0)
    if _is(said[0], "wonders"):
        return _wondered_at(said, 1)
    if said[0].word == "siapa" and said[1].word == "yang":
        return _wondered_at(said, 2)
    denial = next((place for place, token in enumerate(said) if place and _is(token, "refuses")), None)
    of_a_thing = denial is not None and said[denial - 1].word == "yang"  # *kelas yang bukan online*
    return None if denial is None or of_a_thing else _found(How.BESIDE, said, denial + 1, denial)


def _another_matter(said: list[Token]) -> Refusal | None:
    """Hear *survei lain lagi min*, *itu survei, beda lagi*: what was answered is another matter than the one meant."""
    kept = list(said)
    while kept and _is_padding(kept[-1]):
        kept.pop()
    named, turned = kept[:-2], [token.raw for token in kept[-2:]]
    if turned not in _ANOTHER or not named or not _content(named) or not _names_a_matter(named):
        return None
    return Refusal(How.DENIED, " ".join(token.raw for token in named), named[0].start, kept[-1].end, names=True)


def _is_english(said: list[Token]) -> bool:
    """Hear *not the balance*; *not sure* refuses nothing."""
    return said[0].raw == "not" and said[1].raw in {"the", "about", "my"}


def _without_opening(part: list[Token]) -> list[Token]:
    """Leave out the courtesies and interjections that a clause begins with."""
    said = list(part)
    while (
        said
        and not (_is(said[0], "wonders") or _is(said[0], "refuses") or said[0].raw == "not")
        and _is_padding(said[0])
    ):
        said.pop(0)
    return said


def _is_padding(token: Token) -> bool:
    return token.raw in lexicon().fillers or _is(token, "interjections")


def _not_asked(said: list[Token]) -> int | None:
    """Return the place after *ga nanya*."""
    for place, token in enumerate(said[:_NEAR]):
        if token.word == "tidak" or _is(token, "refuses"):
            near = said[place + 1 : place + _NEAR]
            return next((place + 2 + at for at, word in enumerate(near) if _is(word, "asked")), None)
    return None


def _wondered_at(said: list[Token], first: int) -> Refusal | None:
    """Take *kok saldo lagi* for a refusal, and not *kok belum cair* or *kok dicabut*, which ask."""
    found = _found(How.WONDERED_AT, said, first, 0)
    content = _content(said[first:])
    marked = first > 1 or any(_is(token, "said again of an answer") for token in said[first:])
    named = _names_a_matter(said[first:])
    wrong = any(_is(token, "not in order") or token.word == "tidak" for token in said[first:])
    wrong = wrong or says("whom to ask", " ".join(token.raw for token in said))  # *siapa yang harus saya hubungi*
    return found if (marked or named) and not wrong and len(content) <= _SHORTLY else None


def _found(how: How, said: list[Token], first: int, from_place: int) -> Refusal | None:
    what = [token for token in said[first:] if not _is(token, "said again of an answer")]
    words = " ".join(token.raw for token in what)
    if not _content(what) or says("a question", words) or _is(what[0], "no matter begins with"):
        return None
    before = " ".join(token.raw for token in said[:from_place])
    return Refusal(how, words, said[from_place].start, said[-1].end, before, _names_a_matter(what))


def _names_a_matter(said: Sequence[Token]) -> bool:
    return all(_NAMING & set(about(word)) for word in _content(said))


def _is(token: Token, cue: str) -> bool:
    return bool({token.raw, token.word} & cues(cue))


def _content(tokens: Sequence[Token]) -> list[str]:
    """Return the words of meaning among tokens."""
    return [token.word for token in tokens if token.raw[0].isalnum() and not _is_padding(token)]
