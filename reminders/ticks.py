"""Periodic jobs that drive the reminders. The rows are the schedule, not this."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from programme.model.zones import Zone

Job = Callable[[], Awaitable[None]]


def start_ticks(jobs: Mapping[str, tuple[Job, timedelta]]) -> AsyncIOScheduler:
    """Run each named job at once and then every so often, on the running event loop.

    Runs that came too late are made up for by one, and no job overlaps itself. A job that fails is logged
    and runs again at its next turn. Stop with `shutdown(wait=False)`.
    """
    scheduler = AsyncIOScheduler(
        timezone=Zone.WIB.tz,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for name, (job, every) in jobs.items():
        now_and_then = OrTrigger([DateTrigger(), IntervalTrigger(seconds=every.total_seconds())])
        scheduler.add_job(_run, now_and_then, args=(job,), id=name, name=name)
    scheduler.start()
    return scheduler


async def _run(job: Job) -> None:
    with suppress(CancelledError):  # stopped in the middle: its transaction is rolled back, and run at the next start
        await job()
