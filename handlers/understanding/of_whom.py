"""Of whom words speak: of the person who writes, or of somebody beside them.

Who only tells, reads or helps is no subject (*kata temanku*, *dibantu ponakan*), nor is *saya* behind somebody whose it
says they are (*ibu saya*).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from handlers.understanding.spelling import spelt
from handlers.understanding.statements import Words, is_other, is_somebody_of, names_somebody, spoken, words_of
from handlers.understanding.tokens import Token

_WITH = frozenset({"dan", "sama", "&", "plus"})
_TELLS_WITHIN = 4  # words behind somebody
_OWNED_WITHIN = 3  # words behind somebody
_WHENCE = frozenset({"satu", "sebelah", "depan", "belakang", "samping", "dari", "di"})
"""What says whence one knows somebody: *tetangga depan rumah saya*."""


class Whose(Enum):
    """Whose something is, or of whom words speak."""

    OWN = auto()
    OTHERS = auto()
    UNSAID = auto()


def speaks_of(text: str, role: str) -> Whose:
    """Return of whom a text speaks where it comes to a word of a role: *suami saya boleh daftar?*, of another."""
    words, tokens, whose = words_of("passed"), [token for token in spelt(text) if spoken(token)], Whose.UNSAID
    for place, token in enumerate(tokens):
        if words.have(role, token):
            return whose
        whose = subject_at(words, tokens, place, text) or whose
    return whose


def names_another(text: str) -> bool:
    """Tell whether a text speaks of somebody beside its writer."""
    words, tokens = words_of("passed"), [token for token in spelt(text) if spoken(token)]
    return any(is_another(words, tokens, place, text) for place in range(len(tokens)))


def is_all_of_another(text: str, *, known: bool = False) -> bool:
    """Tell whether a text ends with somebody else, and not with its writer: *terus ibu habis beli ngapain lagi?*.

    Where somebody is `known` from the talk, *ibu* is they, too, and nobody who is spoken to.
    """
    words, tokens, whose = words_of("passed"), [token for token in spelt(text) if spoken(token)], Whose.UNSAID
    for place in range(len(tokens)):
        whose = subject_at(words, tokens, place, text, known=known) or whose
    return whose is Whose.OTHERS


def names_its_writer(text: str) -> bool:
    """Tell whether a text has a word for its writer in it, be it as whose somebody is."""
    words = words_of("passed")
    return any(words.have("me", token) for token in spelt(text))


def subject_at(words: Words, tokens: Sequence[Token], place: int, text: str, *, known: bool = False) -> Whose | None:
    """Return whom a word makes the subject; None where it names nobody, a teller, or whose somebody is."""
    if is_another(words, tokens, place, text, known=known):
        return Whose.OTHERS
    mine = words.have("me", tokens[place]) and not is_owner(words, tokens, place)
    return Whose.OWN if mine else None


def is_another(words: Words, tokens: Sequence[Token], place: int, text: str, *, known: bool = False) -> bool:
    """Whether a word is somebody else, and no mere teller: *temanku gelombang 19*, not *kata temanku*."""
    token = tokens[place]
    if _is_spoken_to(words, tokens, place):
        return False
    kin = words.have("kin", token) and not words.addresses(token) and (known or _names_kin(text))
    if not (kin or is_other(words, token, last=True) or is_somebody_of(words, tokens, place)):
        return False
    near = tokens[max(0, place - 1) : place + _TELLS_WITHIN]
    told = any(words.have("teller", each) or words.have("reader", each) for each in near)
    before = tokens[place - 1] if place else None
    if before is None:
        return not told
    beside = place > 1 and before.word in _WITH and words.have("me", tokens[place - 2])  # *saya dan istri*
    return not (told or beside or words.have("company", before) or words.have("helped", before))


def is_owner(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether *saya* says whose somebody is: *ibu saya*, *anak buah saya*, *kawan satu pos saya*."""
    return any(
        is_other(words, tokens[at], last=True) or words.have("kin", tokens[at]) or words.have("kinlike", tokens[at])
        for at in range(max(0, place - _OWNED_WITHIN), place)
        if not _is_spoken_to(words, tokens, at) and (place - at < _OWNED_WITHIN or tokens[at + 1].word in _WHENCE)
    )


def _is_spoken_to(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether a first word is how Sobat is spoken to: *mas sy sudah masuk*."""
    return place == 0 and words.addresses(tokens[0])


def _names_kin(text: str) -> bool:
    """Whether a text speaks of a relative beside its writer, and not to them: *ibu gelombang 20, saya 21*."""
    words, tokens = words_of("passed"), spelt(text)
    return names_somebody(text) or any(words.have("me", token) for token in tokens)
