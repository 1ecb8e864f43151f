"""Noise for training: the slips of thumbs, the missing words and the courtesies that real messages have."""

from __future__ import annotations

import random
from collections.abc import Iterator

_BESIDE = {
    "a": "sqwz", "b": "vgnh", "c": "xvdf", "d": "sfec", "e": "wrd", "f": "dgr", "g": "fhtb", "h": "gjyn", "i": "uok",
    "j": "hkun", "k": "jlim", "l": "kop", "m": "njk", "n": "bmhj", "o": "ipl", "p": "ol", "q": "wa", "r": "etf",
    "s": "adwz", "t": "ryg", "u": "yij", "v": "cbg", "w": "qes", "x": "zcs", "y": "tuh", "z": "xa",
}  # fmt: skip
_OPENINGS = (
    "halo min, ", "assalamualaikum, ", "selamat pagi kak ", "siang min mau tanya ", "permisi ", "maaf ganggu kak, ",
    "pagi kak, ", "malam min, ", "kak mau nanya dong, ", "halo ", "hi admin, ", "selamat sore, ", "punten ",
    "saya mau tanya, ", "izin bertanya pak, ", "woi min ", "bu, ", "tolong dong ", "asslmkm min ",
)  # fmt: skip
_ENDINGS = (
    " makasih", " terima kasih", " mohon infonya", " tolong dijawab ya", " thanks", " mohon bantuannya kak",
    " trims ya", " makasih sebelumnya", " tlg ya min", " gimana ya", " mohon pencerahannya", " please",
)  # fmt: skip
_UNDRESSED = frozenset({"greeting", "thanks", "out_of_scope", "help"})


def noisy(text: str, intent: str) -> Iterator[str]:
    """Yield noisy variants of an utterance, always the same ones for the same utterance."""
    chance = random.Random(f"{intent}:{text}")  # noqa: S311 - noise, no secret
    yield mistyped(text, chance, slips=1 + len(text) // 30)
    yield mistyped(_without_a_word(text, chance), chance, slips=len(text) // 25)
    if intent not in _UNDRESSED:
        opening = chance.choice(_OPENINGS) if chance.random() < 0.7 else ""
        yield opening + text + ("" if opening and chance.random() < 0.6 else chance.choice(_ENDINGS))


def mistyped(text: str, chance: random.Random, slips: int) -> str:
    """Return the text with this many slips of the thumb in its letters."""
    letters = list(text)
    for _ in range(slips):
        places = [i for i, letter in enumerate(letters) if letter.lower() in _BESIDE]
        if len(places) < 4:
            break
        _slip(letters, chance.choice(places[1:]), chance)
    return "".join(letters)


def _slip(letters: list[str], at: int, chance: random.Random) -> None:
    kind = chance.random()
    if kind < 0.35:
        del letters[at]
    elif kind < 0.55 and at + 1 < len(letters):
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    elif kind < 0.75:
        letters[at] = chance.choice(_BESIDE[letters[at].lower()])
    else:
        letters.insert(at, letters[at])


def _without_a_word(text: str, chance: random.Random) -> str:
    words = text.split()
    if len(words) > 3:
        del words[chance.randrange(len(words))]
    return " ".join(words)
