"""The queue of import jobs: one after the other, gone on with after a crash; and what is over is tidied away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from bot.importing.folder import UploadFolder
from bot.store import Store
from bot.store.portions import Portions
from bot.store.repositories.imports import Claimed
from bot.store.throttled_log import ThrottledLog
from programme.model.imports import UNDONE_WITHIN, ImportState, ListImport

log = logging.getLogger(__name__)

EVERY: Final = 3.0
"""Seconds after which is looked for work that nobody told of, as what another process left."""

TIDIED: Final = 400
"""So many looks until it is tidied up again."""

_FEW: Final = 50


class NotItsFault(Exception):
    """Work at an import could not go on for want of room, or of the store: it costs the import no try."""


@dataclass(slots=True, eq=False)
class ImportQueue:
    """Hands work to `run`, which may do it in a process of its own."""

    store: Store
    folder: UploadFolder
    run: Callable[[Claimed], Awaitable[None]]
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    def call(self) -> None:
        """Say that there is work."""
        self._called.set()

    async def keep_up(self) -> None:
        """Work as long as the process lives."""
        trouble, looks = ThrottledLog(log, "times that imports could not be worked at"), 0
        while True:
            try:
                if looks % TIDIED == 0:
                    await self.tidy()
                looks += 1
                await self.work()
            except Exception as error:
                trouble.tell(error, "an import could not be worked at, and is begun again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._called.wait(), EVERY)
            self._called.clear()

    async def work(self) -> None:
        """Do all that there is to do. Raises what the work raises; whoever looks again goes on with it."""
        while (claimed := await self._claim()) is not None:
            counts = True
            try:
                await self.run(claimed)
            except NotItsFault:
                counts = False
                raise
            finally:
                async with self.store.writing() as tx:
                    await tx.imports.release(claimed, counts=counts)

    async def _claim(self) -> Claimed | None:
        async with self.store.writing() as tx:
            return await tx.imports.claim()

    async def tidy(self) -> None:
        """Drop what is over: lists that nobody went on with, files, and what can't be undone any more."""
        async with self.store.writing() as tx:
            before = tx.now - UNDONE_WITHIN
            for one in await tx.imports.stale(before, _FEW):
                await _let_go(one, tx.imports.move)
            needed = await tx.imports.with_files(before)
        await asyncio.to_thread(self.folder.sweep, needed)
        await Portions(self.store).take(lambda tx, few: tx.imports.prune(tx.now - UNDONE_WITHIN, max(1, few // 50)))


async def _let_go(one: ListImport, move: Callable[..., Awaitable[bool]]) -> None:
    await move(one.id, ImportState.DROPPED, since={one.state}, version=one.version)
