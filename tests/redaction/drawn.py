"""Messages that give a secret away, and ordinary ones full of numbers: drawn by a seed from the two lists beside this.

A leak is a way of saying it (a line of `leaks.txt`) with a secret in a way of writing it
(`secrets_written.py`). It is held out where the way of saying or of writing is.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.redaction.numbers_written import NUMBERS
from tests.redaction.secrets_written import secret

KINDS = {"card": "[nomor kartu]", "nik": "[NIK]", "otp": "[OTP]", "password": "[kata sandi]"}
_HERE = Path(__file__).parent


class Frame(NamedTuple):
    """A way of saying something."""

    family: str
    text: str
    held_out: bool


class Message(NamedTuple):
    """What somebody writes, what should be left of it, and which kinds of secret it holds."""

    text: str
    kept: str
    secrets: tuple[str, ...]
    kinds: tuple[str, ...]
    families: tuple[str, ...]
    held_out: bool


def frames(file: str) -> Iterator[Frame]:
    """Go through the ways of saying in a list."""
    family = ""
    for line in (_HERE / file).read_text("utf-8").splitlines():
        if line.startswith("## "):
            family = line[3:]
        elif line and not line.startswith("#"):
            yield Frame(family, line.replace("\\n", "\n"), _held_out(family))


def leaks(count: int, seed: int = 1) -> Iterator[Message]:
    """Draw leaks, as many of each kind."""
    rng = random.Random(seed)
    by_kind: dict[str, list[Frame]] = {}
    for frame in frames("leaks.txt"):
        by_kind.setdefault(frame.family.split()[0], []).append(frame)
    kinds = ("card", "nik", "otp", "password", "several")
    for number in range(count):
        yield _leak(rng, rng.choice(by_kind[kinds[number % 5]]))


def ordinary(count: int, seed: int = 1) -> Iterator[Message]:
    """Draw messages from which nothing must be cut."""
    rng = random.Random(seed)
    by_family: dict[str, list[Frame]] = {}
    for frame in frames("ordinary.txt"):
        by_family.setdefault(frame.family, []).append(frame)
    families = list(by_family.values())
    for number in range(count):
        frame = rng.choice(families[number % len(families)])
        text = re.sub(r"{(\w+)}", lambda slot: NUMBERS[slot[1]](rng), frame.text)
        text = _spoken_case(rng, text)
        yield Message(text, text, (), (), (frame.family,), frame.held_out)


def _leak(rng: random.Random, frame: Frame) -> Message:
    secrets: list[str] = []
    kinds: list[str] = []
    families = [frame.family]
    parts = re.split(r"{(\w+)}", frame.text)
    text, kept = [parts[0]], [parts[0]]
    for slot, rest in zip(parts[1::2], parts[2::2], strict=True):
        way, written = secret(rng, slot)
        kind = slot.casefold() if slot in KINDS else "otp" if slot == "otp6" else "password"
        families.append(way)
        secrets.append(written)
        kinds.append(kind)
        text += [written, rest]
        kept += [KINDS[kind], rest]
    held_out = any(map(_held_out, families))
    return Message("".join(text), "".join(kept), tuple(secrets), tuple(dict.fromkeys(kinds)), tuple(families), held_out)


def _held_out(family: str) -> bool:
    return zlib.crc32(family.encode()) % 8 < 3


def _spoken_case(rng: random.Random, text: str) -> str:
    return text.upper() if rng.random() < 0.06 else text.capitalize() if rng.random() < 0.1 else text
