"""The fingerprint of a broadcast's words: equal where a person would say that they read it before."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from html import unescape
from unicodedata import normalize

from programme.model.zones import Zone

_TAG = re.compile(r"</?[bi]>")
_BETWEEN = re.compile(r"[^\w{}]+")
_DAYS = re.compile(r"{(?:sisa_hari|days_left)}")


def fingerprint(html: str, at: datetime) -> str:
    """Return the fingerprint of words that go out from `at` on.

    Case, spacing, markup, punctuation and the form of letters make no difference. Words that count the days
    left are others on every day of WIB.
    """
    shown = normalize("NFKC", unescape(_TAG.sub("", html))).casefold()
    words = _BETWEEN.sub(" ", shown).strip() or " ".join(shown.split())
    if _DAYS.search(words):
        words += f" {at.astimezone(Zone.WIB.tz):%Y-%m-%d}"
    return hashlib.sha256(words.encode()).hexdigest()
