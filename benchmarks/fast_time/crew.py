"""The processes of the night: two of each role on one PostgreSQL, which are killed and started again."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from signal import SIGKILL

import aiohttp
import psycopg

from benchmarks.fast_time.clock import NightClock
from benchmarks.fast_time.process import main
from tests import forked
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import APP_SECRET, VERIFY_TOKEN, FakeGraph
from tests.processes.sobat_run import free_port, settings_for

TELEGRAM_RATE, WHATSAPP_RATE = 300.0, 80.0
SECRET = "a-secret-of-the-night-0123456789"  # noqa: S105 - of the fakes
ROLES = ("web-1", "web-2", "worker-1", "worker-2", "scheduler-1", "scheduler-2")


@dataclass
class NightCrew:
    """Runs processes by names such as `web-1`; `pace` is how much more often their jobs come round."""

    telegram: FakeBotApi
    graph: FakeGraph
    database: str
    place: Path
    clock: NightClock
    pace: float
    running: dict[str, ForkServerProcess] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    metrics: dict[str, int] = field(default_factory=dict)
    kills: list[tuple[datetime, str]] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)

    async def __aenter__(self) -> NightCrew:
        await self.start(*ROLES)
        await self.graph.connect(f"{self.address('web-1')}/whatsapp")
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            await asyncio.to_thread(process.join, 20)
            process.kill()

    async def start(self, *names: str) -> None:
        """Start processes; return once each says that it is ready."""
        for name in names:
            self._start(name)
        for name in names:
            await self._ready(name)
            if name.startswith("web"):
                self.telegram.state.behind.append(self.address(name))

    async def kill(self, name: str) -> None:
        """End a process as a power cut would, and start it again; messengers call the other one meanwhile."""
        process = self.running.pop(name)
        process.kill()
        self.kills.append((self.clock.now(), name))
        await asyncio.to_thread(process.join)
        if name.startswith("web"):
            self.telegram.state.behind.remove(self.address(name))
            other = "web-2" if name == "web-1" else "web-1"
            self.graph.hooks.url = f"{self.address(other)}/whatsapp"
        await self.start(name)

    async def crash_database(self) -> None:
        """Kill one of PostgreSQL's processes: it throws everybody out, and starts again from its log."""
        self.kills.append((self.clock.now(), "PostgreSQL"))
        async with await psycopg.AsyncConnection.connect(self.database) as connection:
            os.kill(connection.info.backend_pid, SIGKILL)
        await asyncio.sleep(0.2)

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    @property
    def said(self) -> str:
        """All that all processes logged."""
        return "\n".join(path.read_text() for path in self.logs)

    def keep_logs(self, folder: Path) -> None:
        """Leave what each process logged in a folder."""
        for path in self.logs:
            shutil.copy(path, folder)

    def _start(self, name: str) -> None:
        self.ports[name], self.metrics[name] = free_port(), free_port()
        words = (str(self.clock.path), str(self.pace), name.partition("-")[0])
        self.logs.append(self.place / f"{len(self.logs):02d}-{name}.log")
        environment = os.environ | self._settings(name)
        self.running[name] = forked.start(main, *words, environment=environment, log=self.logs[-1])

    async def _ready(self, name: str, within: float = 300.0) -> None:
        async with asyncio.timeout(within), aiohttp.ClientSession() as session:
            while not await _says_ready(session, f"http://127.0.0.1:{self.metrics[name]}/readyz"):
                assert self.running[name].exitcode is None, self.said
                await asyncio.sleep(0.1)

    def _settings(self, name: str) -> dict[str, str]:
        usual = settings_for(self.telegram, self.database, self.ports[name], webhook=True)
        return usual | {
            "METRICS_PORT": str(self.metrics[name]),
            "TELEGRAM_RATE": str(TELEGRAM_RATE),
            "TELEGRAM_PAID_BROADCAST": "true",
            "WHATSAPP_TOKEN": self.graph.token,
            "WHATSAPP_BASE_URL": f"{self.graph.base_url}/v26.0",
            "WHATSAPP_PHONE_NUMBER_ID": self.graph.account.number_id,
            "WHATSAPP_ACCOUNT_ID": self.graph.account.id,
            "WHATSAPP_APP_SECRET": APP_SECRET,
            "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "WHATSAPP_RATE": str(WHATSAPP_RATE),
            "SOBAT_SECRET": SECRET,
            "CONSOLE_URL": "http://127.0.0.1:8090",
        }


async def _says_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
