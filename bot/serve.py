"""`sobat run`: the demonstration, or the real bot."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

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
from bot.settings import Settings, read_settings
from bot.telegram_service import telegram_service
from bot.timeline import Timeline
from bot.web.demo_clock import START, DemoClock
from bot.web.pages import mount
from bot.wiring import House, open_house
from programme.clock import SetClock, SystemClock
from reminders.ticks import Job, start_ticks

console = Console()
log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=15)
ANNOUNCE_EVERY = timedelta(seconds=2)
DELIVER_EVERY = timedelta(seconds=2)
HELPDESK_EVERY = timedelta(seconds=15)


async def serve() -> None:
    """Serve until stopped, and tell on the terminal what is going on and where to look."""
    settings = read_settings()
    _log_to_terminal()
    if settings.telegram_token is None:
        await _demonstrate(settings)
    else:
        await _serve_telegram(settings)


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


async def _serve_telegram(settings: Settings) -> None:
    clock = SystemClock()
    web = WebChannel(clock)
    signer = ButtonSigner(settings.key)
    app = FastAPI(openapi_url=None)
    async with telegram_service(settings, signer, clock) as telegram:
        channels: dict[str, Channel] = {"web": web, telegram.channel.name: telegram.channel}
        database = settings.database_url or DEFAULT_DATABASE
        async with (
            open_house(
                database=database,
                clock=clock,
                channels=channels,
                paid_broadcast=settings.telegram_paid_broadcast,
                key=settings.key,
                staff_rooms=telegram.staff_rooms,
            ) as house,
            asyncio.TaskGroup() as tasks,
        ):
            desk = FrontDesk(house.reception, tasks)
            if left := await desk.take_up_again():
                log.info("answering %d messages from before the restart", left)
            mount(house, web, None, app)
            ticking = start_ticks(_jobs(house))
            stop = asyncio.Event()
            if house.helpdesk is not None:
                tasks.create_task(house.helpdesk.board.run(stop))
            listening = tasks.create_task(telegram.listen(desk.take, app, stop))
            console.print(f"[bold]Sobat[/] serves [bold]@{telegram.username}[/] {telegram.how}. Ctrl-C stops.")
            await _server(app, settings).serve()
            ticking.shutdown(wait=False)
            stop.set()
            await listening


def _jobs(house: House) -> dict[str, tuple[Job, timedelta]]:
    async def sweep() -> None:
        await house.errands.sweep()

    async def deliver() -> None:
        await house.courier.deliver_due()

    async def announce() -> None:
        await house.errands.rounds.run()

    jobs: dict[str, tuple[Job, timedelta]] = {
        "sweep": (sweep, SWEEP_EVERY),
        "announce": (announce, ANNOUNCE_EVERY),
        "deliver": (deliver, DELIVER_EVERY),
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
