"""How what was not understood may be shown: without numbers, addresses, and the names of who said it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from programme.redaction.without_numbers import without_numbers

MASKED: Final = "•••"

_PLACED: Final = re.compile(r"\S*(?:@|https?://|www\.|t\.me/|wa\.me/)\S*", re.IGNORECASE)
_NAMED: Final = re.compile(r"(?i)\b(nama(?:ku| saya| aku| lengkap)?(?: adalah)?[: ]+)([^\W\d_]+(?: [^\W\d_]+)?)")
_LONG: Final = 200


def masked(text: str, names: Collection[str], mask: str = MASKED) -> str:
    """Return words without numbers of four digits or more, links, and names, of who said it or said to be one."""
    shown = without_numbers(_PLACED.sub(mask, text))[:_LONG]
    shown = _NAMED.sub(lambda found: found[1] + mask, shown)
    for part in {part for name in names for part in name.split()}:
        shown = re.sub(rf"\b{re.escape(part)}\b", mask, shown, flags=re.IGNORECASE)
    return " ".join(shown.split())
