"""Real processes of `sobat run --only`, all on one PostgreSQL and one Telegram."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import aiohttp

from tests import forked
from tests.fakes.bot_api import FakeBotApi
from tests.processes.sobat_run import free_port, settings_for

RATE = 100.0


@dataclass
class Crew:
    """Starts processes, by names such as `web-1`; whoever is left at the end of the block is killed."""

    api: FakeBotApi
    database: str
    place: Path
    webhook: bool = True
    running: dict[str, ForkServerProcess] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Crew:
        return self

    async def __aexit__(self, *_: object) -> None:
        for name in list(self.running):
            await self.kill(name)

    async def start(self, *names: str, **settings: str) -> None:
        """Start processes; the first word of a name is the role, `all` for every role in one."""
        for name in names:
            role = name.partition("-")[0]
            only = () if role == "all" else ("--only", role)
            self.ports[name] = free_port()
            environment = os.environ | self._settings(self.ports[name]) | settings
            self.running[name] = forked.start(forked.sobat, "run", *only, environment=environment, log=self.log(name))
            if role == "web" and self.webhook:
                self.api.state.behind.append(self.address(name))

    async def ready(self, *names: str, within: float = 120.0) -> None:
        """Return once these web processes answer, and Telegram knows where they are."""
        async with aiohttp.ClientSession() as session:
            for name in names:
                await until(lambda name=name: self._healthy(session, name), within)  # type: ignore[misc]
        await until(self._listening, within)

    async def serving(self, *names: str, within: float = 120.0) -> None:
        """Return once these processes have found the database and Telegram, and say that they serve."""

        async def said(name: str) -> bool:
            assert self.running[name].exitcode is None, self.log(name).read_text()
            return "Sobat serves" in self.log(name).read_text()

        for name in names:
            await until(lambda name=name: said(name), within)  # type: ignore[misc]

    async def kill(self, name: str) -> None:
        """End a process at once, as a power cut would."""
        process = self.running.pop(name)
        process.kill()
        await asyncio.to_thread(process.join)

    async def stop(self, name: str, within: float = 60.0) -> int:
        """End a process as an operator does; return its exit code."""
        process = self.running.pop(name)
        process.terminate()
        await asyncio.to_thread(process.join, within)
        assert process.exitcode is not None, f"{name} goes on"
        return process.exitcode

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def log(self, name: str) -> Path:
        return self.place / f"{name}.log"

    @property
    def said(self) -> str:
        """All that all processes logged."""
        return "\n".join(path.read_text() for path in sorted(self.place.glob("*.log")))

    async def _listening(self) -> bool:
        return bool(self.api.state.webhook) or (not self.webhook and bool(self.api.called("getUpdates")))

    async def _healthy(self, session: aiohttp.ClientSession, name: str) -> bool:
        assert self.running[name].exitcode is None, self.log(name).read_text()
        try:
            async with session.get(f"{self.address(name)}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    def _settings(self, port: int) -> dict[str, str]:
        usual = settings_for(self.api, self.database, port, webhook=self.webhook)
        return usual | {"TELEGRAM_RATE": str(RATE), "TELEGRAM_PAID_BROADCAST": "true"}


async def until(true: Callable[[], Awaitable[bool]], within: float = 60.0) -> None:
    """Wait for what other processes do, of which no event tells here."""
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
