"""What happens to one update, polled or pushed: read, taken in, and answered with a courtesy."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram import Update

from bot.channels.telegram.courtesy import Courtesy, Hint, courtesy
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.staff.reading import StaffReader
from programme.model.messages import Incoming

Take = Callable[[Incoming], Awaitable[None]]
Safe = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


async def _safe_already() -> None:
    return


class Intake:
    """Hands what people say to `take`, which returns once it is written down.

    `safe` returns once all of that would survive a power cut too: only then are updates acknowledged.
    """

    def __init__(
        self, reader: Reader, take: Take, hint: Hint, staff: StaffReader | None = None, safe: Safe = _safe_already
    ) -> None:
        self.safe = safe
        self._reader = reader
        self._staff = staff
        self._take = take
        self._hint = hint

    async def admit(self, raw: Mapping[str, Any]) -> Courtesy | None:
        """Take in one update as Telegram wrote it; return the call to make next. Raises what `take` raises.

        An update that can't be understood is logged by its number and passed over: Telegram would send it
        again for ever.
        """
        try:
            incoming, update = self._read(raw)
        except Exception:
            _log.exception("update %s can't be read and is passed over", raw.get("update_id"))
            incoming, update = self._reader.read_nothing(raw), None
        if incoming is not None:
            await self._take(incoming)
        return None if update is None else self._courtesy(update)

    def _read(self, raw: Mapping[str, Any]) -> tuple[Incoming | None, Update]:
        """Return what an update says, and itself, for the courtesy that it may deserve."""
        update = Update.de_json(dict(raw))
        staff = self._staff if self._staff is not None and self._staff.concerns(update) else None
        return staff.read(update) if staff else self._reader.read(update), update

    def _courtesy(self, update: Update) -> Courtesy | None:
        if update.callback_query is None and self._staff is not None and self._staff.concerns(update):
            return None
        try:
            return courtesy(update, me=self._reader.me, username=self._reader.username, hint=self._hint)
        except Exception:
            _log.exception("update %s gets no courtesy", update.update_id)
            return None
