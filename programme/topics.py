"""Words for what people want to learn: forms of a word, and words that mean the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from programme.loading import read_table

_COLUMNS = ("asked", "finds")
_PREFIXES = (
    ("memper", ""), ("meng", ""), ("meng", "k"), ("meny", "s"), ("mem", ""), ("mem", "p"), ("men", ""),
    ("men", "t"), ("me", ""), ("peng", ""), ("peng", "k"), ("peny", "s"), ("pem", ""), ("pem", "p"),
    ("pen", ""), ("pen", "t"), ("pe", ""), ("ber", ""), ("be", ""), ("ter", ""), ("di", ""), ("", ""),
)  # fmt: skip
_SUFFIXES = ("nya", "kan", "an", "i", "")
_SHORTEST = 4  # a stem below this many letters means nothing


@dataclass(frozen=True, slots=True)
class Topics:
    """`ignored` words say nothing about a topic; `finds` maps a stem asked for to those it covers."""

    ignored: frozenset[str]
    finds: dict[str, frozenset[str]]

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of `text` that tell a topic, in lower case."""
        return tuple(word for word in re.findall(r"[^\W\d_]{2,}", text.casefold()) if word not in self.ignored)

    def covered(self, word: str) -> frozenset[str]:
        """Return the stems that a word asked for covers besides its own."""
        return frozenset[str]().union(*(self.finds.get(stem, frozenset()) for stem in stems(word)))


def stems(word: str) -> frozenset[str]:
    """Return the word and what may be its stems: *pemasaran* -> pasar, *memasak* -> masak, among others."""
    found = {word}
    for prefix, instead in _PREFIXES:
        if not word.startswith(prefix):
            continue
        rest = instead + word.removeprefix(prefix)
        found.update(
            stem
            for suffix in _SUFFIXES
            if rest.endswith(suffix) and len(stem := rest.removesuffix(suffix)) >= _SHORTEST
        )
    return frozenset(found)


def load_topics(file: Path) -> Topics:
    """Read `topics.tsv`; the row that asks for `*` lists the words to ignore. Raises DataError."""
    ignored: frozenset[str] = frozenset()
    finds: dict[str, frozenset[str]] = {}
    for row in read_table(file, _COLUMNS):
        if row.text("asked") == "*":
            ignored = frozenset(row.texts("finds"))
            continue
        covered = frozenset(row.texts("finds")) | frozenset(row.texts("asked"))
        for stem in row.texts("asked"):
            finds[stem] = finds.get(stem, frozenset()) | covered
    return Topics(ignored, finds)
