"""Words without what nobody needs who only wants to know what they are about: numbers, addresses, mixed tokens."""

from __future__ import annotations

import re

MASK = "…"

_TOKEN = re.compile(r"\S+")
_FIGURES = re.compile(r"\d(?:[^\w\n]{0,4}\d){3,}")
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_DOUBLED = re.compile(r"[(\"]?[a-z]{3,}2(?:nya|an)?[.,!?)\"]*")  # "diangkat2"
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z\d]{1,4}$")


def without_numbers(text: str) -> str:
    """Return `text` with a mask for four digits or more, and for a token of letters and digits or with an @."""
    return _FIGURES.sub(MASK, _TOKEN.sub(_token, text))


def stem_and_kind(name: str) -> tuple[str, str]:
    """Return a file's name as words, and apart from it what kind of file it is (".pdf")."""
    suffix = _SUFFIX.search(name)
    stem, kind = (name[: suffix.start()], suffix[0]) if suffix else (name, "")
    return re.sub(r"[_\-]+", " ", stem), kind


def _token(found: re.Match[str]) -> str:
    token = found[0]
    mixed = _DIGIT.search(token) and _LETTER.search(token) and not _DOUBLED.fullmatch(token)
    return MASK if mixed or "@" in token else token
