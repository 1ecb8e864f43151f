"""Indonesian mobile numbers: one way of writing them, and a keyed hash to match them without keeping them."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field

TAIL = 3
"""How many of a number's last digits are kept, so that the staff find whoever tells them these."""

_GAP = r"[ \-.()\u00a0]*"
_FRACTION = re.compile(r"\d[.,]\d(?!\d)|^[^.,]*\d[.,]\d{2}\s*$")
_PREFIXED = re.compile(rf"(?<!\d)(?:(?:\+|00)?{_GAP}62{_GAP}0?|0){_GAP}(8{_GAP}[1-9](?:{_GAP}\d){{7,10}})(?!{_GAP}\d)")
_BARE = re.compile(rf"\s*(8{_GAP}[1-9](?:{_GAP}\d){{7,10}})\s*")


def normal_phone(text: str) -> str | None:
    """Return the mobile number in `text` as `+628...`, or None where there is none or more than one.

    A number without 0 or 62 before it, as spreadsheets leave it, is taken only where it stands alone. What looks
    like a fraction is none: `81234567823.0` is not the number of whoever has one digit more.
    """
    if _FRACTION.search(text):
        return None
    numbers = {re.sub(r"\D", "", found) for found in _PREFIXED.findall(text)}
    if not numbers and (bare := _BARE.fullmatch(text)):
        numbers = {re.sub(r"\D", "", bare[1])}
    return "+62" + numbers.pop() if len(numbers) == 1 else None


def without_phones(text: str) -> str:
    """Return words in which no mobile number is whole: of each the last three digits are left."""
    return _PREFIXED.sub(_tail, text)


def _tail(phone: re.Match[str]) -> str:
    return "08•••" + re.sub(r"\D", "", phone[0])[-TAIL:]


def phone_hasher(key: bytes) -> Callable[[str], str]:
    """Return HMAC-SHA256 under one key, for a great many numbers: what it makes of the key is made once (RFC 2104)."""
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    begun = hashlib.sha256(bytes(byte ^ 0x36 for byte in block)).copy
    around = hashlib.sha256(bytes(byte ^ 0x5C for byte in block)).copy

    def hashed(phone: str) -> str:
        inner, outer = begun(), around()
        inner.update(phone.encode())
        outer.update(inner.digest())
        return outer.hexdigest()

    return hashed


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A key under which numbers are hashed. `place` counts the keys that a database has had: 0 is that of version 0.1.

    The place stands before each hash, so that one sees under which key it was made; those of 0.1 have none.
    """

    place: int
    key: bytes = field(repr=False)

    def hash(self, phone: str) -> str:
        """Return what is kept of a number; write it by `normal_phone` first."""
        digest = hmac.digest(self.key, phone.encode(), "sha256").hex()
        return f"{self.place}:{digest}" if self.place else digest

    def hasher(self) -> Callable[[str], str]:
        """Return what does the same for a great many numbers."""
        hashed, prefix = phone_hasher(self.key), f"{self.place}:"
        return (lambda phone: prefix + hashed(phone)) if self.place else hashed


@dataclass(frozen=True, slots=True)
class NumberKeys:
    """The key in use, and those of before under which hashes may still lie."""

    current: NumberKey
    former: tuple[NumberKey, ...] = ()

    def names(self, name: str) -> tuple[str, ...]:
        """Return how another name of an address is kept: a number as its hashes, the one in use first."""
        if not name.isdecimal():
            return (name,)
        hashed = self.kept(f"+{name}")
        return (hashed.text, *hashed.former)

    def kept(self, phone: str) -> NumberHash:
        """Return what is kept of a number, and how former keys knew it."""
        return NumberHash(self.current.hash(phone), tuple(key.hash(phone) for key in self.former), phone[-TAIL:])


@dataclass(frozen=True, slots=True)
class NumberHash:
    """The keyed hash of a number; `former` are those under earlier keys, to be replaced by `text`.

    `tail` are its last three digits, which a thousandth of all people have; empty where only the hash is at hand.
    """

    text: str
    former: tuple[str, ...] = ()
    tail: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class OwnHash(NumberHash):
    """The keyed hash of a vouched number: what opens official data, and what deletes it.

    It comes from an `OwnNumber`, or from where only those are written; a plain `NumberHash` is no such thing.
    """


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number, as +62..., of which a channel vouches that it is the sender's own; nobody else may make one."""

    phone: str

    def hashed(self, keys: NumberKeys) -> OwnHash:
        """Return what may be kept of it."""
        kept = keys.kept(self.phone)
        return OwnHash(kept.text, kept.former, kept.tail)
