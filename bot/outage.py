"""A store that is away: what that looks like, and how the log is told of it without being flooded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

AWAY: Final = (OperationalError, InterfaceError, NoConnection, OSError)
"""What is raised while the database or its disk can't be reached; whatever was to be done is tried again."""

TELL_EVERY: Final = 10.0
"""Seconds."""


class Outage:
    """Tells `log` at most one line in `TELL_EVERY`, without a traceback, with how many it has cost since the last.

    `waiting` says who they are, and what becomes of them.
    """

    def __init__(self, log: logging.Logger, waiting: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._log, self._waiting, self._now = log, waiting, monotonic
        self._met = 0
        self._quiet_until = float("-inf")

    def met(self, error: BaseException) -> None:
        """Count one that has to wait because of `error`."""
        self._met += 1
        now = self._now()
        if now >= self._quiet_until:
            self._log.warning("the store can't be reached (%s); %s: %d", type(error).__name__, self._waiting, self._met)
            self._met, self._quiet_until = 0, now + TELL_EVERY

    def tell(self, error: Exception, unexpected: str, *details: object) -> None:
        """Count one where the store is away; tell of anything else in full, as `unexpected`."""
        if isinstance(error, AWAY):
            self.met(error)
        else:
            self._log.error(unexpected, *details, exc_info=error)
