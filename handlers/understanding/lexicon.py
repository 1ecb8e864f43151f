"""The word lists: what people write, and the plain word that is meant. Domain wins over slang over regional."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "words"

Phrases = dict[str, list[tuple[list[str], str]]]


def rows(name: str | Path) -> Iterator[list[str]]:
    """Yield the tab-separated rows of a word list, one of those here or any other by its path, without its comments."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def variants(name: str | Path) -> Iterator[tuple[str, str]]:
    """Yield (written, meant) pairs of a list whose rows are `meant TAB written, written, ...`."""
    for meant, written, *_ in rows(name):
        for variant in written.split(","):
            yield variant.strip(), meant


@cache
def cues(name: str) -> frozenset[str]:
    """Return the words (as meant) that hint at something, such as a price limit or the past."""
    found = {cue: frozenset(word.replace("_", " ") for word in words.split()) for cue, words in rows("cues.tsv")}
    return found[name]


def as_phrases(pairs: Iterator[tuple[str, str]]) -> Phrases:
    """Index phrases by their first word, longest first; later pairs win over earlier ones."""
    found: dict[tuple[str, ...], str] = {tuple(written.split()): meant for written, meant in pairs}
    phrases: Phrases = {}
    for words in sorted(found, key=len, reverse=True):
        phrases.setdefault(words[0], []).append(([*words[1:]], found[words]))
    return phrases


@dataclass(frozen=True)
class Homonym:
    """One of the meanings of a word that has two: the company in which it is meant."""

    meant: str
    company: frozenset[str]
    where: str
    """Where the company stands: *beside* it, so that it is *behind* it, or *anywhere* in the message."""


@dataclass(frozen=True)
class Lexicon:
    """All word lists in memory."""

    single: dict[str, str]
    homonyms: dict[str, tuple[Homonym, ...]]
    phrases: Phrases
    fillers: frozenset[str]
    known: frozenset[str]
    meant: frozenset[str]
    targets: frozenset[str]
    concepts: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """Read the word lists once."""
    pairs: dict[str, str] = {}
    domain = dict(variants("domain.tsv"))
    for listed in (dict(variants("english.tsv")), dict(variants("regional.tsv")), dict(variants("slang.tsv")), domain):
        pairs |= listed
    meanings = {word for meant in pairs.values() for word in meant.split()}
    domain_words = {word for meant in domain.values() for word in meant.split()}
    common = {row[0] for row in rows("common.txt")}
    fillers = frozenset(row[0] for row in rows("fillers.tsv")) - domain.keys()
    many = {written: meant for written, meant in pairs.items() if " " in written}
    single = {written: meant for written, meant in pairs.items() if " " not in written}
    known = frozenset(meanings | common | fillers | single.keys())
    targets = frozenset(word for word in meanings if len(word) >= 6 or (word in domain_words and len(word) >= 5))
    phrases = as_phrases(iter(many.items()))
    return Lexicon(single, _homonyms(), phrases, fillers, known, frozenset(meanings), targets, concepts_in())


def _homonyms() -> dict[str, tuple[Homonym, ...]]:
    """Return the meanings of words that are told by their company, in the order of the list."""
    found: dict[str, tuple[Homonym, ...]] = {}
    for written, meant, where, company, *_ in rows("homonyms.tsv"):
        one = Homonym(meant, frozenset(word.strip() for word in company.split(",")), where)
        found[written] = (*found.get(written, ()), one)
    return found


def concepts_in(name: str | Path = "concepts.tsv") -> dict[str, tuple[str, ...]]:
    """Return the concepts of each word of a list."""
    found: dict[str, tuple[str, ...]] = {}
    for word, concept in variants(name):
        found[word] = (*found.get(word, ()), concept)
    return found
