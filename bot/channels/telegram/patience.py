"""Trying until Telegram does what was asked: with growing pauses, or for as long as it says itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.channel import Misconfigured
from bot.channels.telegram.failures import wait_of
from bot.channels.telegram.standing import Standing

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
"""Seconds between tries, doubling from the one to the other."""

_log = logging.getLogger(__name__)


class Patience:
    """The pauses between tries; `worked` begins them anew."""

    def __init__(self, standing: Standing, first: float = FIRST_PAUSE) -> None:
        self._standing, self._first, self._next = standing, first, first

    def worked(self) -> None:
        """Take note that a try went well."""
        self._next = self._first

    async def rest(self, error: TelegramError, what: str) -> None:
        """Tell what went wrong, and return when it is time for the next try.

        Raises Misconfigured where the token itself has been refused for so long that no try will help.
        """
        if isinstance(error, InvalidToken):
            await self._standing.is_refused()
            if self._standing.is_final:
                raise Misconfigured("TELEGRAM_TOKEN: Telegram refuses it; copy it anew from @BotFather")
        pause = wait_of(error) if isinstance(error, RetryAfter) else self.pause()
        _log.warning("%s. Trying again in %g s.", what, pause)
        await asyncio.sleep(pause)

    def pause(self) -> float:
        """Return for how many seconds to wait this time; longer the next."""
        pause, self._next = self._next, min(2 * self._next, LONGEST_PAUSE)
        return pause


async def until_done(
    ask: Callable[[], Awaitable[object]], standing: Standing, what: str, *, first: float = FIRST_PAUSE
) -> None:
    """Ask until it is done; `what` tells what could not be done. Raises Misconfigured as `Patience.rest`."""
    patience = Patience(standing, first)
    while True:
        try:
            await ask()
        except TelegramError as error:
            await patience.rest(error, f"{what} ({error})")
        else:
            return
