"""A relative by name: *Saya tantenya Rizky* tells that *Rizky* is the writer's nephew from then on.

The name is kept as a mark that nobody can read back; a text that says it again is read as *keponakanku*.
Whoever writes on the phone of the one whose account it is, *ini cucunya, simbah belum beli*, is *cucuku* from then on,
and *simbah* is *saya*: nothing of the writer's own is taken for the owner's.
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
_WRITES: Final = "writes"
_BESIDE: Final = "beside"
"""What stands for the mark of a name where the relative is the one who writes; the second, where nobody can tell for
whose account."""
_PARENTS: Final = "ibu|ibuk|mama|mamah|mamak|emak|simbok|biyung|bunda|bapak|bpk|ayah|papa|abah"
_GRANDPARENTS: Final = "simbah|mbah|embah|nenek|kakek|eyang|oma|opa|uti|opung"
_OWNERS: Final = {
    **dict.fromkeys(("cucu", "putu", "cucung"), _GRANDPARENTS),
    **dict.fromkeys(("anak", "menantu", "mantu", "putri", "putra"), _PARENTS),
    **dict.fromkeys(("keponakan", "ponakan"), "tante|om|paman|bibi|bude|pakde|bulik|paklik|uwak"),
    **{"suami": "istri|bini", "istri": "suami", "adik": "kakak", "adek": "kakak", "kakak": "adik|adek"},
}
"""Whose account it may be where their relative writes, as that one calls them."""
_I: Final = "saya|sy|aku|gue|gw"
_ME: Final = re.compile(rf"\b(?:{_I})\b", re.IGNORECASE)
_MY_WAVE: Final = re.compile(rf"\b(?:{_I})\s+(?:yang\s+|yg\s+)?(?:gel|gelombang)\.?\s*(?P<wave>\d+)", re.IGNORECASE)
_I_BOUGHT: Final = re.compile(rf"\b(?:{_I})\b(?:\s+\w+){{0,2}}\s+(?:beli|kebeli|tuku)\b", re.IGNORECASE)
_WRITER: Final = re.compile(
    rf"\b(?:{_I}|ini|niki|iki)\s+(?P<kin>{'|'.join(_OWNERS)})(?:nya|ne|e|ipun)\b"
    r"\s*(?=[,.(!]|$|(?:yang|yg|sing|kak|min|mas|mbak)\b)",
    re.IGNORECASE,
)
_OF_THE_PROGRAMME: Final = (
    "insentif|insentife|saldo|saldone|akun|kartu|punya|punyanya|gelombang|dashboard|pelatihan|kelas"
)
_FOR_THEM: Final = re.compile(
    rf"\b(?:{_OF_THE_PROGRAMME})\s+(?:{_GRANDPARENTS})\b|\b(?:{_GRANDPARENTS})\s+(?:\w+\s+){{0,2}}(?:beli|tuku|lolos)\b",
    re.IGNORECASE,
)
"""A grandparent's place in the programme, of whom a grandchild speaks who also says *saya*."""
_NOT_MINE: Final = rf"(?!\s*(?:{_I}|ku|kulo|kula|beta|ulun)\b)"


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


def writer_named(text: str) -> str | None:
    """Return as what they introduce themselves who write for the one whose phone it is, and speak of that one."""
    found = _WRITER.search(text)
    if found is None or not _owner_words(found["kin"].casefold()).search(text):
        return None
    return found["kin"].casefold()


def writes_for_them(text: str, wave: int) -> bool:
    """Tell whether a grandchild writes from an account of this wave, who says *saya* of another, or of no purchase."""
    grandparent = _FOR_THEM.search(text) and _owner_words("cucu").search(text)
    mine = _MY_WAVE.search(text)
    if not grandparent or not _ME.search(text) or (mine is not None and int(mine["wave"]) == wave):
        return False
    return mine is not None or _I_BOUGHT.search(text) is None


def writer(kin: str, *, owner_known: bool) -> str:
    """Return what goes with the talk of whoever writes for somebody; of an account that is known, for its owner."""
    return f"{kin} {_WRITES if owner_known else _BESIDE}"


def as_relative(text: str, relative: str | None) -> str:
    """Return a text in which the name of a known relative is *keponakanku*, or whatever they are."""
    if relative is None:
        return text
    kin, mark = relative.split()
    if mark in {_WRITES, _BESIDE}:
        of_the_writer = _ME.sub(f"{kin}ku", _WRITER.sub("", text))
        return _owner_words(kin).sub("saya", of_the_writer) if mark == _WRITES else of_the_writer
    return _WORD.sub(lambda word: f"{kin}ku" if _mark(word[0]) == mark else word[0], text)


def is_writer(relative: str | None) -> bool:
    """Tell whether the relative that was introduced is the one who writes."""
    return relative is not None and relative.split()[1] in {_WRITES, _BESIDE}


def speaks_of_relative(text: str, relative: str | None) -> bool:
    """Tell whether a text, read so, speaks of the relative that was introduced."""
    return relative is not None and f"{relative.split()[0]}ku" in text.casefold()


def _owner_words(kin: str) -> re.Pattern[str]:
    """Return what finds the owner in what their relative writes; *ibu saya* is somebody of the writer's."""
    return re.compile(rf"\b(?:{_OWNERS[kin]})\b{_NOT_MINE}", re.IGNORECASE)


def _words() -> frozenset[str]:
    """Words that are no names, though they are written large."""
    return lexicon().known


def _mark(name: str) -> str:
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:8]
