"""A relative by name: *Saya tantenya Rizky* tells that *Rizky* is the writer's nephew from then on.

The name is kept as a mark that nobody can read back; a text that says it again is read as *keponakanku*.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from handlers.understanding.lexicon import lexicon

_MIRRORED: Final = {
    **dict.fromkeys(("tante", "om", "paman", "bibi", "bude", "pakde", "bulik", "paklik", "uwak"), "keponakan"),
    **dict.fromkeys(("ibu", "ibuk", "mama", "mamah", "bapak", "ayah", "papa", "bunda", "emak", "mamak"), "anak"),
    **{"kakak": "adik", "abang": "adik", "adik": "kakak", "istri": "suami", "suami": "istri", "anak": "ibu"},
    **{"nenek": "cucu", "kakek": "cucu", "sepupu": "sepupu", "teman": "teman", "ipar": "ipar", "mertua": "menantu"},
}
"""Who somebody is to the writer who says what the writer is to them."""

_KIN: Final = "keponakan|ponakan|anak|adik|adek|kakak|abang|istri|bini|suami|laki|ibu|mama|bapak|ayah|sepupu|ipar|teman"
_NAME: Final = r"(?P<name>[A-Z][a-z]{2,})\b"
_TOLD: Final = (
    re.compile(rf"\b(?P<mirrored>(?i:{'|'.join(_MIRRORED)}))(?i:nya|e)\s+(?:si\s+)?{_NAME}"),
    re.compile(rf"\b(?P<kin>(?i:{_KIN}))\s?(?i:saya|ku|aku|sy|gue),?\s+(?:(?i:si|namanya|bernama)\s+)?{_NAME}"),
    re.compile(rf"\b{_NAME},?\s+(?i:itu\s+|ini\s+|adalah\s+)?(?P<kin>(?i:{_KIN}))\s?(?i:saya|ku|aku|sy|gue)\b"),
    re.compile(
        rf"\b(?P<kin>(?i:{_KIN}))\s?(?i:saya|ku|aku|sy|gue)\s+(?i:namanya|bernama)\s+(?P<name>[a-z]{{3,}})\b",
        re.IGNORECASE,
    ),
)
_WORD: Final = re.compile(r"\b[A-Za-z]{3,}\b")


def relative_named(text: str) -> str | None:
    """Return who is introduced by name, as what goes with the talk: what they are to the writer, and the mark."""
    for told in _TOLD:
        found = told.search(text)
        if found is None or found["name"].casefold() in _words():
            continue
        groups = found.groupdict()
        kin = groups.get("kin") or _MIRRORED[groups["mirrored"].casefold()]
        return f"{kin.casefold()} {_mark(found['name'])}"
    return None


def as_relative(text: str, relative: str | None) -> str:
    """Return a text in which the name of a known relative is *keponakanku*, or whatever they are."""
    if relative is None:
        return text
    kin, mark = relative.split()
    return _WORD.sub(lambda word: f"{kin}ku" if _mark(word[0]) == mark else word[0], text)


def speaks_of_relative(text: str, relative: str | None) -> bool:
    """Tell whether a text, read so, speaks of the relative that was introduced."""
    return relative is not None and f"{relative.split()[0]}ku" in text.casefold()


def _words() -> frozenset[str]:
    """Words that are no names, though they are written large."""
    return lexicon().known


def _mark(name: str) -> str:
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:8]
