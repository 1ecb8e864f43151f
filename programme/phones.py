"""Indonesian mobile numbers: one way of writing them, and a keyed hash to match them without keeping them."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

_GAP = r"[ \-.()\u00a0]*"
_PREFIXED = re.compile(rf"(?<!\d)(?:(?:\+|00)?{_GAP}62{_GAP}0?|0){_GAP}(8{_GAP}[1-9](?:{_GAP}\d){{7,10}})(?!{_GAP}\d)")
_BARE = re.compile(rf"\s*(8{_GAP}[1-9](?:{_GAP}\d){{7,10}})\s*")


def normal_phone(text: str) -> str | None:
    """Return the mobile number in `text` as `+628...`, or None where there is none or more than one.

    A number without 0 or 62 before it, as spreadsheets leave it, is taken only where it stands alone.
    """
    numbers = {re.sub(r"\D", "", found) for found in _PREFIXED.findall(text)}
    if not numbers and (bare := _BARE.fullmatch(text)):
        numbers = {re.sub(r"\D", "", bare[1])}
    return "+62" + numbers.pop() if len(numbers) == 1 else None


def phone_hash(phone: str, key: bytes) -> str:
    """Return the HMAC-SHA256 of a phone number in hex; write the number by `normal_phone` first."""
    return hmac.new(key, phone.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number, as +62..., of which a channel vouches that it is the sender's own; nobody else may make one."""

    phone: str

    def hashed(self, key: bytes) -> OwnHash:
        """Return what may be kept of it."""
        return OwnHash(phone_hash(self.phone, key))


@dataclass(frozen=True, slots=True)
class OwnHash:
    """The keyed hash of a vouched number: what opens official data, and what deletes it.

    It comes from an `OwnNumber`, or from the inbox, where it waited; a plain text is no such thing.
    """

    text: str
