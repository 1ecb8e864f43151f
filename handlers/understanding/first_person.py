"""First person: whoever says *nak* to the one they write to calls themselves *ibu* or *bapak*.

In the east *kaka* before *beta* or *sa* is who is spoken to: whose somebody is stands before, as in *beta pung kaka*.
*Bapak/Ibu* is nobody's parents, nor is *Ibu,* as the first word.
"""

from __future__ import annotations

import re
from typing import Final

_TO_A_CHILD: Final = re.compile(
    r"\b(?:nak|nduk|le|tole|ujang|mas admin|dek admin)\b"
    r"|(?:^|[,.!?]\s*|\b(?:punten|alhamdulillah|nuhun|haturnuhun|halo|hai|ya|oh|aduh|muhun)\s+)(?:neng|jang|dik|dek)\b"
    r"|\b(?:neng|jang)\s*(?:[,.!?]|$)",
    re.IGNORECASE,
)
_ONESELF: Final = re.compile(
    r"\b(?:ibu|ibuk|bapak|bpk|mbah|simbah|emak|mamak|bude|pakde|nenek|kakek)\b"
    r"(?!\s+(?:rt|rw|lurah|kades|guru|bidan|camat|dukuh|haji|saya|ku|gajian|kos|mertua|petugas|admin)\b)",
    re.IGNORECASE,
)
_SPOKEN_TO: Final = re.compile(
    r"\bkaka(?=\s+(?:beta|bt|sa|b)\b)|(?<=\bsu\s)kaka(?=\s+su\b)|(?<=\bsudah\s)kaka(?=\s+su(?:dah)?\b)", re.IGNORECASE
)

_SPOKEN_TO_POLITELY: Final = re.compile(
    r"\b(?:bapak|bpk|pak|mas|kakak)\s*/\s*(?:ibuk?|bu|mbak|abang|kakak)\b"
    r"|\b(?:ibuk?|bu|mbak)\s*/\s*(?:bapak|bpk|pak|mas)\b"
    r"|^(?:(?:bapak|bpk|ibuk?)\s*(?=,)|bapak (?:dan )?ibu(?=\s*[,.!]))"
    r"|(?<=\bsampun )(?:bapak|ibu)(?=\s*[,.!]|$)|(?<=\bsudah )(?:bapak|ibu)(?=\s*[,.!]|$)",
    re.IGNORECASE,
)


def in_first_person(text: str) -> str:
    """Return a text in which those words are *saya*, where it speaks to somebody younger, and *kaka* is *kak*."""
    text = _SPOKEN_TO_POLITELY.sub("kak", _SPOKEN_TO.sub("kak", text))
    return _ONESELF.sub("saya", text) if _TO_A_CHILD.search(text) else text
