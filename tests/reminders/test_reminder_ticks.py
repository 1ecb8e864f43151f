"""The clockwork runs each job at once and goes on by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from reminders.ticks import start_ticks


async def test_each_job_runs_at_once():
    """A restart sweeps immediately, whatever the interval."""
    ran = asyncio.Event()

    async def sweep() -> None:
        ran.set()

    ticks = start_ticks({"sweep": (sweep, timedelta(hours=1))})
    try:
        await asyncio.wait_for(ran.wait(), 60)
    finally:
        ticks.shutdown(wait=False)


async def test_a_failure_does_not_stop_the_ticks():
    """A job that fails runs again at its next turn."""
    runs = 0
    again = asyncio.Event()

    async def sweep() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise ConnectionError("the database is away")
        again.set()

    ticks = start_ticks({"sweep": (sweep, timedelta(milliseconds=20))})
    try:
        await asyncio.wait_for(again.wait(), 60)
    finally:
        ticks.shutdown(wait=False)


async def test_late_runs_become_one_and_none_overlaps():
    """The settings that keep a late run from being dropped in silence."""

    async def sweep() -> None:
        pass

    ticks = start_ticks({"sweep": (sweep, timedelta(hours=1))})
    try:
        (job,) = ticks.get_jobs()
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
        assert str(ticks.timezone) == "Asia/Jakarta"
    finally:
        ticks.shutdown(wait=False)


async def test_stopping_in_the_middle_of_a_job_is_no_failure(caplog):
    """Its transaction is rolled back; the next start runs it again."""
    began, ended = asyncio.Event(), asyncio.Event()

    async def sweep() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    ticks = start_ticks({"sweep": (sweep, timedelta(hours=1))})
    await asyncio.wait_for(began.wait(), 60)
    ticks.shutdown(wait=False)
    await asyncio.wait_for(ended.wait(), 60)
    await asyncio.sleep(0)
    assert not caplog.records
