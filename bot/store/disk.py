"""When what was committed to an SQLite file is on the disk itself, and would survive a power cut.

A commit goes to the log and is safe from a crash of the process at once; to force each one onto the disk
would cost milliseconds. It is forced before a message is acknowledged, together with all others that wait,
and about every second, when the log is carried over into the file, beside the loop.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from bot.away import NotOnDisk

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds after a commit until the log is carried over."""


class Disk:
    """Looks after the log of the file at `path`; None is a database for which nothing is to be done."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "disk")
        self._forcing = asyncio.Lock()
        self._commits = self._forced = 0
        self._log: int | None = None
        self._tidier: sqlite3.Connection | None = None
        self._due: asyncio.TimerHandle | None = None

    def written(self) -> None:
        """Take note of a commit."""
        self._commits += 1
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

    def close(self) -> None:
        """Let go of the files."""
        if self._due is not None:
            self._due.cancel()
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
        def done() -> None:
            self._due = None

        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._thread, self._tidy)
        working.add_done_callback(lambda _: done())

    def _tidy(self) -> None:
        try:
            if self._tidier is None:
                self._tidier = sqlite3.connect(str(self._path), isolation_level=None, check_same_thread=False)
            self._tidier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.Error as error:
            log.warning("the log could not be carried over into the database yet: %s", error)
