"""Card numbers and NIKs: sixteen digits, however they are spaced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from programme.secrets_found import DIGIT_WORD, Secret, Span

_GAP = r"[ \-.–_\u00a0]"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?<!\d)\d{16,19}(?!\d)",
        rf"(?<!\d)(?:\d{{4}}{_GAP}{{0,3}}){{3}}\d{{4}}(?!\d)",
        rf"(?<!\d)\d{{6}}{_GAP}{{1,3}}\d{{6}}{_GAP}{{0,3}}\d{{4}}(?!\d)",
        rf"(?<!\d)\d(?:{_GAP}\d){{15}}(?!{_GAP}?\d)",
        rf"(?<!\d)[1-9](?:{_GAP}?\d){{15}}(?!{_GAP}?\d)",
        rf"\b{DIGIT_WORD}(?:[\s,\-]+{DIGIT_WORD}){{11,}}\b",
    )
)
_NAMED = re.compile(
    r"\b(?:nik|ktp|(?:no|nomor|nomer|number)\.?\s*kartu|kartu prakerja|card number)(?:nya|ku)?\b"
    rf"[\s:=.]*(?:(?:saya|aku|ku|nya|sy|gw|gue|ini|itu|adalah|no|nomor|prakerja)\b[\s:=.]*){{0,4}}"
    rf"(?P<number>(?!0|628)[1-9](?:{_GAP}?\d){{11,18}})(?!\d)",
    re.IGNORECASE,
)
_OF_NIK = re.compile(r"\b(?:nik|ktp|kk|kependudukan)(?:nya|ku)?\b", re.IGNORECASE)
_OF_CARD = re.compile(r"\b(?:kartu(?! keluarga)|card|prakerja)(?:nya|ku)?\b", re.IGNORECASE)
_BEFORE, _AFTER = 40, 25


def find_long_numbers(text: str) -> Iterator[Span]:
    """Go through the card numbers and NIKs in `text`; the same one may be found more than once."""
    for shape in _SHAPES:
        for found in shape.finditer(text):
            if not _ordinary(found[0]):
                yield Span(found.start(), found.end(), _kind(text, found.start(), found.end()))
    for found in _NAMED.finditer(text):
        if not _ordinary(found["number"]):
            yield Span(*found.span("number"), _kind(text, *found.span("number")))


def _ordinary(number: str) -> bool:
    """Tell whether groups of digits are years, dates, prices or phone numbers that happen to make sixteen."""
    groups = re.findall(r"\d+", number)
    if len(groups) < 2:
        return False
    years = all(re.fullmatch(r"20[0-4]\d", group) for group in groups)
    prices = all(group.endswith("000") for group in groups) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number)
    dates = re.fullmatch(r"(?:\d{1,2}\D\d{1,2}\D20\d\d\D?)+", number)
    mixed = len({*re.findall(r"\D+", number)}) > 1 and any(len(group) == 3 for group in groups)
    phones = any(re.fullmatch(r"0\d{8,}", group) for group in groups)
    counting = all(int(after) - int(before) == 1 for before, after in pairwise(groups)) and len(groups) > 4
    return bool(years or prices or dates or mixed or phones or counting)


def _kind(text: str, start: int, end: int) -> Secret:
    """Tell by the nearest word before, then after, then by the birthday inside a NIK."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    nik, card = (max((m.end() for m in word.finditer(before)), default=-1) for word in (_OF_NIK, _OF_CARD))
    if nik != card:
        return Secret.NIK if nik > card else Secret.CARD
    if _OF_NIK.search(after):
        return Secret.NIK
    born = re.fullmatch(r"[1-9]\d{5}(\d\d)(0[1-9]|1[0-2])\d{6}", re.sub(r"\D", "", text[start:end]))
    day = int(born[1]) % 40 if born else 0
    return Secret.NIK if 1 <= day <= 31 and not _OF_CARD.search(after) else Secret.CARD
