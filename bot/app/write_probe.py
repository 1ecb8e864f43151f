"""Whether anything can be written: asked every few seconds, for a full disk or a lock shows at a change alone."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.app.database_errors import about
from bot.store import Store
from bot.store.throttled_log import ThrottledLog
from bot.store.unavailable import words_of

ASK_EVERY: Final = 5.0
LONG: Final = 5.0
"""Seconds; a change that waits for longer is told of."""

LITTLE: Final = 100 << 20
NONE: Final = 1 << 20
"""Bytes free on the disk, below which an operator is told, and below which nothing more is promised."""

LATELY: Final = 30.0
"""Seconds for which a change that found no room is remembered: a small one may find some where a large one did not."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class WriteProbe:
    """Writes something that means nothing, and remembers what came of it."""

    store: Store
    now: Callable[[], float] = time.monotonic
    long: float = LONG
    free: Callable[[str], int] = lambda path: shutil.disk_usage(path).free
    _failed: str | None = None
    _since: float | None = None
    _blocked: float = 0.0  # seconds for which somebody else's lock holds up another change
    _told: bool = False
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "tries to write"))

    async def run(self, stop: asyncio.Event, every: float = ASK_EVERY) -> None:
        """Ask until `stop` is set."""
        while not stop.is_set():
            await self.ask()
            self._tell()
            try:
                async with asyncio.timeout(every):
                    await stop.wait()
            except TimeoutError:
                continue

    async def ask(self) -> None:
        """Try to write."""
        self._since = self.now()
        try:
            async with self.store.writing() as tx:
                await tx.touch()
                self._blocked = await tx.blocked_for()
            self._failed = None
        except Exception as error:
            self._failed = about(error) or f"nothing can be written ({words_of(error)})"
            self._trouble.tell(error, "it can't be tried whether anything can be written")
        finally:
            self._since = None

    def _tell(self) -> None:
        """Tell the log once that nothing can be written, and once that it is over."""
        if self.is_stuck and not self._told:
            log.error("nothing can be written: %s", self.wrong[0])
        elif self._told and not self.is_stuck:
            log.warning("the database can be written again")
        self._told = self.is_stuck

    @property
    def is_stuck(self) -> bool:
        """Whether nothing can be written now: what comes in can't be kept."""
        return self._failure is not None or self._waits > self.long

    @property
    def wrong(self) -> list[str]:
        """Say what is wrong, and what to do."""
        return list(self._wrong())

    @property
    def _waits(self) -> float:
        return self._blocked if self._since is None else max(self._blocked, self.now() - self._since)

    def _wrong(self) -> Iterator[str]:
        if (failure := self._failure) is not None:
            yield failure
        elif self._waits > self.long:
            yield f"a change waits for the database since {self._waits:.0f} s: end the process that holds it"
        left = self._left
        if NONE <= left < LITTLE:
            yield f"only {left >> 20} MB are left on the disk of the database: make room"

    @property
    def _failure(self) -> str | None:
        """Say why nothing can be written, where that was found out lately, here or by a change in earnest."""
        if self._failed is not None:
            return self._failed
        met = self.store.no_room
        if met is not None and self.now() - met[0] < LATELY:
            return about(met[1])
        return (
            "the disk of the database is full: make room, and what waits goes on by itself"
            if self._left < NONE
            else None
        )

    @property
    def _left(self) -> int:
        path = self.store.directory
        return LITTLE if path is None else self.free(path)
