"""The operator's secret, and the keys that are derived from it, each for one purpose.

Derived by HKDF (RFC 5869) with SHA-256, which is ten lines on the standard library: a key that leaks tells nothing
of the other, and the fingerprint in the database tells nothing of either.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from programme.model.phones import NumberKey, NumberKeys

_SALT = b"sobat prakerja"


@dataclass(frozen=True, slots=True, repr=False)
class OperatorSecret:
    """A secret text; the keys behind phone hashes and button signatures come from it."""

    value: bytes

    @property
    def buttons(self) -> bytes:
        """The key that signs buttons."""
        return _derived(self.value, b"buttons")

    @property
    def fingerprint(self) -> str:
        """Names the secret in the database and in messages, without telling anything of it."""
        return _derived(self.value, b"fingerprint")[:6].hex()

    def number_key(self, place: int) -> NumberKey:
        """Return the key at a place; version 0.1 hashed numbers with the secret itself, which is place 0."""
        return NumberKey(place, _derived(self.value, b"numbers") if place else self.value)


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The secret in use, and those of before that are still accepted, the latest first."""

    current: OperatorSecret
    former: tuple[OperatorSecret, ...] = ()

    @classmethod
    def of(cls, value: bytes, former: Sequence[bytes] = ()) -> Secrets:
        """Put secrets together from what was configured."""
        return cls(OperatorSecret(value), tuple(map(OperatorSecret, former)))

    @property
    def every(self) -> tuple[OperatorSecret, ...]:
        """All of them, the one in use first."""
        return (self.current, *self.former)

    @property
    def fresh(self) -> NumberKeys:
        """The keys of a database that never had another secret."""
        return NumberKeys(self.current.number_key(1))

    @property
    def old_buttons(self) -> tuple[bytes, ...]:
        """Keys whose signatures are still read: keyboards stay in chats for long. 0.1 signed with the secret itself."""
        return (self.current.value, *(key for old in self.former for key in (old.buttons, old.value)))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    pseudorandom = hmac.digest(_SALT, secret, hashlib.sha256)
    return hmac.digest(pseudorandom, purpose + b"\x01", hashlib.sha256)
