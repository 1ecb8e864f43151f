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
)

_BY_STATUS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
}


def result_of(status: int, payload: bytes) -> Any:
    """Return the result in an answer. Raises TelegramError, by PTB's own classes."""
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        answer = None
    if 200 <= status <= 299:
        if not isinstance(answer, dict) or not answer.get("ok"):
            raise TelegramError("Invalid server response")
        return answer["result"]
    raise _error(status, answer if isinstance(answer, dict) else {})


def _error(status: int, answer: dict[str, Any]) -> TelegramError:
    told = answer.get("parameters") or {}
    words = str(answer.get("description") or f"HTTP status {status}")
    if told.get("migrate_to_chat_id"):
        return ChatMigrated(told["migrate_to_chat_id"])
    if told.get("retry_after"):
        return RetryAfter(told["retry_after"])
    return _BY_STATUS.get(status, NetworkError)(words)
