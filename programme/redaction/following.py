"""A secret over two messages: "password", then what it is; or one number, written in pieces."""

from __future__ import annotations

import re
from functools import cache

from programme.redaction.cutter import INSTEAD, PLACEHOLDERS, redact
from programme.redaction.ordinary import Ordinary
from programme.redaction.readable import readable
from programme.redaction.spans import Secret
from programme.redaction.words import is_a, one_of

_LONGEST = 80
_FEW = 2  # words that lead nowhere else: "password", "ini kak", "Melati2021!"
_EMAIL = r"[^\s@]{1,64}@[\w\-]{1,40}\.\w"
_PIECE = re.compile(r"\W{0,3}\d(?:[\s.\-/_,]{0,3}\d){2,11}\W{0,3}")
_WORDS = re.compile(r"\w+")
_BESIDE = ("filler", "me", "is", "perhaps is", "said of secrets", "ends")
_ALIKE = re.compile(r"\D*(?:\d\D?){4,6}")  # how many figures of one number are written at once


def lead_of(text: str, before: str | None = None) -> str | None:
    """Return what of a redacted message tells that the next one may be a secret; None where nothing does.

    `before` is the lead that it came behind itself: a word or two, or a piece of a number, do not end it.
    """
    goes_on = before is not None and (len(text.split()) <= _FEW or _is_piece(text))
    if not (goes_on or _is_piece(text) or _names().search(text)):
        return None
    return (f"{before} {text}" if goes_on else text)[-_LONGEST:]


def redact_after(lead: str | None, text: str) -> tuple[str, tuple[str, ...]]:
    """Do as `redact` does with a message that comes behind that lead."""
    words, kinds = redact(text)
    if lead is None or _names().search(text):
        return words, kinds
    if (kind := _kind_of_piece(lead, words)) is not None:
        return INSTEAD[kind], (kind.value,)
    given, more = redact(words, behind=f"{lead} ")
    return (given, tuple(dict.fromkeys((*kinds, *more)))) if more and _only_gives(words, given) else (words, kinds)


def _only_gives(before: str, after: str) -> bool:
    """Tell whether a message does nothing but give what was cut out of it: "ini kak [kata sandi] gagal"."""
    rest = PLACEHOLDERS.sub(" ", after)
    beside = _WORDS.findall(rest.casefold())
    alone = INSTEAD[Secret.PASSWORD] not in after or len(before.split()) == len(beside) + 1
    return alone and all(word.isalpha() and any(is_a(word, kind) for kind in _BESIDE) for word in beside)


def _kind_of_piece(lead: str, text: str) -> Secret | None:
    """Tell of which number these figures are a piece, if of any: "nomor kartu", then "3524 1129", then "0045"."""
    if not _is_piece(text):
        return None
    last = max(_numbers().finditer(lead), key=re.Match.start, default=None)
    if last is not None:
        return Secret.NIK if last["nik"] else Secret.CARD
    piece = lead.rsplit(maxsplit=1)[-1]
    begun = PLACEHOLDERS.search(lead, len(lead) - _LONGEST // 4) or _is_piece(piece)
    return Secret.CARD if begun and _ALIKE.fullmatch(_read(text)) else None


def _is_piece(text: str) -> bool:
    """Tell whether a message is nothing but figures, and no day, hour, sum or year."""
    read = _read(text)
    return _PIECE.fullmatch(read) is not None and not Ordinary(read).covered(0, len(read))


def _read(text: str) -> str:
    return readable(text[:_LONGEST], PLACEHOLDERS).text


@cache
def _names() -> re.Pattern[str]:
    """What may be given with the next message."""
    names = one_of("code", "password", "perhaps password", "card detail", "card", "nik", "account", "bank", "wallet")
    return re.compile(rf"{_EMAIL}|(?<![a-z])(?:{names}|{one_of('mother', 'document')})", re.IGNORECASE)


@cache
def _numbers() -> re.Pattern[str]:
    """The numbers that people write in pieces."""
    return re.compile(rf"(?<![a-z])(?:(?P<nik>{one_of('nik')})|{one_of('card')})", re.IGNORECASE)
