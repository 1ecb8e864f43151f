"""PostgreSQL builds indexes on large tables while others write, and builds again what was cut off."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from bot.store.engine import migrate
from bot.store.engine.engines import database
from tests.databases import MONDAY

pytestmark = pytest.mark.postgres

NAME = "ix_progress_bought"
PERSON = (
    "INSERT INTO participants (id, language, welcomed, official, reminder_level, joined_at) "
    "VALUES (%s, 'id', false, false, 'all', now())"
)
STEP = "INSERT INTO progress (participant, milestone, source, noted_at) VALUES (%s, 'bought', 'self', %s)"
VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"
WAITS = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%%' AND wait_event_type = 'Lock'"


async def test_others_write_while_an_index_is_built(postgres_url: str) -> None:
    """The build waits for a writer that was there first, and lets one through that comes after."""
    address = postgres_url.replace("+psycopg", "")
    first = await psycopg.AsyncConnection.connect(address)
    other = await psycopg.AsyncConnection.connect(address, autocommit=True)
    async with first, other:
        await other.execute(f"DROP INDEX IF EXISTS {NAME}")
        for person in (1, 2):
            await other.execute(PERSON, (person,))
        await first.execute(STEP, (1, MONDAY))
        building = asyncio.ensure_future(migrate.upgrade(database(postgres_url)))
        while (await (await other.execute(WAITS)).fetchone()) is None:
            assert not building.done()
            await asyncio.sleep(0.02)
        await other.execute("SET lock_timeout = '3s'")
        await other.execute(STEP, (2, MONDAY))
        await first.commit()
        await building
        assert await (await other.execute(VALID, (NAME,))).fetchone() == (True,)


async def test_a_build_that_was_cut_off_is_done_again(postgres_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
        broken = f"UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{NAME}'::regclass"  # noqa: S608 - ours
        await other.execute(broken)
        await migrate.upgrade(database(postgres_url))
        assert await (await other.execute(VALID, (NAME,))).fetchone() == (True,)
