"""The console in a process of its own: the staff's pages over the store that all processes share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console

from bot.app.import_process import upload_place, work_apart
from bot.app.metrics.endpoint import serve_metrics
from bot.app.metrics.meters import Meters
from bot.app.port import listen_for_console, listen_for_metrics
from bot.app.readiness import Readiness
from bot.app.settings import DEFAULT_DATABASE, Settings
from bot.app.wiring import App, build_app
from bot.app.write_probe import WriteProbe
from bot.channels.buttons import ButtonSigner
from bot.channels.groups import Fetch
from bot.helpdesk.no_group import NoGroup
from bot.helpdesk.service import StaffRooms
from bot.importing.folder import UploadFolder
from bot.importing.job import ImportJob
from bot.importing.lists import Office
from bot.importing.queue import ImportQueue
from programme.model.clock import SystemClock
from programme.model.messages import Attachment

if TYPE_CHECKING:
    from bot.console.running import ConsoleParts


@dataclass(slots=True, eq=False)
class LateFetch:
    """Gets files from a messenger that is opened for the first of them: its code takes 10 MB."""

    open: Callable[[], Awaitable[Fetch]]
    _fetch: Fetch | None = None
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, held: Attachment) -> bytes | None:
        """Return what a file holds."""
        async with self._one:
            fetch = self._fetch = self._fetch or await self.open()
        return await fetch(held)


AT_THE_CONSOLE = StaffRooms(rooms=(), groups=NoGroup(), username=str)
"""A helpdesk whose staff have no group."""


def console_parts(
    app: App, settings: Settings | None = None, fetchers: Mapping[str, Fetch] | None = None, *, plans: bool = True
) -> ConsoleParts:
    """Return what the console stands on; `fetchers` get the content of files from where they lie, by channel.

    `plans` says whether this process plans anew what a moved cutoff changes; else another does. With `settings`,
    imports are worked at in a process of their own; without, in this one, as a demonstration may.
    """
    from bot.console.running import ConsoleParts

    rules = app.staff.office.rules
    folder = UploadFolder(upload_place(settings, app.store))
    numbers = app.inbox_processor.numbers
    job = ImportJob(app.store, folder, lambda who: Office(app.programme, app.policy, numbers, app.clock.now(), who))
    return ConsoleParts(
        store=app.store,
        programme=app.programme,
        policy=app.policy,
        rates={"telegram": float(rules.rate), "whatsapp": float(rules.whatsapp_rate)},
        helpdesk=app.helpdesk,
        follow=app.following.follow if plans else app.following.look,
        keep_up=lambda: app.following.run(plans=plans),
        imports=ImportQueue(app.store, folder, job.work if settings is None else work_apart),
        staff=app.staff,
        numbers=app.inbox_processor.numbers,
        write_counts=app.inbox_processor.intents.write,
        fetchers=fetchers or {},
        forget=app.inbox_processor.forget_place,
    )


async def serve_console(settings: Settings, terminal: Console) -> None:
    """Serve the console until Ctrl-C. Raises WrongSetting where its port can't be had.

    An SQLite file stays the bot's own: the console changes it as the command line does, in short transactions.
    """
    from bot.app.web_server import new_app, serve_at
    from bot.console.pages import mount_console

    listener, metrics, meters = listen_for_console(settings), listen_for_metrics(settings), Meters()
    async with AsyncExitStack() as opened:
        fetchers = await _fetchers(settings, opened)
        app = await opened.enter_async_context(_app(settings, meters))
        meters.runs(await app.store.revision())
        ready = Readiness(app.store, WriteProbe(app.store))
        server = new_app()
        mount_console(console_parts(app, settings, fetchers, plans=False), server)
        where = f"http://{settings.host}:{settings.console_port}/konsol"
        terminal.print(f"[bold]Sobat[/], the staff's console: [bold cyan]{where}[/]\nCtrl-C stops.", highlight=False)
        async with serve_metrics(metrics, meters.registry, ready.lacks):
            await serve_at(listener, server)


def _app(settings: Settings, meters: Meters) -> AbstractAsyncContextManager[App]:
    return build_app(
        database=settings.database_url or DEFAULT_DATABASE,
        clock=SystemClock(),
        channels={},
        key=settings.key,
        former_keys=settings.former_keys,
        rate=settings.telegram_rate,
        whatsapp_rate=settings.whatsapp_rate,
        whatsapp_tier=settings.whatsapp_tier,
        staff_rooms=StaffRooms(rooms=settings.staff_groups, groups=NoGroup(), username=str),
        observer=meters,
        timed=meters.timed,
    )


async def _fetchers(settings: Settings, opened: AsyncExitStack) -> dict[str, Fetch]:
    """Return what gets files from the messengers, for the staff to look at; nothing else is asked of these."""
    secrets, clock, found = settings.secrets, SystemClock(), dict[str, Fetch]()
    signer = ButtonSigner(secrets.current.buttons, secrets.old_buttons)
    if settings.telegram_token is not None:

        async def telegram() -> Fetch:
            from bot.app.telegram import telegram_service

            return (await opened.enter_async_context(telegram_service(settings, signer, clock))).fetch

        found["telegram"] = LateFetch(telegram)
    if settings.whatsapp_token is not None:
        from bot.app.whatsapp import whatsapp_service

        whatsapp = await opened.enter_async_context(whatsapp_service(settings, signer, clock))
        found[whatsapp.channel.name] = whatsapp.media.content
    return found
