"""`sobat run`: the demonstration, or the real bot, all of it or one role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from rich.console import Console

from bot.app.channel_service import ChannelService
from bot.app.logs import hidden_in, set_up_logs
from bot.app.metrics.endpoint import serve_metrics
from bot.app.metrics.meters import Meters
from bot.app.port import listen_at, listen_for_metrics
from bot.app.processes import WITHOUT_CONSOLE, Process, ProcessRole
from bot.app.settings import DEFAULT_DATABASE, Settings, WrongSetting, read_settings
from bot.app.telegram import TelegramService, telegram_service
from bot.app.telemetry.starting import telemetry
from bot.app.whatsapp import whatsapp_service
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Channel
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from programme.model.clock import Clock, SetClock, SystemClock

if TYPE_CHECKING:
    from bot.helpdesk.service import StaffRooms

console = Console()


def run(only: ProcessRole | None = None, clock: Clock | None = None, pace: float = 1.0) -> None:
    """Serve on the quickest event loop there is; `clock` and `pace` as in `serve`. Raises WrongSetting."""
    try:
        from uvloop import run as run_loop
    except ImportError:  # not on Windows
        from asyncio import run as run_loop  # type: ignore[assignment]
    run_loop(serve(only, clock, pace))


async def serve(only: ProcessRole | None = None, clock: Clock | None = None, pace: float = 1.0) -> None:
    """Serve until stopped, and tell on the terminal what is going on and where to look.

    A rehearsal of the real bot hands in a `clock` of its own, which makes `pace` seconds of a real one.
    """
    settings = read_settings()
    if only is not None and not settings.is_real:
        raise WrongSetting("TELEGRAM_TOKEN: --only is for the real bot, and needs it, or WHATSAPP_TOKEN")
    if only not in {None, ProcessRole.CONSOLE} and not (settings.database_url or "").startswith("postgresql"):
        raise WrongSetting("DATABASE_URL: --only needs a PostgreSQL that all processes share")
    set_up_logs(settings.log_format, settings.log_level, hidden_in(dict(settings)), console)
    with telemetry(settings):
        await _serve(settings, only, clock or SystemClock(), pace)


async def _serve(settings: Settings, only: ProcessRole | None, clock: Clock, pace: float) -> None:
    if only is ProcessRole.CONSOLE:
        from bot.app.console import serve_console

        await serve_console(settings, console)
        return
    if settings.is_real:
        await _serve_people(settings, WITHOUT_CONSOLE if only is None else (only,), clock, pace)
    else:
        await _demonstrate(settings)


async def _demonstrate(settings: Settings) -> None:
    from bot.app.console import AT_THE_CONSOLE, console_parts
    from bot.app.web_server import new_app, serve_at
    from bot.channels.web.channel import WebChannel
    from bot.console.pages import mount_console
    from bot.demo.clock import START, DemoClock
    from bot.demo.pages import mount
    from bot.demo.people import seed
    from bot.demo.timeline import Timeline
    from bot.demo.town import STAFF, found_town, plan_town
    from bot.demo.town_phones import TownPhones

    clock, listener, metrics = SetClock(START), listen_at(settings), listen_for_metrics(settings)
    web = WebChannel(clock)
    async with build_app(
        database=settings.database_url,
        clock=clock,
        channels={"web": web, "demo": TownPhones(clock)},
        key=settings.key,
        former_keys=settings.former_keys,
        staff_rooms=AT_THE_CONSOLE,
        controller=settings.controller,
        serving=True,
    ) as app:
        if settings.database_url is None:
            await seed(app.store, app.inbox_processor.numbers)
            await found_town(app.store)
            await plan_town(app.store, app.programme, app.policy)
        demo_clock = DemoClock(Timeline(clock, app.jobs))
        server = new_app()
        mount_console(console_parts(app), server, demonstration=STAFF)
        mount(app, web, demo_clock, server)
        console.print(
            f"[bold]Sobat[/], demonstration: open [bold cyan]http://{settings.host}:{settings.port}[/]\n"
            f"The staff's console: [bold cyan]http://{settings.host}:{settings.port}/konsol[/]\n"
            "The clock starts on Monday 18 October 2021 09.00 WIB; move it towards Thursday 23.59 WIB.\n"
            "With TELEGRAM_TOKEN or WHATSAPP_TOKEN set, this command serves the real bot. Ctrl-C stops.",
            highlight=False,
        )
        async with serve_metrics(metrics, Meters().registry, _always_ready):
            await serve_at(listener, server)


async def _always_ready() -> Sequence[str]:
    return ()


async def _serve_people(settings: Settings, roles: Collection[ProcessRole], clock: Clock, pace: float) -> None:
    secrets, meters = settings.secrets, Meters()
    listener = listen_at(settings) if ProcessRole.WEB in roles else None
    metrics = listen_for_metrics(settings)
    signer = ButtonSigner(secrets.current.buttons, secrets.old_buttons)
    async with AsyncExitStack() as opened:
        telegram = whatsapp = None
        if settings.telegram_token is not None:
            telegram = await opened.enter_async_context(telegram_service(settings, signer, clock))
        if settings.whatsapp_token is not None:
            whatsapp = await opened.enter_async_context(whatsapp_service(settings, signer, clock))
        services = [service for service in (telegram, whatsapp) if service is not None]
        channels: dict[str, Channel] = {service.channel.name: service.channel for service in services}
        if settings.web_chat and len(roles) == len(WITHOUT_CONSOLE):
            # A page's chat lives in its process: with workers elsewhere, reminders would not reach it.
            from bot.channels.web.channel import WebChannel

            channels["web"] = web = WebChannel(clock)
            web.fetch = telegram.fetch if telegram else None
        if telegram and whatsapp:
            whatsapp.media.fetch = telegram.fetch
        app = await opened.enter_async_context(
            build_app(
                database=settings.database_url or DEFAULT_DATABASE,
                clock=clock,
                channels=channels,
                key=settings.key,
                former_keys=settings.former_keys,
                rate=settings.telegram_rate,
                whatsapp_rate=settings.whatsapp_rate,
                whatsapp_tier=settings.whatsapp_tier,
                staff_rooms=_staff_rooms(settings, telegram),
                console_url=settings.console_url,
                controller=settings.controller,
                serving=True,
                observer=meters,
                timed=meters.timed,
            )
        )
        if whatsapp is not None:
            whatsapp.join(app)
        await _close_others(app)
        await _pace(app, services)
        console.print(f"[bold]Sobat[/] starts: {_named(roles)}. Ctrl-C stops.")
        served = Process(app, services, listener=listener, metrics=metrics, meters=meters, pace=pace)
        await served.serve(roles)


def _staff_rooms(settings: Settings, telegram: TelegramService | None) -> StaffRooms | None:
    """Return where the staff answer: in their groups, else at the console alone, else nowhere."""
    if telegram is not None and telegram.staff_rooms is not None:
        return telegram.staff_rooms
    if not settings.has_helpdesk:
        return None
    from bot.app.console import AT_THE_CONSOLE  # only where it is needed

    return AT_THE_CONSOLE


async def _close_others(app: App) -> None:
    """Write to nobody where only a page or a terminal that isn't open here would show it, while they have Telegram."""
    async with app.store.writing() as tx:
        for name in ("web", "terminal"):
            if name not in app.sender.channels:
                await tx.people.close(name)


async def _pace(app: App, services: Sequence[ChannelService]) -> None:
    """Give each account its one budget, the same for every process."""
    smoothers = {}
    for service in services:
        budget = SharedTokenBucket(app.store, service.account_name, service.rate)
        await budget.open()
        smoothers[service.channel.name] = RateSmoother(budget)
    app.sender.smoothers = smoothers


def _named(roles: Collection[ProcessRole]) -> str:
    return "web, worker and scheduler in one" if len(roles) == len(WITHOUT_CONSOLE) else " and ".join(roles)
