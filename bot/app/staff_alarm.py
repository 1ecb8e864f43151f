"""Staff alarm: tells the staff's group, and the log, of what an operator must see to; each matter once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.store import Store
from bot.store.throttled_log import ThrottledLog

log = logging.getLogger(__name__)


@dataclass(slots=True)
class StaffAlarm:
    """Tells the first of the staff's groups; without one, the log alone."""

    store: Store
    rooms: Sequence[str] = ()
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "alarms"))

    async def tell(self, key: str, words: str) -> None:
        """Tell of a matter, once for each `key`. `words` are HTML, in Indonesian, and name nobody."""
        log.warning("%s", words)
        if not self.rooms:
            return
        try:
            async with self.store.writing() as tx:
                await tx.views.notify(f"alarm/{key}", self.rooms[0], f"⚠️ {words}")
        except Exception as error:
            self._trouble.tell(error, "the staff could not be told")
