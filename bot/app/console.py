"""The console in a process of its own: the staff's pages over the store that all processes share."""

from __future__ import annotations

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
from bot.helpdesk.no_group import NoGroup
from bot.helpdesk.service import StaffRooms
from bot.importing.folder import UploadFolder
from bot.importing.job import ImportJob
from bot.importing.lists import Office
from bot.importing.queue import ImportQueue
from programme.model.clock import SystemClock

if TYPE_CHECKING:
    from bot.console.running import ConsoleParts

AT_THE_CONSOLE = StaffRooms(rooms=(), groups=NoGroup(), username=str)
"""A helpdesk whose staff have no group."""


def console_parts(app: App, settings: Settings | None = None, *, sends: bool = True) -> ConsoleParts:
    """Return what the console stands on; `sends` says whether this process reaches people by itself.

    With `settings`, imports are worked at in a process of their own; without, in this one, as a demonstration may.
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
        follow=app.following.follow if sends else app.following.look,
        keep_up=lambda: app.following.run(plans=sends),
        imports=ImportQueue(app.store, folder, job.work if settings is None else work_apart),
        send=app.sender.send if sends else None,
    )


async def serve_console(settings: Settings, terminal: Console) -> None:
    """Serve the console until Ctrl-C. Raises WrongSetting where its port can't be had.

    An SQLite file stays the bot's own: the console changes it as the command line does, in short transactions.
    """
    from bot.app.web_server import new_app, serve_at
    from bot.console.pages import mount_console

    listener, metrics, meters = listen_for_console(settings), listen_for_metrics(settings), Meters()
    async with build_app(
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
    ) as app:
        meters.runs(await app.store.revision())
        ready = Readiness(app.store, WriteProbe(app.store))
        server = new_app()
        mount_console(console_parts(app, settings, sends=False), server)
        where = f"http://{settings.host}:{settings.console_port}/konsol"
        terminal.print(f"[bold]Sobat[/], the staff's console: [bold cyan]{where}[/]\nCtrl-C stops.", highlight=False)
        async with serve_metrics(metrics, meters.registry, ready.lacks):
            await serve_at(listener, server)
