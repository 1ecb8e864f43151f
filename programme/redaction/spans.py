"""Where in a text a secret stands, and what kind it is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Secret(StrEnum):
    """What the bot never keeps."""

    CARD = "card"
    NIK = "nik"
    ACCOUNT = "account"
    OTP = "otp"
    PASSWORD = "password"  # noqa: S105 - a kind, not a password


class Span(NamedTuple):
    """A secret from `start` up to `end`."""

    start: int
    end: int
    kind: Secret
