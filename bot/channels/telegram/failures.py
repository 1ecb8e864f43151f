"""What Telegram answered, in the words of the failure tree.

The order counts: PTB's `BadRequest` and `TimedOut` are both a `NetworkError`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import Ambiguous, Gone, Misconfigured, Refused, SendFailure, Throttled, Transient, Unreachable
from bot.channels.telegram.answers import NotSent, TooMany
from bot.channels.telegram.standing import Standing

_UNTOLD = 5.0  # seconds to wait where nobody says for how long
_NOBODY = ("chat not found", "user not found", "deactivated", "peer_id_invalid")
_MEANING: tuple[tuple[type[TelegramError], type[SendFailure]], ...] = (
    (Forbidden, Gone),
    (ChatMigrated, Gone),
    (InvalidToken, Misconfigured),
    (Conflict, Transient),  # two that fetch updates at once; of sending it says nothing
    (BadRequest, Refused),
    (NotSent, Unreachable),
    (TimedOut, Ambiguous),
    (NetworkError, Transient),
    (TelegramError, Ambiguous),  # a success that could not be read
)


@asynccontextmanager
async def translated(standing: Standing) -> AsyncIterator[None]:
    """Raise a `SendFailure` for whatever PTB raises inside."""
    try:
        yield
    except TelegramError as error:
        raise await meaning(error, standing) from error


async def meaning(error: TelegramError, standing: Standing) -> SendFailure:
    """Return what `error` means for the message, and for the account only where `standing` confirms it."""
    found = failure(error)
    if isinstance(found, Misconfigured) and not await standing.is_refused():
        return Transient(f"refused here, though Telegram accepts the account: {error}")
    return found


def failure(error: TelegramError) -> SendFailure:
    """Return what `error` means for the message, taken at its word."""
    said = str(error)
    if isinstance(error, RetryAfter):
        return Throttled(wait_of(error))
    if isinstance(error, TooMany):
        return Throttled(_UNTOLD)
    if isinstance(error, BadRequest) and says(error, *_NOBODY):
        return Gone(said)
    if isinstance(error, NetworkError) and says(error, "entity too large"):
        return Refused(said)
    return next(kind(said) for telegrams, kind in _MEANING if isinstance(error, telegrams))


def says(error: TelegramError, *words: str) -> bool:
    """Tell whether any of these words, in small letters, stand in what Telegram answered."""
    said = str(error).lower()
    return any(each in said for each in words)


def wait_of(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
