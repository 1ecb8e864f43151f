"""Numbers that are no secret: prices, dates, hours, years, phone numbers, orders, addresses on the net and places."""

from __future__ import annotations

import re

from programme.redaction.words import one_of

_MONTH = rf"(?=[a-z])(?:{one_of('month')})\b"
PHONES = re.compile(
    r"(?<![\d\w])(?:"
    r"(?:\(?\+?62\)?|0)[ \-.]?8\d{2}[ \-.]?\d{3,4}[ \-.]?\d{2,5}(?!\d)"
    r"|\+?62[ \-]?8(?:[ \-]?\d){8,11}(?!\d)|0800[ \-]?\d{3}[ \-]?\d{4}(?!\d)"
    r"|\(?0[2-9]\d{1,2}\)?[ \-]\d{3,4}[ \-]?\d{3,5}(?![\d]|[ \-]\d{3})|021\d{7,8}(?!\d)"
    r"|1500[ \-]?\d{3}(?!\d)|150911(?!\d))"
)
MASKED_PHONES = re.compile(r"(?:\+?62|0)8[\d.\-]*[x*]{2}[\dx*.\-]*", re.IGNORECASE)  # "0812xxxx"
_KINDS = {
    "phone": rf"{PHONES.pattern}|(?<!\w){MASKED_PHONES.pattern}",
    "address": r"https?:[^\s?#]+|www\.[^\s?#]+|(?<![^\s:,;|/()<>])[^\s@,;|/()<>]{1,64}@[\w.\-]{1,64}\.\w+",
    "place": r"(?<![\d.])-?\d{1,3}\.\d{3,8},?\s{0,2}-?\d{1,3}\.\d{3,8}(?![\d.])",
    "order": rf"(?<![a-z])(?:{one_of('order')})[\-/#]?\d[\w/\-]*|(?<![a-z])inv/[\w/]+|(?<!\w)#\d[\d\-]{{0,13}}(?!\d)",
    "price": r"(?<![a-z])(?:rp|idr)\.?\s*\d[\d.,]*"
    r"|(?<![\d.,])\d{1,3}(?>(?:[.,]\d{3})+)(?:,\d\d)?(?![\d]|[.,]\d)"
    r"|(?<!\d)\d{2,5}000(?!\d)"
    r"|(?<!\d)\d{1,4}(?:[.,]\d{1,3})?\s*(?:rb|ribu|jt|juta|k)(?:an)?(?![a-z])",
    "date": r"(?<![\d/.\-])(?:0?[1-9]|[12]\d|3[01])([/\-. ])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?![\d]|[/.\-]\d)"
    r"|(?<!\d)(?:19|20)\d\d([/\-.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d/.\-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])"
    rf"|(?<!\d)[0-3]?\d[ \-/]?{_MONTH}(?:[ \-/]?(?:19|20)?\d\d)?(?!\d)"
    rf"|(?<![a-z])(?:tgl|tanggal)\.?\s*(?:0?[1-9]|[12]\d|3[01])(?![\d/.\-]|[ ]?{_MONTH})"
    rf"|(?<![^\W\d_]){_MONTH}[ \-/]?(?:19|20)?\d\d(?!\d)",
    "hour": r"(?<![\d.:/\-])[0-2]?\d[.:][0-5]\d(?::[0-5]\d)?(?:\s?-\s?[0-2]?\d[.:][0-5]\d)?(?!\d|[.:/\-]\d)",
    "year": r"(?<![\d.,/\-])(?:19[4-9]|20[0-4])\d(?!\d|[.,]\d)",
}
_ALL = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}


class Ordinary:
    """Which characters of a readable text belong to ordinary numbers; it looks for each kind when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[tuple[int, int]]] = {}
        self._masks: dict[tuple[str, ...], bytearray] = {}

    def covered(self, start: int, end: int, *kinds: str) -> int:
        """Return how many characters between `start` and `end` belong to ordinary numbers of these kinds, or any."""
        mask = self._masks.get(kinds) or self._mask(kinds)
        return mask.count(1, start, end)

    def _mask(self, kinds: tuple[str, ...]) -> bytearray:
        mask = self._masks[kinds] = bytearray(len(self._text) + 1)
        for kind in kinds or _ALL:
            for first, last in self._spans(kind):
                mask[first:last] = b"\1" * (last - first)
        return mask

    def _spans(self, kind: str) -> list[tuple[int, int]]:
        known = self._found.get(kind)
        if known is None:
            known = self._found[kind] = [found.span() for found in _ALL[kind].finditer(self._text)]
        return known
