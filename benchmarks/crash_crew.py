"""The workers of the `crash` benchmark: processes of their own, killed and replaced."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import URL, text

from benchmarks.crash_worker import SharedClock
from bot.store import Store


@dataclass
class Crew:
    """So many workers; each has a name of its own, by which the server and PostgreSQL know it."""

    database: URL
    address: str
    rate: float
    clock: SharedClock
    lease: timedelta
    size: int = 0
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started: int = 0

    @contextmanager
    def of(self, size: int) -> Iterator[None]:
        """Have `size` workers, until the end of the block."""
        self.size = size
        self.replace_the_dead()
        try:
            yield
        finally:
            for process in self.running.values():
                process.kill()
                process.wait()

    def replace_the_dead(self) -> None:
        """Start as many as there are too few. One that ended by itself found nothing left, and is not missed."""
        while len(self.running) < self.size:
            self.started += 1
            name = f"w{self.started}"
            self.running[name] = self._start(name)

    def victim(self, at_work: Callable[[str], bool]) -> str | None:
        """Choose one that is in the middle of its work."""
        working = [name for name, process in self.running.items() if process.poll() is None and at_work(name)]
        return random.choice(working) if working else None

    async def kill(self, name: str, store: Store) -> None:
        """Kill a worker; return once the database, too, knows that it is gone."""
        process = self.running.pop(name)
        process.kill()
        process.wait()
        if self.database.get_backend_name() == "sqlite":
            return  # its open transaction never was
        for _ in range(1000):
            if not await _still_there(name, store):
                return
            await asyncio.sleep(0.01)
        raise RuntimeError(f"PostgreSQL does not let go of {name}")

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        database = self.database
        if database.get_backend_name() != "sqlite":
            database = database.update_query_dict({"application_name": name})
        given = (f"{self.address}/{name}", str(self.rate), str(self.clock.began), str(self.lease.total_seconds()))
        words = [sys.executable, "-m", "benchmarks.crash_worker", database.render_as_string(hide_password=False)]
        return subprocess.Popen([*words, *given])  # noqa: S603 - our own module


async def _still_there(name: str, store: Store) -> bool:
    async with store.reading() as tx:
        asked = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name")
        return bool((await tx.connection.execute(asked, {"name": name})).scalar_one())
