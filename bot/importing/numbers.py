"""Whole numbers as offices, spreadsheets and programs write them: `600.000`, `Rp 600.000,00`, `18.0`, `600 ribu`."""

from __future__ import annotations

import re
from decimal import Decimal

_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)  # as numbers copied from a phone have
_SPACE = re.compile(r"\s+")
_TEXT_MARK = re.compile(r"""=?(["'])(.*)\1|'(.*)""")
_AROUND = re.compile(
    r"(?:rp|idr)?\.?\s*(?P<number>.+?)\s*(?:[.,]-{1,2})?\s*(?P<scale>ribu|rb|rbu|k|juta|jt)?\.?\s*(?:rupiah|idr)?",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2})(?P<group>[., '’])([0-9]{3})(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))[.,][0-9]+)?"
)
_NEITHER = re.compile(r"[0-9]{4,}[.,][0-9]{3}")  # "60000.000": a fraction, or a figure too many before thousands
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_GROUP = 3  # figures between two separators
_SCALES = {"ribu": 1_000, "rb": 1_000, "rbu": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000}


class NoNumber(ValueError):
    """The text is no whole number that can be told for certain."""


class LostDigits(NoNumber):
    """A spreadsheet showed a long number as `8.12E+11`, and the digits behind it are gone."""

    def __init__(self) -> None:
        super().__init__("Excel lost digits; format the column as text or as a number, and export it again")


def plain(text: str) -> str:
    """Return the text without what spreadsheets put around it: spaces that are not seen, `'0812`, `="0812"`."""
    text = _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()
    marked = _TEXT_MARK.fullmatch(text)
    return (marked[2] or marked[3] or "").strip() if marked else text


def read_whole(text: str) -> int:
    """Return the whole number that `text` says. Raises NoNumber.

    One separator before exactly three digits stands between thousands, any other before a fraction, which must
    be nothing: `600.000` is 600,000, `18.0` is 18, `1.8` is refused, and so is `60000.000`, which may be either.
    """
    around = _AROUND.fullmatch(plain(text))
    if around is None:
        raise NoNumber
    number = _decimal(around["number"]) * _SCALES.get((around["scale"] or "").casefold(), 1)
    if number != number.to_integral_value():
        raise NoNumber
    return int(number)


def read_digits(text: str) -> str:
    """Return `text` where a program wrote a long number as a fraction (`81234567823.0`) as that number's digits.

    Anything else comes back as it is. Raises LostDigits, and NoNumber for a fraction that is not nothing.
    """
    text = plain(text)
    if _SCIENTIFIC.fullmatch(text):
        return str(read_whole(text))
    if _PLAIN.fullmatch(text) and not text.isdecimal():
        whole, fraction = re.split("[.,]", text)
        if len(whole) > 4 or not fraction.strip("0"):
            if fraction.strip("0"):
                raise NoNumber
            return whole
    return text


def was_fraction(text: str) -> bool:
    """Tell whether a whole number was written with a fraction of nothing, as pandas does: `18.0`."""
    return text.endswith((".0", ",0"))


def _decimal(text: str) -> Decimal:
    if found := _SCIENTIFIC.fullmatch(text):
        return _scientific(*found.groups())
    if found := _GROUPED.fullmatch(text):
        whole, fraction = _split(text, found["group"])
        if len(fraction) == _GROUP:  # "1.000,000": which of the two stands between thousands?
            raise NoNumber
        return Decimal(f"{whole}.{fraction or 0}")
    if _PLAIN.fullmatch(text) and not _NEITHER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise NoNumber


def _split(text: str, group: str) -> tuple[str, str]:
    """Part thousands, which `group` stands between, from what follows the other separator."""
    whole, _point, fraction = text.replace(group, "").replace(",", ".").partition(".")
    return whole, fraction


def _scientific(first: str, more: str | None, power: str) -> Decimal:
    """Read `8.1234567823e+10`, in which every digit is there."""
    if len(more or "") < int(power):
        raise LostDigits
    return Decimal(f"{first}.{more or 0}").scaleb(int(power))
