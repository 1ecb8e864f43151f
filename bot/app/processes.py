"""Processes: what one does as web, worker or scheduler; one of these roles, or all."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from signal import SIGINT, SIGTERM
from socket import socket

from bot.app.channel_service import ChannelService
from bot.app.error_groups import leaves
from bot.app.metrics.endpoint import serve_metrics
from bot.app.metrics.meters import Meters
from bot.app.metrics.service_figures import ServiceFigures
from bot.app.metrics.watch import Watch
from bot.app.monitor import LOOK_EVERY, Monitor
from bot.app.readiness import Readiness
from bot.app.retention import Retention
from bot.app.wiring import App
from bot.app.write_probe import WriteProbe
from bot.channels.channel import Misconfigured
from bot.inbound.dispatcher import InboundDispatcher
from bot.inbound.rehearsal import rehearse
from bot.outbound.worker import Worker
from bot.store.back_filling import BackFilling
from bot.store.throttled_log import ThrottledLog
from reminders.ticks import Job, start_ticks

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=15)
OVERTAKE_EVERY = timedelta(minutes=5)
ANNOUNCE_EVERY = timedelta(seconds=2)
HELPDESK_EVERY = timedelta(seconds=15)
TIDY_EVERY = timedelta(hours=24)
FORGET_EVERY = timedelta(hours=1)
BACK_FILL_EVERY = timedelta(minutes=1)
COUNT_EVERY = 60.0
"""Seconds after which a process adds to the store what messages were understood as."""
TAKE_UP_EVERY = 5.0
"""Seconds after which messages are looked for that were kept and not answered, here or by another process."""


class ProcessRole(StrEnum):
    """What a process can do by itself, beside others like it and unlike it."""

    WEB = "web"
    WORKER = "worker"
    SCHEDULER = "scheduler"
    CONSOLE = "console"
    """The staff's pages, always by itself: never on one port with a page that is public."""


WITHOUT_CONSOLE = (ProcessRole.WEB, ProcessRole.WORKER, ProcessRole.SCHEDULER)
"""What `sobat run` does in one process."""


@dataclass(slots=True)
class Process:
    """The work of one process. What it counts is in `meters`, and served on the socket `metrics`, if any.

    `pace` is how many seconds of the app's clock pass in a real one: what is done every so often follows that clock.
    """

    app: App
    services: Sequence[ChannelService]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    listener: socket | None = None
    metrics: socket | None = None
    meters: Meters = field(default_factory=Meters)
    pace: float = 1.0
    _refused: Misconfigured | None = None

    async def serve(self, roles: Collection[ProcessRole]) -> None:
        """Serve until Ctrl-C or SIGTERM; what was sent is settled before this returns.

        Channels may be away when this begins: everything else goes on meanwhile. Raises Misconfigured where
        one of them refuses us for good.
        """
        self._stop_on_signals()
        if ProcessRole.WEB in roles:
            await rehearse(self.app.inbox_processor)
        gc.freeze()  # what the start loaded stays, and need not be looked through again and again
        probe = WriteProbe(self.app.store)
        ready = Readiness(self.app.store, probe)
        self.meters.runs(await self.app.store.revision())
        async with serve_metrics(self.metrics, self.meters.registry, ready.lacks), asyncio.TaskGroup() as tasks:
            ticking = start_ticks(self._jobs()) if ProcessRole.SCHEDULER in roles else None
            watch = Monitor(self.app.sender, self.app.staff.office.rules.whatsapp_tier)
            if ProcessRole.SCHEDULER in roles:
                watch.also.append(self._watch_all().look)
            tasks.create_task(watch.run(self.stop, LOOK_EVERY / self.pace))
            self.app.sender.answers_behind = lambda: watch.behind
            working = self._work(tasks, sends=ProcessRole.WORKER in roles)
            working.append(tasks.create_task(probe.run(self.stop)))
            working.append(tasks.create_task(self.app.following.run(plans=ProcessRole.SCHEDULER in roles)))
            if ProcessRole.WEB in roles:
                await self._talk(tasks, watch, ready)
            else:
                working += [tasks.create_task(self._until_refused(self._attend(each))) for each in self.services]
            await self.stop.wait()
            if ticking is not None:
                ticking.shutdown(wait=False)
            for task in working:
                task.cancel()
        if self._refused is not None:
            raise self._refused

    async def _attend(self, service: ChannelService) -> None:
        await service.reach()
        await service.watch(self.stop)

    def _watch_all(self) -> Watch:
        """Show the figures of the whole service, which are the same for every process: one role is enough for it."""
        figures = ServiceFigures()
        self.meters.registry.register(figures)
        rates = {service.channel.name: service.rate for service in self.services}
        return Watch(self.app, self.meters, figures, rates, self.app.staff.office.rules.whatsapp_tier)

    async def _until_refused(self, served: Awaitable[None]) -> None:
        """End the process, in good order, where a channel refuses us for good."""
        try:
            await served
        except* Misconfigured as refused:
            self._refused = Misconfigured(str(leaves(refused)[0]))
            self.stop.set()

    def _stop_on_signals(self) -> None:
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):  # Windows
            for signal in (SIGINT, SIGTERM):
                loop.add_signal_handler(signal, self.stop.set)

    def _work(self, tasks: asyncio.TaskGroup, *, sends: bool) -> list[asyncio.Task[None]]:
        """Send what is due; a process that only answers counts its replies in the budget."""
        if sends:
            tasks.create_task(Worker(self.app.sender).run(self.stop))
            return []
        return [tasks.create_task(smoother.run()) for smoother in self.app.sender.smoothers.values()]

    async def _talk(self, tasks: asyncio.TaskGroup, watch: Monitor, ready: Readiness) -> None:
        from bot.app.web_server import health, new_app, readiness, serve_until

        server, desk = new_app(), InboundDispatcher(self.app.inbox_processor, tasks)
        self.app.sender.answers_behind = lambda: desk.behind or watch.behind
        server.add_api_route("/healthz", lambda: health(watch, desk, self.services, ready.probe))
        server.add_api_route("/readyz", lambda: readiness(ready))
        ready.behind = lambda: desk.behind
        if left := await desk.look_back():
            log.info("answering %d messages from before the restart", left)
        if (web := self.app.sender.channels.get("web")) is not None:
            from bot.channels.web.channel import WebChannel
            from bot.demo.pages import mount

            assert isinstance(web, WebChannel)  # noqa: S101 - the only one of this name
            mount(self.app, web, None, server)
        if self.app.helpdesk is not None and self.app.helpdesk.topic_sync.rooms:
            tasks.create_task(self.app.helpdesk.topic_sync.run(self.stop))
        counting = self._patient("count intents", self.app.inbox_processor.intents.write)
        helping = [
            tasks.create_task(_keep_up(self._patient("take up again", desk.catch_up), TAKE_UP_EVERY / self.pace)),
            tasks.create_task(_keep_up(counting, COUNT_EVERY / self.pace)),
        ]
        listening = [
            tasks.create_task(self._until_refused(each.listen(desk, server, self.stop))) for each in self.services
        ]
        assert self.listener is not None  # noqa: S101 - whoever serves pages has a port
        await serve_until(self.stop, server, tasks, self.listener)
        for each in (*helping, *listening):
            each.cancel()
        await counting()

    def _jobs(self) -> dict[str, tuple[Job, timedelta]]:
        app, retention = self.app, Retention(self.app.store)

        async def sweep() -> None:
            if await app.jobs.sweep():
                app.sender.wake.set()

        async def overtake() -> None:
            if await app.jobs.overtake():
                app.sender.wake.set()

        async def announce() -> None:
            await app.jobs.rounds.run()
            app.sender.wake.set()

        jobs: dict[str, tuple[Job, timedelta]] = {
            "sweep": (self._patient("sweep", sweep), SWEEP_EVERY),
            "overtake": (self._patient("overtake", overtake), OVERTAKE_EVERY),
            "announce": (self._patient("announce", announce), ANNOUNCE_EVERY),
            "tidy": (self._patient("tidy", retention.drop), TIDY_EVERY),
            "forget": (self._patient("forget", retention.forget), FORGET_EVERY),
            "back_fill": (self._patient("back_fill", BackFilling(app.store).run), BACK_FILL_EVERY),
        }
        if (helpdesk := app.helpdesk) is not None:

            async def look_after() -> None:
                await helpdesk.tick()

            jobs["helpdesk"] = (self._patient("helpdesk", look_after), HELPDESK_EVERY)
        return {name: (job, every / self.pace) for name, (job, every) in jobs.items()}

    def _patient(self, name: str, job: Callable[[], Awaitable[object]]) -> Job:
        """Do `job`; whatever goes wrong is told, and does no harm beyond, for it comes again."""
        trouble = ThrottledLog(log, f"times that the job '{name}' was put off")

        async def run() -> None:
            try:
                await job()
                self.meters.job_done(name, self.app.clock.now())
            except Exception as error:
                trouble.tell(error, "the job '%s' failed and comes again", name)

        return run


async def _keep_up(job: Job, every: float) -> None:
    """Do a job of this process's own again and again: answer what waits since a start, or what other processes left."""
    while True:
        await job()
        await asyncio.sleep(every)
