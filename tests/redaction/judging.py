"""What of a secret can still be read, and messages that are hard on the patterns."""

from __future__ import annotations

import re
from collections import Counter

from tests.redaction.drawn import KINDS, Message

LONG = {
    "digits": "1 " * 5000,
    "one number": "1" * 10_000,
    "words of digits": "satu " * 2000,
    "codes": "otp 1234 " * 1100,
    "passwords": "password saya adalah " * 475,
    "quotes": 'password saya "' * 650,
    "phones": "0812-" * 2000,
    "letters": "l0O1" * 2500,
    "joined": "password" * 1250,
    "no spaces": "a1!" * 3333,
    "chat": "nik 3273011205900003 otp 482913 pw Budi123! saldo Rp600.000 tgl 21/10/2021 hp 081234567890 min " * 104,
}


def left_of(message: Message, redacted: str) -> set[str]:
    """Return the pieces of the message's secrets that can still be read."""
    fixed = message.kept
    for instead in KINDS.values():
        fixed, redacted = fixed.replace(instead, " "), redacted.replace(instead, " ")
    left = Counter(_words(redacted)) - Counter(_words(fixed))
    secret = " ".join(message.secrets).casefold()
    pieces = set(_words(secret))
    return {word for word in left if word in pieces or re.search(r"\d", word)} - _JOINING


def lost_of(message: Message, redacted: str) -> set[str]:
    """Return the words outside the secrets that were cut as well."""
    return set(Counter(_words(message.kept)) - Counter(_words(redacted)))


_JOINING = frozenset(
    ("terus", "trus", "lalu", "lanjut", "kemudian", "strip", "spasi", "titik", "garis", "abis", "habis", "itu", "lagi",
     "sama", "depannya", "belakangnya")
)  # fmt: skip


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
