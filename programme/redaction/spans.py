"""Where in a text a secret stands, and what kind it is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Secret(StrEnum):
    """What the bot never keeps."""

    CARD = "card"
    CARD_DETAIL = "card_detail"  # CVV, month of expiry
    NIK = "nik"
    ACCOUNT = "account"
    DOCUMENT = "document"  # tax, passport, licence, insurance
    MOTHER = "mother"  # her maiden name, which banks ask for
    OTP = "otp"
    PASSWORD = "password"  # noqa: S105 - a kind, not a password


class SecretSpan(NamedTuple):
    """A secret from `start` up to `end`."""

    start: int
    end: int
    kind: Secret
