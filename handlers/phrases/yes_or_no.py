"""A short yes or no, as people say it: *udah kok*, *blm sempet*."""

from __future__ import annotations

from handlers.understanding.spelling import spelt

LONGEST = 5
"""Words of an answer; a longer message says something else as well."""

_NO = frozenset({"belum", "tidak", "bukan", "no", "not", "jangan"})
_YES = frozenset({"sudah", "iya", "ya", "yes", "sempat", "selesai", "tuntas", "benar", "betul", "pernah"})


def yes_or_no(text: str) -> str | None:
    """Return `yes`, `no`, or None where it is neither."""
    words = [word for token in spelt(text) for word in token.word.split()]
    if not words or len(words) > LONGEST:
        return None
    if not _NO.isdisjoint(words):
        return "no"
    return "yes" if not _YES.isdisjoint(words) else None
