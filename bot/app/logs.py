"""Logs: one line a record for people or machines, which tells nothing about anybody and no secret.

The standard library's logging with a formatter of our own: all that runs here logs that way already, and what a
library for structured logs would add is one dictionary.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

import orjson
from pydantic import SecretStr
from rich.console import Console
from rich.logging import RichHandler
from sqlalchemy.exc import SQLAlchemyError

from bot.app.settings import Level, LogFormat
from bot.store.trace import in_hand
from bot.store.unavailable import words_of

OURS: Final = ("bot", "handlers", "programme", "reminders", "locales")
"""The loggers that LOG_LEVEL is for: at `debug`, libraries would write down what people say."""

CHATTY: Final = ("alembic", "apscheduler", "httpx", "uvicorn")

_HIDDEN: Final = "[secret]"
_SHORTEST_KEY: Final = 5
_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(logging.Formatter):
    """Writes one line a record, and below it where an error came about, without its words.

    They may be what somebody wrote. Of a database and of the system they are kept: an operator needs them, and the
    values are hidden before. `secrets` are cut out wherever they stand.
    """

    def __init__(
        self, secrets: Iterable[str] = (), written: str = "%(asctime)s %(levelname)s %(name)s: %(message)s%(about)s"
    ):
        super().__init__(written)
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        record.exc_text = None  # as another handler may have written it
        record.about = f" [{about}]" if (about := in_hand()) else ""
        return self._without_secrets(super().format(record))

    def formatException(self, ei: _Error) -> str:  # noqa: N802 - the base class names it so
        """Write where an error came about."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line


class JsonFormatter(PlainFormatter):
    """One JSON object a record: `at` (UTC), `level`, `logger`, `message`, `about`; of errors `error`, `where`."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if about := in_hand():
            told["about"] = about
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = _named(record.exc_info[1])
            told["where"] = self.formatException(record.exc_info)
        return self._without_secrets(orjson.dumps(told).decode())


def set_up_logs(written: LogFormat, level: Level, secrets: Iterable[str], console: Console) -> None:
    """Have everything logged, from `level` on where it is ours."""
    handler = _handler(written, tuple(secrets), console)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)


def _handler(written: LogFormat, secrets: tuple[str, ...], console: Console) -> logging.Handler:
    if written is LogFormat.AUTO and console.is_terminal:
        handler: logging.Handler = RichHandler(console=console)
        handler.setFormatter(PlainFormatter(secrets, "%(message)s%(about)s"))
        return handler
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(secrets) if written is LogFormat.JSON else PlainFormatter(secrets))
    return handler


def _told(error: BaseException) -> list[str]:
    """Tell where an error came about, and before it what led to it."""
    first = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*_told(first), "which led to"] if first is not None else []
    frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__))
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    inner = [line for each in error.exceptions for line in _told(each)] if isinstance(error, BaseExceptionGroup) else []
    return [*before, "Traceback:", *lines, _named(error), *inner]


def _named(error: BaseException) -> str:
    """Name an error; its words only where they can't be anybody's."""
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return words_of(error) if isinstance(error, SQLAlchemyError) else type(error).__name__


def hidden_in(settings: Mapping[str, object]) -> tuple[str, ...]:
    """Return the secrets among settings, longest first; what is set to several words is each that can be a key."""
    found = [each.get_secret_value() for each in settings.values() if isinstance(each, SecretStr)]
    return tuple(sorted({word for each in found for word in _with_its_keys(each)}, key=len, reverse=True))


def _with_its_keys(secret: str) -> Iterator[str]:
    """Go through a secret and its words; to cut each "a" of a passphrase out of the log would leave nothing to read."""
    yield secret
    yield from (word for word in secret.split() if len(word) >= _SHORTEST_KEY)
