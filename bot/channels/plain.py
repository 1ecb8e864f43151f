"""Message text as plain words, for places that know no markup."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"</?[a-z]+>")


def plain(text: str) -> str:
    """Return the words of a message without its markup."""
    return unescape(_TAG.sub("", text))
