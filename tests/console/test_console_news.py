"""Whoever has a page open sees a change within a second: PostgreSQL tells of it, SQLite is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import Connection, Executable, Table, event
from sqlalchemy.sql import visitors

from bot.console import live as live_module
from bot.console.live import Listener, Live, desk_version
from bot.store import Store, open_store
from programme.model.clock import SetClock
from programme.model.tickets import Ticket
from tests.store.samples import MONDAY, meet


@dataclass
class Page:
    """An open page: how often it was told to look again."""

    told: int = 0
    _hears: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self) -> None:
        self.told += 1
        self._hears.set()

    async def hears(self) -> None:
        """Return at the next time that it is told."""
        await asyncio.wait_for(self._hears.wait(), 20)
        self._hears.clear()


@asynccontextmanager
async def looking(store: Store) -> AsyncIterator[Page]:
    """A page that is open and knows how things stand."""
    live, page = Live(store), Page()
    live.subscribe(Listener(page.hear))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(live.run())
        await page.hears()
        yield page
        running.cancel()


async def complain(store: Store, who: str) -> None:
    async with store.writing() as tx:
        await tx.tickets.open(ticket_of(await meet(tx, who), tx.now))


def ticket_of(person: int, now: datetime) -> Ticket:
    return Ticket(id=0, participant=person, about="other", opened_at=now, queued_at=now)


async def test_a_page_hears_of_what_another_process_did(store: Store) -> None:
    """Within a second, on both databases; the page looks once for one change."""
    async with looking(store) as page:
        began = asyncio.get_running_loop().time()
        await complain(store, "siti")
        await page.hears()
        assert asyncio.get_running_loop().time() - began < live_module.EVERY * 3, "a busy machine takes longer"
        assert page.told == 2


async def test_postgresql_tells_and_is_not_looked_at(postgres_url: str) -> None:
    """News comes with the commit; what was rolled back, or belongs to nobody's page, is no news."""
    store = open_store(postgres_url)
    async with store.news() as news:
        with suppress(RuntimeError):
            async with store.writing() as tx:
                await tx.tickets.open(ticket_of(await meet(tx, "siti"), tx.now))
                raise RuntimeError
        async with store.writing() as tx:
            await meet(tx, "budi")
        assert not await news.come(0)
        await complain(store, "wati")
        assert await news.come(20)
        assert not await news.come(0)
    await store.close()


_CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE query LIKE 'LISTEN%' AND datname = current_database()
"""
"""Ends who listens here; other tests listen at the same server."""


async def test_a_listener_comes_back(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database ends the connection: it listens anew, and what happened meanwhile is seen."""
    monkeypatch.setattr(live_module, "EVERY", 0.05)
    store = open_store(postgres_url)
    async with looking(store) as page:
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(_CUT)
        await complain(store, "siti")
        await page.hears()
    await store.close()


async def test_who_is_not_told_looks(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a change is found that nobody told of, as behind a pooler, it is looked each time until told again."""
    monkeypatch.setattr(live_module, "RESTS", 3)
    live, page, told_at = Live(store), Page(), list[int]()

    class Deaf:
        tells, times = True, 0

        async def come(self, within: float) -> bool:
            assert within == live_module.EVERY
            told_at.append(page.told)
            self.times += 1
            if self.times in {4, 7, 9}:
                await complain(store, f"number {self.times}")
            if self.times == 11:
                raise asyncio.CancelledError
            return self.times == 8

    live.subscribe(Listener(page.hear))
    with pytest.raises(asyncio.CancelledError):
        await live._listen(Deaf())
    assert told_at == [1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3], "the fourth waits for the third rest, the seventh for nothing"


async def test_what_comes_back_by_the_hour_is_not_looked_for_each_second(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A complaint that was put off returns: open pages hear of it, and the rests go on."""
    monkeypatch.setattr(live_module, "RESTS", 3)
    store.clock = clock = SetClock(MONDAY)
    async with store.writing() as tx:
        put_off = ticket_of(await meet(tx, "siti"), tx.now)
        await tx.tickets.open(replace(put_off, put_off_to=MONDAY + timedelta(hours=1)))
    live, page, looks = Live(store), Page(), list[bool]()
    look = live.look

    async def looked() -> bool:
        looks.append(await look())
        return looks[-1]

    class Quiet:
        tells, times = True, 0

        async def come(self, within: float) -> bool:
            self.times += 1
            if self.times == 2:
                clock.set(MONDAY + timedelta(hours=2))
            if self.times == 10:
                raise asyncio.CancelledError
            return False

    live.subscribe(Listener(page.hear))
    monkeypatch.setattr(Live, "look", lambda _self: looked())
    with pytest.raises(asyncio.CancelledError):
        await live._listen(Quiet())
    assert page.told == 2
    assert looks == [False] * 4, "at first, and after each third rest"


async def test_all_that_is_told_has_a_trigger(postgres_url: str) -> None:
    """Every table that the staff's pages are told of tells: whoever adds one to the look adds its trigger, too."""
    store, looked_at = open_store(postgres_url), set[str]()

    def note(_connection: Connection, statement: Executable, *_: object) -> None:
        looked_at.update(each.name for each in visitors.iterate(statement) if isinstance(each, Table))

    event.listen(store._reader.sync_engine, "before_execute", note)
    async with store.reading() as tx:
        await desk_version(tx)
        rows = await tx.connection.exec_driver_sql("SELECT event_object_table FROM information_schema.triggers")
        told = {name for (name,) in rows}
    await store.close()
    assert {"tickets", "ticket_entries"} <= looked_at <= told


async def test_a_page_hears_of_what_changed_while_it_was_not_there(store: Store) -> None:
    """Between being drawn and being connected, and while its line was cut: but once, and of nothing that it knows."""
    live, first, second = Live(store), Page(), Page()
    live.subscribe(Listener(first.hear))
    await live.look()
    drawn_from = live.seen[desk_version]
    await complain(store, "siti")
    await live.look()
    listener = Listener(second.hear, seen=drawn_from)
    leave = live.subscribe(listener)
    assert (await live.look(), second.told) == (False, 1)
    leave()
    await complain(store, "budi")
    await live.look()
    live.subscribe(listener)
    await live.look()
    live.subscribe(Listener(second.hear, seen=live.seen[desk_version]))
    await live.look()
    assert (first.told, second.told) == (3, 2)


async def test_a_page_that_fails_keeps_no_news_from_others(store: Store) -> None:
    """What goes wrong in one open page is told at the next look to those behind it."""
    live, page = Live(store), Page()

    async def fail() -> None:
        raise RuntimeError

    live.subscribe(Listener(fail))
    live.subscribe(Listener(page.hear))
    with pytest.raises(RuntimeError):
        await live.look()
    await live.look()
    assert page.told == 1
