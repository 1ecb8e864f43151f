"""A text as its secrets can be read: every digit and letter as the keyboard has it, and where each stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from programme.redaction.words import rows, words

CUT = "¤"
"""Stands in place of what was cut before: no letter, no digit, and it joins nothing."""

_INVISIBLE = frozenset({"Mn", "Me", "Cf"})  # accents, keycaps, joiners, soft hyphens
_SPACES = {"Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-"}
_DOUBLE = frozenset("“”„«»‟")
_SIGNS = {"\u2044": "/", "\u2215": "/", "\u00d7": "x"}
_IN_LINKS = re.compile(r"%(2[0-9A-F]|3[A-F]|40|0A)", re.IGNORECASE)
_LETTER_NAMES = ("LATIN", "NEGATIVE", "REGIONAL", "SQUARED", "CIRCLED")


class Readable(NamedTuple):
    """The text to read, and for each of its characters where it comes from; None where nothing was changed."""

    text: str
    origins: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` up to `end` stood, with what is invisible behind them."""
        if self.origins is None:
            return start, end
        return self.origins[start], max(self.origins[end], self.origins[end - 1] + 1)


def readable(text: str, placeholders: re.Pattern[str]) -> Readable:
    """Return `text` as it can be read; what was cut from it before is none of its words."""
    text = placeholders.sub(lambda found: CUT * len(found[0]), text)
    return _joined(_out_of_links(Readable(text, None) if text.isascii() else _as_on_a_keyboard(text)))


def _out_of_links(read: Readable) -> Readable:
    """Read what links write in figures of their own, as in those that fill in a message: "otp%20839214"."""
    written = list(_IN_LINKS.finditer(read.text)) if "%" in read.text else []
    if not written:
        return read
    signs, end = [], 0
    places: list[int] = []
    for found in written:
        signs += [read.text[end : found.start()], chr(int(found[1], 16))]
        places += range(end, found.start() + 1)
        end = found.end()
    places += range(end, len(read.text) + 1)
    origins = places if read.origins is None else [read.origins[place] for place in places]
    return Readable("".join([*signs, read.text[end:]]), origins)


def _joined(read: Readable) -> Readable:
    """Put names together that are spelt out: "c v v", "p-a-s-s-w-o-r-d"."""
    spelt = list(_spelt().finditer(read.text))
    if not spelt:
        return read
    apart = {at for found in spelt for at in range(found.start() + 1, found.end(), 2)}
    kept = [at for at in range(len(read.text)) if at not in apart]
    origins = (
        [*kept, len(read.text)] if read.origins is None else [*map(read.origins.__getitem__, kept), read.origins[-1]]
    )
    return Readable("".join(read.text[at] for at in kept), origins)


def _as_on_a_keyboard(text: str) -> Readable:
    signs: list[str] = []
    origins: list[int] = []
    for at, sign in enumerate(text):
        read = sign if sign.isascii() or sign == CUT else _read(sign)
        signs.append(read)
        origins += [at] * len(read)
    origins.append(len(text))
    return Readable("".join(signs), origins)


@lru_cache(maxsize=4096)
def _read(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in _INVISIBLE:
        return ""
    if kind in _SPACES:
        return _SPACES[kind]
    if kind in {"Pi", "Pf"}:
        return '"' if sign in _DOUBLE else "'"
    digit = unicodedata.digit(sign, None)
    if digit is None and kind == "Lo" and 0 <= unicodedata.numeric(sign, -1) <= 9:  # as the Chinese write them
        digit = int(unicodedata.numeric(sign))
    if digit is not None:
        return str(digit)
    return "".join(_letter(part) for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


def _letter(sign: str) -> str:
    if sign.isascii():
        return sign
    alike = _homoglyphs().get(sign) or _SIGNS.get(sign)
    if alike is None and (small := _homoglyphs().get(sign.lower())):
        alike = small.upper()
    if alike is None:
        name = unicodedata.name(sign, "")
        letter = name.rpartition(" ")[2]
        if name.startswith(_LETTER_NAMES) and len(letter) == 1 and letter.isascii():
            alike = letter.lower()
    return alike or sign


@cache
def _spelt() -> re.Pattern[str]:
    names = "|".join(r"[ .\-]".join(name) for name in sorted(words("spelt"), key=len, reverse=True))
    spaced = r"(?=[a-z][ .\-][a-z][ .\-][a-z])"  # looked at first, which makes it quick
    return re.compile(rf"(?<![^\W_])(?<![^\W_][ .\-]){spaced}(?:{names})(?![^\W_])", re.IGNORECASE)


@cache
def _homoglyphs() -> dict[str, str]:
    return {sign: letter for sign, letter, _script in rows("homoglyphs.tsv")}
