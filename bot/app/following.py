"""Following: a process takes up what staff changed of the programme within seconds, without a restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.app.model_following import ModelFollowing
from bot.editing.in_force import policy_in_force, programme_in_force
from bot.store import Store
from bot.store.throttled_log import ThrottledLog
from programme.programme import Programme
from reminders.policy import Policy

log = logging.getLogger(__name__)

EVERY: Final = 2.0
"""Seconds between two looks at the version: one row, and nothing a turn."""


@dataclass(slots=True, eq=False)
class Following:
    """Keeps the one `programme` and the one `policy` that all parts of a process hold, as they are in force.

    `plan_anew` plans by them.
    """

    store: Store
    programme: Programme
    policy: Policy
    plan_anew: Callable[[], Awaitable[object]]
    version: int
    understanding: ModelFollowing
    _unplanned: bool = True

    async def look(self) -> bool:
        """Take up what is new; tell whether anything was."""
        async with self.store.reading() as tx:
            version = await tx.programme_edits.version()
            if version == self.version:
                return False
            newer, policy = await programme_in_force(tx), await policy_in_force(tx)
        self.programme.become(newer)
        self.policy.become(policy)
        self.version, self._unplanned = version, True
        log.info("the programme's data changed: version %d is in force here", version)
        return True

    async def follow(self) -> None:
        """Take up what is new, and plan by it at once: for a process that is the only one."""
        await self.look()
        await self._plan()

    async def run(self, *, plans: bool) -> None:
        """Look again and again, as long as the process lives; one that `plans` does so a look after the news.

        By then every process has taken them up, so none plans by the date of before what is planned anew here.
        """
        trouble = ThrottledLog(log, "times that the programme's edits could not be looked for")
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.understanding.look()
                if not await self.look() and plans:
                    await self._plan()
            except Exception as error:
                trouble.tell(error, "the programme's edits could not be looked for, and are again")

    async def _plan(self) -> None:
        if self._unplanned:
            await self.plan_anew()
            self._unplanned = False
