"""One process serves an SQLite file: what a dead one had in hand is free at once, and what happened is noted first."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import UnitOfWork, open_store
from bot.store.engine.sole_process import ServedAlready
from bot.store.engine.writer_turn import WriterTurn
from tests.databases import at
from tests.store.samples import MINUTE, MONDAY, claim, meet, owed

HOLD = """
import sys, time
from bot.store import open_store
open_store(sys.argv[1]).hold()
print(1, flush=True)
time.sleep(60)
"""


def test_a_second_process_is_told_who_serves(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/sobat.db"
    first, second = open_store(url), open_store(url)
    assert first.hold()
    with pytest.raises(ServedAlready, match=str(os.getpid())):
        second.hold()
    asyncio.run(first.close())
    assert second.hold()
    asyncio.run(second.close())


def test_a_killed_process_lets_the_next_one_in(tmp_path: Path) -> None:
    """The lock dies with it, whatever lies on the disk."""
    url = f"sqlite:///{tmp_path}/sobat.db"
    words = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as holder:  # noqa: S603 - our own words
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"1\n"
        with pytest.raises(ServedAlready):
            open_store(url).hold()
        holder.kill()
    store = open_store(url)
    assert store.hold()
    asyncio.run(store.close())


def test_several_may_serve_where_leases_have_to_run_out() -> None:
    """PostgreSQL, and what lives in memory."""
    assert not open_store(None).hold()
    assert not open_store("postgresql://u:p@h/d").hold()


async def test_what_a_dead_process_had_in_hand_is_due_at_once(tx: UnitOfWork) -> None:
    """As at the end of its lease: it counts as a failure, so that what kills its process is given up some day."""
    person = await meet(tx)
    await tx.outbox.put([owed(person)])
    [held] = await claim(tx)
    assert await claim(tx, MONDAY + MINUTE / 2) == []
    assert await at(tx, MONDAY + MINUTE / 2).free_leases() == 1
    [again] = await claim(tx, MONDAY + MINUTE / 2)
    assert (again.id, again.attempt) == (held.id, held.attempt + 1)


async def test_what_has_happened_is_noted_before_anything_is_decided() -> None:
    turn, order = WriterTurn(), []

    async def have(name: str, *, first: bool = False) -> None:
        async with turn.held(first=first):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        for name in ("one", "two", "three"):
            tasks.create_task(have(name))
        await asyncio.sleep(0)
        tasks.create_task(have("settlement", first=True))
    assert order == ["one", "settlement", "two", "three"]


async def test_whoever_gives_up_waiting_holds_up_nobody() -> None:
    turn, order = WriterTurn(), []

    async def have(name: str) -> None:
        async with turn.held(first=False):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(have(name)) for name in ("one", "two", "three")]
        await asyncio.sleep(0)
        waiting[1].cancel()
    assert order == ["one", "three"]


async def test_the_loop_breathes_between_two_decisions() -> None:
    """A hundred decisions that wait for nothing are not one piece."""
    turn, breaths = WriterTurn(), 0

    async def breathe() -> None:
        nonlocal breaths
        while True:
            breaths += 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        breathing = tasks.create_task(breathe())
        for _ in range(100):
            async with turn.held(first=False):
                pass
        breathing.cancel()
    assert breaths >= 99
