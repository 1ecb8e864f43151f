"""Account linking: a code that one channel shows and the other is told makes two places one participant."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

LASTS = timedelta(minutes=10)
"""How long a code can be used, once."""

MOST_WRONG, PAUSE = 5, timedelta(minutes=15)
"""So many wrong codes from one place, and no more are looked at for that long."""

_LETTERS, _LENGTH = "BCDFGHJKLMNPQRSTVWXZ", 10  # no vowels: no words; 43 bits


@dataclass(frozen=True, slots=True)
class ShowCode:
    """Show a new code, in place of any before."""


@dataclass(frozen=True, slots=True)
class UseCode:
    """Become whoever was shown this code."""

    code: str


@dataclass(frozen=True, slots=True)
class Unlink:
    """Let go of all places that can't vouch for anybody, such as web pages."""


LinkWish = ShowCode | UseCode | Unlink


def new_code() -> str:
    """Return a code as it is shown: two groups of letters, which nobody guesses."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def plain_code(told: str) -> str | None:
    """Return the letters of a code however it was typed; None where it is no code."""
    letters = "".join(filter(str.isalpha, told)).upper()
    return letters if len(letters) == _LENGTH and set(letters) <= set(_LETTERS) else None
