"""Error isolation: many things are done one after the other, and a failing one holds up none of the others."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.store import Store
from bot.store.throttled_log import ThrottledLog
from bot.store.unavailable import is_away, sort_of
from programme.model.spheres import Sphere

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Apart:
    """Does each thing of a `sphere` by itself. What fails again and again is set aside for an operator to see.

    A store that is away is raised: nothing of it is any thing's own fault.
    """

    store: Store
    sphere: Sphere
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "things that were put off"))

    async def each(
        self, things: Iterable[T], do: Callable[[T], Awaitable[int]], key: Callable[[T], int | str] = str
    ) -> int:
        """Do all that is not set aside; return how much was done, as `do` tells."""
        waiting = list(things)
        left_out: Collection[str] = ()
        if waiting:
            async with self.store.reading() as tx:
                left_out = await tx.dead_letters.dead(self.sphere)
        return sum([await self.one(thing, do, key(thing)) for thing in waiting if str(key(thing)) not in left_out])

    async def one(self, thing: T, do: Callable[[T], Awaitable[int]], key: int | str) -> int:
        """Do one thing; return 0 where it fails, which is told and counted."""
        try:
            return await do(thing)
        except Exception as error:
            if is_away(error):
                raise
            self._trouble.tell(error, "%s %s failed and is put off", self.sphere.value, key)
            async with self.store.writing() as tx:
                await tx.dead_letters.failed(self.sphere, key, sort_of(error))
            return 0
