"""Shared reads: what the open pages of a process read of one moment, each thing once however many of them show it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TypeVar, cast

from bot.store import UnitOfWork

Read = TypeVar("Read")


@dataclass(slots=True, eq=False)
class Reads:
    """Reads by name; what was read of a name once is returned for it ever after. They last for one round of looks."""

    open: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    _known: dict[Hashable, object] = field(default_factory=dict)

    async def once(self, name: Hashable, read: Callable[[UnitOfWork], Awaitable[Read]]) -> Read:
        """Return what there is of this name, read now or before; whoever uses a name reads the same by it."""
        if name not in self._known:
            async with self.open() as tx:
                self._known[name] = await read(tx)
        return cast("Read", self._known[name])
