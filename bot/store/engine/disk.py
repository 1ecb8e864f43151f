"""When what was committed to an SQLite file is on the disk itself, and would survive a power cut.

A commit goes to the log and is safe from a crash of the process at once; to force each one onto the disk
would cost milliseconds. It is forced before a message is acknowledged, together with all others that wait,
and about every second, when the log is carried over into the file, beside the loop. The log keeps what was
deleted until it is written over: after somebody was forgotten it is emptied at once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from bot.store.engine.writer_turn import WriterTurn
from bot.store.unavailable import NotOnDisk

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds after a commit until the log is carried over."""

LONG = 25_000
"""A log of so many pages, 100 MB, is begun anew even while many write."""


class Disk:
    """Looks after the log of the file at `path`; None is a database for which nothing is to be done."""

    def __init__(self, path: str | None, pause: WriterTurn | None = None) -> None:
        """While `pause` is held, nobody writes."""
        self._path, self._pause = path, pause
        self._carrying: asyncio.Future[None] | None = None
        self._thread = ThreadPoolExecutor(1, "disk")
        self._forcing = asyncio.Lock()
        self._commits = self._forced = 0
        self._wiping = False
        self._log: int | None = None
        self._tidier: sqlite3.Connection | None = None
        self._due: asyncio.TimerHandle | None = None

    def written(self, forgot: bool = False) -> None:
        """Take note of a commit; where somebody was forgotten in it, their words go from the log as well."""
        self._commits += 1
        self._wiping = self._wiping or forgot
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
                await asyncio.get_running_loop().run_in_executor(self._thread, self._force)
                self._forced = now

    async def carried_over(self) -> None:
        """Carry the log over now: whoever writes much waits for it, so that the log stays short for the others."""
        if self._path is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._tidy)

    def close(self) -> None:
        """Let go of the files."""
        if self._due is not None:
            self._due.cancel()
        if self._carrying is not None:
            self._carrying.cancel()
        self._thread.shutdown()
        if self._tidier is not None:
            self._tidier.close()
        if self._log is not None:
            os.close(self._log)

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
        """Carry the log over; a long one is begun anew, for which nothing may be written for a moment.

        While somebody writes on and on, the last of it is never carried over, and the log would grow for ever.
        """
        loop = asyncio.get_running_loop()
        if await loop.run_in_executor(self._thread, self._tidy) > LONG and self._pause is not None:
            async with self._pause.held(first=False):
                await loop.run_in_executor(self._thread, self._tidy)

    def _tidy(self) -> int:
        """Carry over what can be without making anybody wait; return how many pages the log has."""
        try:
            if self._tidier is None:
                self._tidier = sqlite3.connect(str(self._path), 0, isolation_level=None, check_same_thread=False)
            wiping = self._wiping
            _busy, pages, _done = self._tidier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if wiping:
                self._wiping = not self._emptied(self._tidier)
        except sqlite3.Error as error:
            log.warning("the log could not be carried over into the database yet: %s", error)
            return 0
        return int(pages)

    @staticmethod
    def _emptied(connection: sqlite3.Connection) -> bool:
        """Empty the log, most of which is carried over already; False where somebody uses it, who isn't held up."""
        [(busy, _left, _carried)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy
