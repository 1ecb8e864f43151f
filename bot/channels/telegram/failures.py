"""What Telegram answered, in the words of the failure tree.

The order counts: PTB's `BadRequest` and `TimedOut` are both a `NetworkError`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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

from bot.channels.channel import Ambiguous, Gone, Misconfigured, Refused, SendFailure, Throttled, Transient

_NOBODY = ("chat not found", "user not found", "user is deactivated", "input_user_deactivated", "peer_id_invalid")


@contextmanager
def translated() -> Iterator[None]:
    """Raise a `SendFailure` for whatever PTB raises inside."""
    try:
        yield
    except TelegramError as error:
        raise failure(error) from error


def failure(error: TelegramError) -> SendFailure:
    """Return what `error` means for the message."""
    said = str(error)
    match error:
        case RetryAfter():
            return Throttled(_seconds(error))
        case Forbidden() | ChatMigrated():
            return Gone(said)
        case InvalidToken() | Conflict():
            return Misconfigured(said)
        case BadRequest():
            return Gone(said) if any(word in said.lower() for word in _NOBODY) else Refused(said)
        case TimedOut():
            return Ambiguous(said)
        case NetworkError():
            return Refused(said) if "entity too large" in said.lower() else Transient(said)
        case _:
            return Ambiguous(said)  # a success that could not be read


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
