"""The words to which participants agree, each version of them kept as long as anybody's consent names it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "consents.toml"


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """One version of the words, shown since a day (WIB)."""

    version: str
    since: date
    text: str


@cache
def all_consent_words() -> tuple[ConsentWords, ...]:
    """Return every version, oldest first; ValueError where two have one name or their days are out of order."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["words"]
    versions = tuple(ConsentWords(row["version"], row["since"], row["text"]) for row in rows)
    if len({each.version for each in versions}) < len(versions):
        raise ValueError(f"{_FILE.name}: two versions have one name")
    if [each.since for each in versions] != sorted(each.since for each in versions):
        raise ValueError(f"{_FILE.name}: the versions are out of order")
    return versions


def consent_words() -> ConsentWords:
    """Return the words that are shown now."""
    return all_consent_words()[-1]
