"""From the words as written to the words as meant: word lists first, then stretched, shortened and mistyped words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby

from handlers.understanding.lexicon import Phrases, lexicon
from handlers.understanding.tokens import Token, cut

_MAKASSAR_CLITICS = ("jika", "mika", "pika", "maki", "jaki", "paki", "ja", "ji", "mi", "pi", "ma", "pa", "ka", "ki")
_CLITICS = ("nya", "nyaa", "ny", "ku", "mu", "kah", "lah", "x")
_REGIONAL_CLITICS = ("nye", "nyo", "ne", "na", "e", "mi", "ji", "pi", "ki", "ka", "i", "kan", "in")
_VOWELS = frozenset("aiueo")
_SHORTEST_STEM = 4  # letters
_KEEPS_ITS_NUMBER = frozenset({"gelombang", "g", "survei", "tahap", "pelatihan", "kelas", "ke", "rp", "jam", "tanggal"})


def spelt(text: str) -> list[Token]:
    """Return the tokens of a text as meant; one message is looked at many times over, by whoever may answer it."""
    return list(_spelt(text))


@lru_cache(maxsize=16)
def _spelt(text: str) -> tuple[Token, ...]:
    return tuple(spell(cut(text)))


def spell(tokens: list[Token]) -> list[Token]:
    """Return the tokens with `word` as meant; phrases of the word lists become one token."""
    phrases = lexicon().phrases
    raws = [token.raw for token in tokens]
    spelt: list[Token] = []
    at = 0
    while at < len(tokens):
        token, raw = tokens[at], raws[at]
        length, meant = longest(phrases, raws, at) if raw in phrases else (0, "")
        if length:
            part = tokens[at : at + length]
            spelt.append(Token(" ".join(each.raw for each in part), meant, token.start, part[-1].end))
            at += length
            continue
        if raw == "2" and _doubles(spelt, token):
            at += 1
            continue
        word = (_by_company(raws, at) or meaning(token.word)) if raw.isalpha() else token.word
        at += 1
        spelt.append(token if word == token.word else Token(raw, word, token.start, token.end))
    return spelt


def _by_company(raws: list[str], at: int) -> str | None:
    """Return what a word of two meanings means here, by the words beside it or in the message; None for any other."""
    homonyms = lexicon().homonyms.get(raws[at])
    if homonyms is None:
        return None
    before, after = raws[max(0, at - 1) : at], raws[at + 1 : at + 2]
    near = {"anywhere": raws, "beside": [*before, *after], "behind": before}
    return next((one.meant for one in homonyms if not one.company.isdisjoint(near[one.where])), None)


def prepare() -> None:
    """Read the word lists and build the indexes of slips now, not with the first unknown word."""
    _by_cut()
    _by_skeleton()
    _by_worn_skeleton()


def longest(phrases: Phrases, raws: list[str], at: int) -> tuple[int, str]:
    """Return how many words from `at` on form a listed phrase, and what it means; (0, "") if none does."""
    for rest, meant in phrases.get(raws[at], ()):
        upto = at + 1 + len(rest)
        if raws[at + 1 : upto] == rest:
            return len(rest) + 1, meant
    return 0, ""


def _doubles(before: list[Token], token: Token) -> bool:
    """Whether this is the 2 of a doubled word, as in "masuk2"."""
    return (
        bool(before)
        and before[-1].end == token.start
        and len(before[-1].raw) > 2
        and before[-1].word not in _KEEPS_ITS_NUMBER
        and before[-1].is_word
    )


@lru_cache(maxsize=20_000)
def meaning(raw: str) -> str:
    """Return the plain word (or words) that a written word stands for; itself if nothing better is known."""
    words = lexicon()
    for form in _forms(raw):
        if form in words.single:
            return words.single[form]
        if form in words.known:
            return form
    for form in _stems(raw):
        if form in words.meant:
            return words.single.get(form, form)
    if len(raw) < 3 or raw.startswith("x"):
        return raw
    if (plain := next((form for form in _plain(raw) if form in words.known), None)) is not None:
        return words.single.get(plain, plain)
    return _repaired(raw) or raw


def _forms(raw: str) -> Iterable[str]:
    yield raw
    if len(raw) > 3 and any(letter in _VOWELS for letter in raw):
        yield "".join(letter for i, letter in enumerate(raw) if i == 0 or letter != raw[i - 1])
    if raw.endswith(_CLITICS):
        yield from (raw[: -len(clitic)] for clitic in _CLITICS if raw.endswith(clitic) and len(raw) - len(clitic) >= 3)


def _stems(raw: str) -> Iterable[str]:
    if raw.endswith(_REGIONAL_CLITICS):
        yield from (
            raw[: -len(clitic)] for clitic in _REGIONAL_CLITICS if raw.endswith(clitic) and len(raw) - len(clitic) >= 4
        )
    if raw.startswith("ku") and len(raw) > 5:
        yield raw[2:]


def _plain(raw: str) -> Iterable[str]:
    """Yield a word of everyday Indonesian without what Makassar adds to it, and with *ter-* where islands say *ta-*."""
    clitics = (clitic for clitic in _MAKASSAR_CLITICS if raw.endswith(clitic))
    yield from (raw[: -len(clitic)] for clitic in clitics if len(raw) - len(clitic) >= _SHORTEST_STEM)
    if raw.startswith("ku") and len(raw) - 2 >= _SHORTEST_STEM:
        yield raw[2:]
    if raw.startswith("ta") and len(raw) - 2 > _SHORTEST_STEM:
        yield from (f"ter{raw[2:]}", raw[2:])


def _repaired(raw: str) -> str | None:
    if sum(letter in _VOWELS for letter in raw) * 4 <= len(raw):
        bones = _skeleton(raw)
        return _by_skeleton().get(bones) or _by_worn_skeleton().get(_undoubled(bones))
    if len(raw) < 5:
        return None
    near = {target for cut_ in _cuts(raw) for target in _by_cut().get(cut_, ()) if close(raw, target)}
    return near.pop() if len(near) == 1 else None


def close(one: str, other: str) -> bool:
    """Whether one slip separates the words: a letter more, less, other, or two swapped."""
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped == other[at:]


def _cuts(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _skeleton(word: str) -> str:
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


@cache
def _by_cut() -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for target in sorted(lexicon().targets):
        for shortened in _cuts(target):
            index.setdefault(shortened, []).append(target)
    return index


@cache
def _by_skeleton() -> dict[str, str]:
    index: dict[str, str | None] = {}
    for target in sorted(lexicon().targets):
        skeleton = _skeleton(target)
        index[skeleton] = None if skeleton in index else target
    return {skeleton: target for skeleton, target in index.items() if target and len(skeleton) > 2}


@cache
def _by_worn_skeleton() -> dict[str, str]:
    """Index the words by what is left without doubled letters, or a vowel ahead, as well: *ewlt*, *nsntf*."""
    index: dict[str, set[str]] = {}
    for target in lexicon().targets:
        bones = _undoubled(_skeleton(target))
        for worn in {bones, bones.lstrip("aiueo")}:
            index.setdefault(worn, set()).add(target)
    return {worn: min(meant) for worn, meant in index.items() if len(meant) == 1 and len(worn) >= _SHORTEST_STEM}


def _undoubled(bones: str) -> str:
    return "".join(letter for letter, _run in groupby(bones))
