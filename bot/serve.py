"""`sobat run`: the demonstration, or the real bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from signal import SIGINT, SIGTERM

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from rich.logging import RichHandler

from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Channel
from bot.channels.web import WebChannel
from bot.demo import seed
from bot.front_desk import FrontDesk
from bot.importing.command import DEFAULT_DATABASE
from bot.pacing import Pacer
from bot.pacing.shared import SharedBudget
from bot.settings import Settings, WrongSetting, read_settings
from bot.telegram_service import TelegramService, telegram_service
from bot.timeline import Timeline
from bot.web.demo_clock import START, DemoClock
from bot.web.pages import mount
from bot.wiring import House, open_house
from bot.worker import Worker
from programme.clock import SetClock, SystemClock
from reminders.ticks import Job, start_ticks

console = Console()
log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=15)
ANNOUNCE_EVERY = timedelta(seconds=2)
HELPDESK_EVERY = timedelta(seconds=15)
TIDY_EVERY = timedelta(hours=24)
TAKE_UP_EVERY = 30.0
"""Seconds after which messages are looked for that another process took and did not answer."""


class Role(StrEnum):
    """What a process can do by itself, beside others like it and unlike it."""

    WEB = "web"
    WORKER = "worker"
    SCHEDULER = "scheduler"


def run(only: Role | None = None) -> None:
    """Serve on the quickest event loop there is. Raises WrongSetting."""
    try:
        from uvloop import run as run_loop
    except ImportError:  # not on Windows
        from asyncio import run as run_loop  # type: ignore[assignment]
    run_loop(serve(only))


async def serve(only: Role | None = None) -> None:
    """Serve until stopped, and tell on the terminal what is going on and where to look."""
    settings = read_settings()
    if only is not None and settings.telegram_token is None:
        raise WrongSetting("TELEGRAM_TOKEN: --only is for the real bot, and needs it")
    if only is not None and not (settings.database_url or "").startswith("postgresql"):
        raise WrongSetting("DATABASE_URL: --only needs a PostgreSQL that all processes share")
    _log_to_terminal()
    if settings.telegram_token is None:
        await _demonstrate(settings)
    else:
        await _serve_telegram(settings, tuple(Role) if only is None else (only,))


async def _demonstrate(settings: Settings) -> None:
    clock = SetClock(START)
    web = WebChannel(clock)
    async with open_house(
        database=settings.database_url, clock=clock, channels={"web": web}, key=settings.key
    ) as house:
        if settings.database_url is None:
            await seed(house.store, settings.key)
        demo_clock = DemoClock(Timeline(clock, house.errands))
        app = FastAPI(openapi_url=None)
        mount(house, web, demo_clock, app)
        console.print(
            f"[bold]Sobat[/], demonstration: open [bold cyan]http://{settings.host}:{settings.port}[/]\n"
            "The clock starts on Monday 18 October 2021 09.00 WIB; move it towards Thursday 23.59 WIB.\n"
            "With TELEGRAM_TOKEN set, this command serves the real bot. Ctrl-C stops.",
            highlight=False,
        )
        await _server(app, settings).serve()


async def _serve_telegram(settings: Settings, roles: Collection[Role]) -> None:
    clock = SystemClock()
    web = WebChannel(clock)
    signer = ButtonSigner(settings.key)
    async with telegram_service(settings, signer, clock) as telegram:
        web.fetch = telegram.fetch
        channels: dict[str, Channel] = {"web": web, telegram.channel.name: telegram.channel}
        database = settings.database_url or DEFAULT_DATABASE
        async with (
            open_house(
                database=database,
                clock=clock,
                channels=channels,
                key=settings.key,
                rate=settings.telegram_rate,
                staff_rooms=telegram.staff_rooms,
            ) as house,
            asyncio.TaskGroup() as tasks,
        ):
            await _pace(house, telegram, settings)
            duty = Duty(house, telegram, settings, web, tasks)
            stop = duty.stop_on_signals()
            console.print(f"[bold]Sobat[/] serves [bold]@{telegram.username}[/], {_named(roles)}. Ctrl-C stops.")
            await duty.serve(roles)
            stop.set()


async def _pace(house: House, telegram: TelegramService, settings: Settings) -> None:
    """Give the account its one budget, the same for every process."""
    budget = SharedBudget(house.store, f"telegram/{telegram.reader.me}", settings.telegram_rate)
    await budget.open()
    house.courier.pacers = {telegram.channel.name: Pacer(budget)}


def _named(roles: Collection[Role]) -> str:
    return "web, worker and scheduler in one" if len(roles) == len(Role) else " and ".join(roles)


@dataclass(slots=True)
class Duty:
    """What this process does: talk (web), send (worker), see what falls due (scheduler)."""

    house: House
    telegram: TelegramService
    settings: Settings
    web: WebChannel
    tasks: asyncio.TaskGroup
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def stop_on_signals(self) -> asyncio.Event:
        """Have Ctrl-C and SIGTERM let what is under way arrive first."""
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):  # Windows
            for signal in (SIGINT, SIGTERM):
                loop.add_signal_handler(signal, self.stop.set)
        return self.stop

    async def serve(self, roles: Collection[Role]) -> None:
        """Serve until stopped; what was sent is settled before this returns."""
        ticking = start_ticks(_jobs(self.house)) if Role.SCHEDULER in roles else None
        working = self._work(sends=Role.WORKER in roles)
        if Role.WEB in roles:
            await self._talk()
            self.stop.set()
        await self.stop.wait()
        if ticking is not None:
            ticking.shutdown(wait=False)
        for task in working:
            task.cancel()

    def _work(self, *, sends: bool) -> list[asyncio.Task[None]]:
        """Send what is due; a process that only answers counts its replies in the budget."""
        if sends:
            self.tasks.create_task(Worker(self.house.courier).run(self.stop))
            return []
        return [self.tasks.create_task(pacer.run()) for pacer in self.house.courier.pacers.values()]

    async def _talk(self) -> None:
        app = FastAPI(openapi_url=None)
        desk = FrontDesk(self.house.reception, self.tasks)
        self.house.courier.answers_behind = lambda: desk.behind
        app.add_api_route("/healthz", lambda: health(self.house, desk))
        if left := await desk.take_up_again():
            log.info("answering %d messages from before the restart", left)
        mount(self.house, self.web, None, app)
        if self.house.helpdesk is not None:
            self.tasks.create_task(self.house.helpdesk.board.run(self.stop))
        self.tasks.create_task(self._listen(desk, app))
        server = _server(app, self.settings)
        watching = self.tasks.create_task(_end_with(server, self.stop))
        await server.serve()
        watching.cancel()

    async def _listen(self, desk: FrontDesk, app: FastAPI) -> None:
        helping = self.tasks.create_task(_take_up_from_others(desk))
        await self.telegram.listen(desk.take, app, self.stop)
        helping.cancel()


async def _take_up_from_others(desk: FrontDesk) -> None:
    while True:
        await asyncio.sleep(TAKE_UP_EVERY)
        await desk.take_up_again()


async def _end_with(server: uvicorn.Server, stop: asyncio.Event) -> None:
    await stop.wait()
    server.should_exit = True


def health(house: House, desk: FrontDesk) -> dict[str, object]:
    """Tell an operator how things are: `status` is `ok` or `behind`."""
    return {
        "status": "behind" if desk.behind else "ok",
        "answers_waiting": desk.waiting,
        "announcements_paused": desk.behind,
        "frozen_seconds": {name: round(pacer.frozen_for, 1) for name, pacer in house.courier.pacers.items()},
        "outcomes_to_write": house.courier.ledger.noted,
    }


def _jobs(house: House) -> dict[str, tuple[Job, timedelta]]:
    async def sweep() -> None:
        if await house.errands.sweep():
            house.courier.wake.set()

    async def announce() -> None:
        await house.errands.rounds.run()
        house.courier.wake.set()

    jobs: dict[str, tuple[Job, timedelta]] = {
        "sweep": (sweep, SWEEP_EVERY),
        "announce": (announce, ANNOUNCE_EVERY),
        "tidy": (house.errands.tidy, TIDY_EVERY),
    }
    if (helpdesk := house.helpdesk) is not None:

        async def look_after() -> None:
            await helpdesk.tick()

        jobs["helpdesk"] = (look_after, HELPDESK_EVERY)
    return jobs


def _server(app: FastAPI, settings: Settings) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning"))


def _log_to_terminal() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[RichHandler(console=console)])
    for chatty in ("apscheduler", "httpx", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
