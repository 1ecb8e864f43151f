"""Whether Telegram accepts our token: one refusal proves nothing, for its servers err too; `getMe` is asked."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from telegram.error import InvalidToken, TelegramError

FINAL_AFTER: Final = 120.0
"""Seconds for which every answer has to be a refusal, until only an operator can help."""

_ANSWER_WITHIN: Final = 10.0
_TRUSTED: Final = 1.0  # seconds for which an answer is taken as still true: many may ask at once

_log = logging.getLogger(__name__)


class Standing:
    """The standing of an account with Telegram, `ask` being its `getMe`.

    `refused_since` is when Telegram began to refuse it, in seconds of `monotonic`; None while it is accepted,
    and before anything is known.
    """

    def __init__(
        self,
        ask: Callable[[], Awaitable[object]],
        *,
        final_after: float = FINAL_AFTER,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.refused_since: float | None = None
        self.final_after = final_after
        self._ask, self._now = ask, monotonic
        self._asking = asyncio.Lock()
        self._known_at = float("-inf")

    @property
    def is_final(self) -> bool:
        """Whether the token was refused for so long that trying on is in vain."""
        return self.refused_since is not None and self._now() - self.refused_since >= self.final_after

    async def is_refused(self) -> bool:
        """Tell whether Telegram refuses the token itself, and not only the one call that made somebody ask.

        Where that can't be found out now, what was known before holds.
        """
        asked_at = self._now()
        async with self._asking:
            if self._known_at < asked_at - _TRUSTED:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_ANSWER_WITHIN):
                        await self._find_out()
        return self.refused_since is not None

    async def _find_out(self) -> None:
        try:
            await self._ask()
        except InvalidToken:
            self.refused()
        except TelegramError as error:
            _log.warning("it can't be asked whether Telegram accepts the token (%s)", error)
        else:
            self.accepted()

    def refused(self) -> None:
        """Take note that `getMe` was refused."""
        self._known_at = self._now()
        if self.refused_since is None:
            self.refused_since = self._known_at
            _log.error(
                "Telegram refuses the token: is TELEGRAM_TOKEN still the one that @BotFather shows? "
                "It is tried for %g s before this is believed",
                self.final_after,
            )

    def accepted(self) -> None:
        """Take note that Telegram knows us."""
        self._known_at = self._now()
        if self.refused_since is not None:
            _log.warning("Telegram accepts the token again")
        self.refused_since = None
