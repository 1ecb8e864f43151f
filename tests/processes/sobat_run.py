"""`sobat run` as people start it: a process of its own, from its first import on."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

import bot
from tests.fakes.bot_api import FakeBotApi

SOBAT = ("-c", "from bot.cli.main import app; app()")
"""What comes after `python` for the command `sobat`, wherever it is installed."""

_ROOT = Path(bot.__file__).parents[1]


def settings_for(api: FakeBotApi, database: str, port: int, *, webhook: bool) -> dict[str, str]:
    """Return what an operator would set for this Telegram, database and port."""
    settings = {
        "TELEGRAM_TOKEN": api.token,
        "TELEGRAM_BASE_URL": api.base_url,
        "DATABASE_URL": database,
        "PORT": str(port),
    }
    if webhook:
        settings |= {"TELEGRAM_WEBHOOK_URL": "https://sobat.example", "TELEGRAM_WEBHOOK_SECRET": "s" * 20}
    return settings


def free_port() -> int:
    """Return a port on which nobody listens, of those that no system gives to whoever calls out: none of the calls that
    other tests make meanwhile can take it."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", SystemRandom().randrange(20_000, 32_000)))
            return int(probe.getsockname()[1])


@dataclass
class SobatRun:
    """The bot; it can be killed and started again. `settings` are those beside the usual ones."""

    api: FakeBotApi
    database: str
    place: Path
    webhook: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    process: Process | None = None
    port: int = 0

    async def __aenter__(self) -> SobatRun:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def start(self) -> None:
        """Start it; return at once. What it logs is added to `sobat.log`."""
        self.port = free_port()
        if self.webhook:
            self.api.state.behind.clear()
            self.api.state.behind.append(self.address)
        usual = settings_for(self.api, self.database, self.port, webhook=self.webhook)
        with (self.place / "sobat.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, *SOBAT, "run"),
                cwd=_ROOT,
                env=os.environ | usual | self.settings,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
