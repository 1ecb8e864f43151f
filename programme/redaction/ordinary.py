"""Numbers that are no secret: prices, dates, hours, years, phone numbers, orders and addresses on the net."""

from __future__ import annotations

import re
from functools import cached_property

_MONTH = (
    r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)"
    r"(?:uari|ruari|et|il|i|ust|ustus|t|tember|ober|ember)?\b"
)
PHONES = re.compile(
    r"(?<![\d\w])(?:"
    r"(?:\(?\+?62\)?|0)[ \-.]?8\d{2}[ \-.]?\d{3,4}[ \-.]?\d{2,5}(?!\d)"
    r"|\+?62[ \-]?8(?:[ \-]?\d){8,11}(?!\d)|0800[ \-]?\d{3}[ \-]?\d{4}(?!\d)"
    r"|\(?0\d{2,3}\)?[ \-]\d{3,4}(?:[ \-]?\d{3,5}){1,2}(?!\d)|021\d{7,8}(?!\d)"
    r"|1500[ \-]?\d{3}(?!\d)|150911(?!\d))"
)
_KINDS = {
    "phone": PHONES.pattern,
    "address": r"https?:\S+|www\.\S+|(?<![^\s:,;/])[^\s@]{1,64}@[^\s@]{1,64}\.\w+",
    "order": r"(?<![a-z])(?:inv|invoice|trx|order|ord|ref|resi|pjr|bl|tkt|sp|sob)[\-/#]?\d[\w/\-]*"
    r"|(?<![a-z])inv/[\w/]+|#\d[\d\-]*",
    "price": r"(?<![a-z])(?:rp|idr)\.?\s*\d[\d.,]*"
    r"|(?<![\d.,])\d{1,3}(?:[.,]\d{3})++(?:,\d\d)?(?![\d]|[.,]\d)"
    r"|(?<!\d)\d{2,5}000(?!\d)"
    r"|(?<!\d)\d{1,4}(?:[.,]\d{1,3})?\s*(?:rb|ribu|jt|juta|k)(?![a-z])",
    "date": r"(?<![\d/.\-])(?:0?[1-9]|[12]\d|3[01])([/\-. ])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?![\d]|[/.\-]\d)"
    r"|(?<!\d)(?:19|20)\d\d([/\-.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)[0-3]?\d[ \-/]?{_MONTH}(?:[ \-/]?(?:19|20)?\d\d)?(?!\d)|{_MONTH}[ \-/]?(?:19|20)?\d\d(?!\d)",
    "hour": r"(?<![\d.:/\-])[0-2]?\d[.:][0-5]\d(?::[0-5]\d)?(?!\d|[.:/\-]\d)",
    "year": r"(?<![\d.,/\-])(?:19[4-9]|20[0-4])\d(?!\d|[.,]\d)",
}
_ALL = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}


_MARGIN = 25  # characters about a number that may belong to it
_LONGEST = 100  # of an address


class Ordinary:
    """Which characters between `start` and `end` of a `plain` text belong to ordinary numbers of some kinds, or all.

    It looks only when first asked.
    """

    def __init__(self, text: str, start: int, end: int, *kinds: str) -> None:
        self._text, self._kinds = text, kinds or tuple(_ALL)
        token = max(
            text.rfind(" ", max(0, start - _LONGEST), start),
            text.rfind("\n", max(0, start - _LONGEST), start),
            start - _LONGEST,
        )
        self._from = max(0, min(token, start - _MARGIN))
        self._to = min(len(text), end + _MARGIN)

    def covered(self, start: int, end: int) -> int:
        """Return how many characters between `start` and `end` belong to ordinary numbers."""
        return self._mask.count(1, start - self._from, end - self._from)

    @cached_property
    def _mask(self) -> bytearray:
        mask = bytearray(self._to - self._from)
        for kind in self._kinds:
            for found in _ALL[kind].finditer(self._text, self._from, self._to):
                first, last = found.start() - self._from, found.end() - self._from
                mask[first:last] = b"\1" * (last - first)
        return mask
