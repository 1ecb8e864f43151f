"""Errors by Sentry: what the log tells of an error, and nothing else.

Sentry's own integrations are all off. They would send what was on the stack, in a request, or in a message. An event is
made here from the record as the log writes it, so whatever is safe to log is all that leaves.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import orjson
import sentry_sdk

from bot.app.logs import JsonFormatter

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport

GIVEN_UP_AFTER: Final = 2
"""Seconds for which a stop waits until the last errors are sent."""


class SentryHandler(logging.Handler):
    """Sends records of errors as the log writes them."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(JsonFormatter(secrets))

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record; what Sentry itself complains of is not sent to it."""
        if record.name.startswith(("sentry_sdk", "urllib3", "opentelemetry")):
            return
        told = orjson.loads(self.format(record))
        kind = told.get("error", record.levelname)
        sentry_sdk.capture_event(
            {
                "level": "error",
                "logger": told["logger"],
                "message": told["message"],
                "tags": {"about": told.get("about", ""), "error": kind},
                "extra": {"where": told.get("where", "")},
                "fingerprint": [told["logger"], str(record.msg), kind],
            }
        )


def send_errors(dsn: str, release: str, secrets: Sequence[str], transport: type[Transport] | None = None) -> None:
    """Have errors sent to Sentry from now on."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
        shutdown_timeout=GIVEN_UP_AFTER,
    )
    logging.getLogger().addHandler(SentryHandler(secrets))
