"""Telegram's answers, without PTB's parsing: the result, or the error that PTB would have raised."""

from __future__ import annotations

from typing import Any

import orjson
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


class NotSent(NetworkError):
    """No connection could be had: Telegram has seen nothing of the request."""


class AnswerLost(TimedOut):
    """The request went out and its answer never came: Telegram may have acted on it."""


class TooMany(NetworkError):
    """We are asked to slow down, and not told for how long."""


_BY_STATUS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
}


_THROTTLED = frozenset((420, 429))


def result_of(status: int, payload: bytes) -> Any:
    """Return the result in an answer. Raises TelegramError, by PTB's own classes."""
    if not 200 <= status <= 299:
        raise error_of(status, payload)
    answer = _telegrams(payload)
    if not answer.get("ok") or "result" not in answer:
        raise TelegramError("Invalid server response")
    return answer["result"]


def error_of(status: int, payload: bytes) -> TelegramError:
    """Return the error that an answer is.

    Where the words are not Telegram's, but those of a gateway on the way, the status says nothing about us or
    about a person: it is trouble on the network.
    """
    answer = _telegrams(payload)
    given = answer.get("parameters")
    told = given if isinstance(given, dict) else {}
    words = str(answer.get("description") or f"HTTP status {status}")
    if isinstance(told.get("migrate_to_chat_id"), int):
        return ChatMigrated(told["migrate_to_chat_id"])
    if status == 504:
        return AnswerLost("the answer was lost behind a gateway (504)")
    if isinstance(told.get("retry_after"), int | float):
        return RetryAfter(told["retry_after"])
    if status in _THROTTLED:
        return TooMany(words)
    if status == 413:
        return NetworkError("Request Entity Too Large")
    if not answer:
        return NetworkError(f"HTTP status {status}, and not in Telegram's words")
    return _BY_STATUS.get(status, NetworkError)(words)


def _telegrams(payload: bytes) -> dict[str, Any]:
    """Return what Telegram answered; nothing where these are not its words, or only half of them."""
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) and "ok" in answer else {}
