"""An import is worked at in a process of its own, below everybody else."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import pytest

from bot.app import import_process
from bot.app.import_process import work_apart
from bot.importing.lists import Office
from bot.store import Store
from programme.model.clock import SystemClock
from programme.model.imports import ImportState
from tests.importing.ordering import SARI, Desk


async def test_another_process_does_the_work(
    kept: Store, office: Office, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds store, folder and secret as this one did; what is cancelled ends, and is free for the next."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SOBAT_SECRET", "kJ8x2LqP9wZr4TnVb7Yc")
    monkeypatch.setenv("CONSOLE_FOLDER", str(tmp_path / "lists"))
    kept.clock = SystemClock()
    desk = Desk(kept, office, tmp_path / "lists")
    desk.queue.run = work_apart
    content = b"phone,wave\n081234567890,21\n"
    async with kept.writing() as tx:
        one = await desk.orders.bring(tx, SARI, "roster", "lolos.csv", len(content))
    desk.folder.append(one, 0, content)
    async with kept.writing() as tx:
        await desk.orders.add(tx, one.id, 0, len(content))
    working = asyncio.ensure_future(desk.queue.work())
    await asyncio.sleep(0)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    await desk.queue.work()
    found = await desk.one(one.id)
    assert found.state is ImportState.COLUMNS
    assert found.columns is not None
    assert found.columns["places"] == {"phone": 0, "wave": 1}


def test_a_process_without_room_says_that_it_was_not_the_lists_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(_number: int, _lease: str) -> None:
        raise ExceptionGroup("both", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))])

    monkeypatch.setattr(import_process, "_work", work)
    assert import_process._ending(1, "lease") == os.EX_TEMPFAIL
