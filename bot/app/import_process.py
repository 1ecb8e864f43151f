"""Work at one import in a process of its own, below everybody else: pages answer meanwhile, a bomb ends it alone."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import sys
from asyncio.subprocess import Process
from pathlib import Path
from typing import Final

from rich.console import Console

from bot.app.error_groups import leaves
from bot.app.logs import hidden_in, set_up_logs
from bot.app.number_keys import open_keys
from bot.app.settings import DEFAULT_DATABASE, Settings, read_settings
from bot.editing.in_force import policy_of, programme_of
from bot.importing.folder import UploadFolder
from bot.importing.job import ImportJob
from bot.importing.lists import Office
from bot.importing.queue import NotItsFault
from bot.store import Store, open_store
from bot.store.repositories.imports import Claimed
from bot.store.unavailable import is_away, is_full
from programme.model.clock import SystemClock

_ROOM: Final = 3 << 30
"""Bytes of address space: a file that wants more is none that an office saved."""

_POLITE: Final = 10
_LEAVES_WITHIN: Final = 5.0


def upload_place(settings: Settings | None, store: Store) -> Path:
    """Return where uploaded lists lie: as set, else in a folder of the database's own."""
    if settings is not None and settings.console_folder is not None:
        return Path(settings.console_folder)
    return store.folder("impor")


async def work_apart(claimed: Claimed) -> None:
    """Work at an import in another process, until it has ended; whoever is cancelled ends it.

    Raises RuntimeError where it ended badly, and NotItsFault where there was no room: the import is begun again then.
    """
    words = [sys.executable, "-m", "bot.app.import_process", str(claimed.found.id), claimed.lease]
    process = await asyncio.create_subprocess_exec(*words)
    try:
        code = await process.wait()
    except BaseException:
        await asyncio.shield(_end(process))
        raise
    if code == os.EX_TEMPFAIL:
        raise NotItsFault(f"import {claimed.found.id} waits for room on the disk, or for the database")
    if code:
        raise RuntimeError(f"the process that worked at import {claimed.found.id} ended with {code}")


async def _end(process: Process) -> None:
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _LEAVES_WITHIN)
    except TimeoutError:
        process.kill()


async def _work(number: int, lease: str) -> None:
    settings = read_settings()
    set_up_logs(settings.log_format, settings.log_level, hidden_in(dict(settings)), Console(stderr=True))
    store = open_store(settings.database_url or DEFAULT_DATABASE)
    try:
        numbers = await open_keys(store, settings.secrets)
        programme, policy, clock = await programme_of(store), await policy_of(store), SystemClock()
        job = ImportJob(
            store,
            UploadFolder(upload_place(settings, store)),
            lambda who: Office(programme, policy, numbers, clock.now(), who),
        )
        async with store.reading() as tx:
            claimed = await tx.imports.claimed(number, lease)
        if claimed is not None:
            await job.work(claimed)
    finally:
        await store.close()


def _ending(number: int, lease: str) -> int:
    """Work, and return how to end: with 75 where there was no room or no store, which is not the list's fault."""
    try:
        asyncio.run(_work(number, lease))
    except Exception as error:
        if not any(is_full(leaf) or is_away(leaf) for leaf in leaves(error)):
            raise
        return os.EX_TEMPFAIL
    return os.EX_OK


def main() -> None:
    """Work at the import whose number and lease are given."""
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    os.nice(_POLITE)
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)  # rows come and go by the hundred thousand, few of them in a circle
    sys.exit(_ending(int(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
