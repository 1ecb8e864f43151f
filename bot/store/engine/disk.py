"""When what was committed to an SQLite file is on the disk itself, and would survive a power cut.

A commit goes to the log and is safe from a crash of the process at once; to force each one onto the disk
would cost milliseconds. It is forced before a message is acknowledged, together with all others that wait,
and about every second, when the log is carried over into the file, beside the loop. The log keeps what was
deleted until it is written over: after somebody was forgotten it is emptied within seconds.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.store.engine.write_ahead_log import WriteAheadLog
from bot.store.engine.writer_turn import WriterTurn
from bot.store.throttled_log import TELL_EVERY
from bot.store.unavailable import NotOnDisk

T = TypeVar("T")
log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds after a commit until the log is carried over."""

LONG = 25_000
"""A log of so many pages, 100 MB, is begun anew even while many write."""

_BREATH = 0.01  # seconds between two steps, for whoever waits to write
_PATIENCE = 3.0  # seconds for which a process that ends waits for others to get out of the way


class Disk:
    """Looks after the log of the file at `path`; None is a database for which nothing is to be done."""

    def __init__(self, path: str | None, pause: WriterTurn | None = None) -> None:
        """While `pause` is held, nobody writes."""
        self._path, self._pause = path, pause
        self._carrying: asyncio.Future[None] | None = None
        self._thread = ThreadPoolExecutor(1, "disk")
        self._forcing = asyncio.Lock()
        self._commits = self._forced = 0
        self._forgot = self._wiped = 0
        self._log: int | None = None
        self._ahead: WriteAheadLog | None = None
        self._due: asyncio.TimerHandle | None = None
        self._quiet_until = float("-inf")

    def written(self, forgot: bool = False) -> None:
        """Take note of a commit; where somebody was forgotten in it, their words go from the log as well."""
        self._commits += 1
        self._forgot += forgot
        if self._path is not None and self._due is None:
            self._due = asyncio.get_running_loop().call_later(EVERY, self._carry_over)

    async def forced(self) -> None:
        """Return once everything committed so far is on the disk. Raises NotOnDisk."""
        if self._path is None:
            return
        mine = self._commits
        async with self._forcing:
            if self._forced < mine:
                now = self._commits
                await self._in_thread(self._force)
                self._forced = now

    async def carried_over(self) -> None:
        """Carry the log over now: whoever writes much waits for it, so that the log stays short for the others."""
        if self._path is not None:
            await self._in_thread(self._tidy)

    async def emptied(self) -> None:
        """Return once nothing of whoever was forgotten here is left in the log, or somebody was in the way too long.

        Another process that serves the same file knows nothing of it, and would leave it there.
        """
        until = time.monotonic() + _PATIENCE
        while self._path is not None and self._wiping and time.monotonic() < until:
            await self._in_thread(self._tidy)
            await asyncio.sleep(_BREATH)

    def close(self) -> None:
        """Let go of the files."""
        if self._due is not None:
            self._due.cancel()
        if self._carrying is not None:
            self._carrying.cancel()
        self._thread.shutdown()
        if self._ahead is not None:
            self._ahead.close()
        if self._log is not None:
            os.close(self._log)

    @property
    def _wiping(self) -> bool:
        return self._wiped < self._forgot

    def _force(self) -> None:
        try:
            if self._log is None:
                self._log = os.open(f"{self._path}-wal", os.O_RDWR)
            os.fsync(self._log)
        except OSError as error:
            raise NotOnDisk(str(error)) from error

    def _carry_over(self) -> None:
        def done(task: asyncio.Future[None]) -> None:
            self._due = None
            if self._wiping and not task.cancelled():  # a reader or writer was in the way
                self._due = asyncio.get_running_loop().call_later(EVERY, self._carry_over)

        self._carrying = asyncio.ensure_future(self._carried_over())
        self._carrying.add_done_callback(done)

    async def _carried_over(self) -> None:
        """Carry the log over; for a long one, or one to be emptied, nothing may be written for a moment.

        While somebody writes on and on, the last of it is never carried over, and the log would grow for ever.
        """
        while True:
            left = await self._in_thread(self._tidy)
            if self._has_to_go(left):
                left = await self._in_thread(self._tidy)  # leaves the little that was written meanwhile
            if self._pause is not None and self._has_to_go(left):
                async with self._pause.held(first=False):
                    left = await self._in_thread(self._tidy)
            if left or not self._wiping:
                return
            await asyncio.sleep(_BREATH)  # it is emptied a step at a time

    def _has_to_go(self, left: int) -> bool:
        return left > (0 if self._wiping else LONG)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _tidy(self) -> int:
        """Carry over what can be without making anybody wait; return how many pages are left in the log."""
        try:
            if self._ahead is None:
                self._ahead = WriteAheadLog(str(self._path))
            forgot = self._forgot
            left = self._ahead.carry_over(empty=self._wiping)
            if self._ahead.is_empty:
                self._wiped = forgot
        except (sqlite3.Error, OSError) as error:
            self._tell(error)
            return 1
        return left

    def _tell(self, error: Exception) -> None:
        """Tell the log now and then: a full disk lasts, and this is tried every second."""
        now = time.monotonic()
        if now >= self._quiet_until:
            self._quiet_until = now + TELL_EVERY
            log.warning("the log could not be carried over into the database yet: %s", error)
