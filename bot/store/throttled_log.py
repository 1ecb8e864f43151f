"""Throttled log: errors that come again and again are told now and then; mistakes of ours in full."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from bot.store.unavailable import is_away, words_of

TELL_EVERY: Final = 10.0
OVER_AFTER: Final = 60.0
"""Seconds: between two lines; and after the last error until the next one is a new outage, and counted as one."""


class ThrottledLog:
    """Tells `log` of errors after which something is tried again, one of its sort in `TELL_EVERY`.

    A store that is away is one line without a traceback, with how many it has cost since the last; `waiting`
    says who they are, and what becomes of them.
    """

    def __init__(self, log: logging.Logger, waiting: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._log, self._waiting, self._now = log, waiting, monotonic
        self._met = 0
        self._met_at = self._quiet_until = self._known_until = float("-inf")
        self._known: object = None

    def tell(self, error: Exception, unexpected: str, *details: object) -> None:
        """Count one where the store is away; tell of anything else in full, as `unexpected`."""
        if is_away(error):
            self._count(error)
        elif not self._is_known((type(error), str(error), unexpected, details)):
            self._log.error(unexpected, *details, exc_info=error)

    def _count(self, error: Exception) -> None:
        now = self._now()
        self._met = self._met + 1 if now - self._met_at < OVER_AFTER else 1
        self._met_at = now
        if now >= self._quiet_until:
            self._log.warning("the store can't be reached (%s); %s: %d", words_of(error), self._waiting, self._met)
            self._met, self._quiet_until = 0, now + TELL_EVERY

    def _is_known(self, mistake: object) -> bool:
        """Tell whether the very same was told of just now: whoever tries for ever must not fill the log."""
        now = self._now()
        if mistake == self._known and now < self._known_until:
            return True
        self._known, self._known_until = mistake, now + TELL_EVERY
        return False
