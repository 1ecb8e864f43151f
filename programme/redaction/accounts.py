"""Bank and e-wallet accounts: eight to eighteen figures that somebody calls theirs, or puts beside a bank's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from programme.redaction.digits import Atom, Run
from programme.redaction.ordinary import PHONES, Ordinary
from programme.redaction.spans import Secret, Span

_SHORTEST, _LONGEST = 8, 18
_BESIDE_A_BANK = 10  # figures that are an account's where only a bank is named; hotlines have seven
_BANK = (
    r"bca|bri|bni|btn|bsi|mandiri|cimb|niaga|permata|danamon|jago|seabank|jenius|bjb|dki|mega|panin|maybank|muamalat"
)
_WALLET = r"ovo|dana|gopay|go-?pay|link ?aja|shopee ?pay"
_ACCOUNT = r"(?:no\.?\s?|nomor\s|nomer\s|nmr\s)?(?:no)?rek(?:ening|eing|enig|ning|nya|ku)?(?:nya|ku|mu|na|ne)?(?![a-z])"
_BETWEEN = rf"saya|aku|ku|gue|sy|nya|bank|{_BANK}|{_WALLET}|e-?wallet|a\.?n\.?|atas nama|no|nomor|nomernya|nomornya"
_NAMED = re.compile(
    rf"(?<![a-z])(?:{_ACCOUNT}|account number)[\s:=.\-*'\"(]*(?:(?:{_BETWEEN}|itu|ini|adalah|yaitu|yg|yang|baru|lama)"
    r"(?![a-z])[\s:=.\-*'\"(]*){0,5}$",
    re.IGNORECASE,
)
_BANKED = re.compile(
    rf"(?<![a-z])(?<!va )(?:{_BANK})[\s:=.\-*'\"(]*(?:(?:no|nomor|saya|rek)\b[\s:.]*)?$", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"[\s,(]*(?:(?:itu|adalah|ini)\s+)?(?:(?:no\.?|nomor)\s*)?(?:norek|rek\b|rekening|(?:{_BANK})\b[\s,]*(?:a\.?n|atas))",
    re.IGNORECASE,
)
_BEFORE = 60


def find_accounts(text: str, runs: Sequence[Run]) -> Iterator[Span]:
    """Go through the accounts in a `plain` text with these runs of digits."""
    for run in runs:
        piece = _together(run)
        count = sum(len(atom.digits) for atom in piece)
        if not _SHORTEST <= count <= _LONGEST or any(atom.spoken for atom in piece):
            continue
        start, end = piece[0].start, piece[-1].end
        if _is_told(text, start, end, count) and not _is_ordinary(text, start, end):
            yield Span(start, end, Secret.ACCOUNT)


def _together(run: Run) -> list[Atom]:
    """Return the first figures of a run with nothing but one sign between them, as far as they may be an account."""
    piece = [run[0]]
    for atom in run[1:]:
        longer = sum(len(each.digits) for each in piece) + len(atom.digits)
        if atom.start - piece[-1].end > 1 or longer > _LONGEST or len(piece[0].digits) >= _SHORTEST:
            break
        piece.append(atom)
    return piece


def _is_told(text: str, start: int, end: int, count: int) -> bool:
    before = max(0, start - _BEFORE)
    if _NAMED.search(text, before, start):
        return True
    if count < _BESIDE_A_BANK or PHONES.match(text, start):
        return False
    return bool(_BANKED.search(text, before, start) or _BEHIND.match(text, end))


def _is_ordinary(text: str, start: int, end: int) -> bool:
    ordinary = Ordinary(text, start, end, "price", "date", "hour", "order", "address")
    return 2 * ordinary.covered(start, end) > end - start
