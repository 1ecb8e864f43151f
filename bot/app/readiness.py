"""Readiness: whether a process can do its work now, asked by whoever hands it some."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.app.database_errors import TOO_NEW, about
from bot.app.write_probe import WriteProbe
from bot.store import Store
from bot.store.engine.migrate import known_revisions
from bot.store.unavailable import words_of

WITHIN: Final = 3.0
"""Seconds in which the database has to answer."""


@dataclass(slots=True)
class Readiness:
    """Asks the database each time. `behind` tells whether this process has more messages to answer than it can."""

    store: Store
    probe: WriteProbe
    behind: Callable[[], bool] = lambda: False

    async def lacks(self) -> Sequence[str]:
        """Say what keeps the process from doing its work, and what to do; nothing where it is ready."""
        if self.probe.is_stuck:
            return self.probe.wrong[:1]
        wrong = await self._database()
        if wrong is None and self.behind():
            wrong = "messages wait for their answer here: others should take the next ones. More web processes help"
        return [wrong] if wrong else []

    async def _database(self) -> str | None:
        try:
            async with asyncio.timeout(WITHIN):
                found, too_new = await self.store.revision(), await self.store.is_too_new()
        except TimeoutError:
            return f"the database did not answer within {WITHIN:g} s"
        except Exception as error:  # whatever it is, this process can't work
            return about(error) or f"the database can't be reached ({words_of(error)})"
        if found is None or found < max(known_revisions()):
            return "the database is older than this Sobat: sobat db upgrade"
        return TOO_NEW if too_new else None
