"""A programme's whole crowd in a store: waves, zones, milestones, reminders and traces, as they would lie there.

Set-based, past the store: ten million people in SQLite in a few minutes. One in ten belongs to the wave under way.
"""

# ruff: noqa: S608 - the statements are put together from words of this file alone

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import psycopg
from sqlalchemy import make_url

from bot.store import open_store
from tests.postgres import new_database

FIRST_WAVE, WAVES = 12, 10
WAVE = FIRST_WAVE + WAVES - 1
"""The wave that is under way: the last tenth of the people."""

_ADDRESS = 1_000_000_000
_SQLITE = {
    "numbers": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})",
    "heard": "datetime('2021-09-22', (i % 600) || ' hours') || '.000000'",
    "soon": "datetime('2021-10-18 03:00:00', (i % 4000) || ' minutes') || '.000000'",
    "day": "date('2021-03-01', (i * 200 / {people}) || ' days')",
    "hash": "lower(hex(randomblob(32)))",
    "digest": "randomblob(32)",
}
_POSTGRESQL = {
    "numbers": "WITH n(i) AS (SELECT generate_series(CAST(1 AS bigint), {people}))",
    "heard": "TIMESTAMPTZ '2021-09-22 00:00+00' + (i % 600) * INTERVAL '1 hour'",
    "soon": "TIMESTAMPTZ '2021-10-18 03:00+00' + (i % 4000) * INTERVAL '1 minute'",
    "day": "DATE '2021-03-01' + CAST(i * 200 / {people} AS integer)",
    "hash": "md5(CAST(i AS text)) || md5(CAST(-i AS text))",
    "digest": "decode(md5(CAST(i AS text)) || md5(CAST(-i AS text)), 'hex')",
}
_PROGRESS = (
    'INSERT INTO progress (participant, milestone, "on", platform, source, noted_at) {numbers} '
    "SELECT i, '%s', {day}, NULL, '%s', {heard} FROM n"
)
_STATEMENTS = (
    "INSERT INTO participants (id, name, language, zone, wave, passed_on, official, joined_at, welcomed, "
    "reminder_level, reminder_hour, phone_hash) {numbers} SELECT i, 'Peserta ' || i, "
    "CASE WHEN i % 50 = 0 THEN 'en' ELSE 'id' END, "
    "CASE WHEN i % 10 < 7 THEN 'WIB' WHEN i % 10 < 9 THEN 'WITA' ELSE 'WIT' END, "
    f"{FIRST_WAVE} + (i - 1) * {WAVES} / {{people}}, {{day}}, i % 4 = 0, {{heard}}, true, 'all', "
    "CASE WHEN i % 20 = 0 THEN 19 END, CASE WHEN i % 3 = 0 THEN {hash} END FROM n",
    # People come in no order of their Telegram ids: a step that shares no factor with the range scatters them.
    "INSERT INTO addresses (participant, channel, address, heard_at, reachable) {numbers} SELECT i, 'telegram', "
    f"CAST({_ADDRESS} + i * 7919 % 1000000007 AS text), {{heard}}, i % 40 > 0 FROM n",
    _PROGRESS % ("passed", "self"),
    _PROGRESS % ("bought", "self") + " WHERE i * 10 < {people} * 9 AND i % 10 > 0",
    _PROGRESS % ("completed", "official") + " WHERE i * 10 < {people} * 9 AND i % 10 > 3",
    "INSERT INTO reminder_rows (participant, at) {numbers} SELECT i, {soon} FROM n WHERE i * 10 > {people} * 9",
    "INSERT INTO deliveries (participant, source, kind, due_at, state, attempt, failures, via_channel, closed_at, "
    "provider_id) {numbers} SELECT i, 'reminder/' || i % 7, 2, {heard}, 'sent', 1, 0, 'telegram', {heard}, "
    "CAST(i AS text) FROM n WHERE i % 2 = 0",
    "INSERT INTO inbox (digest, at, handled_at) {numbers} SELECT {digest}, {heard}, {heard} FROM n WHERE i % 5 = 0",
)


def address_of(person: int) -> str:
    """Return where the person writes from, on Telegram."""
    return str(_ADDRESS + person * 7919 % 1_000_000_007)


def last_tenth(people: int) -> range:
    """Return the ids of the people of `WAVE`, each with a reminder to come."""
    return range(people * (WAVES - 1) // WAVES + 1, people + 1)


@asynccontextmanager
async def a_crowd(people: int, server: str | None = None) -> AsyncIterator[str]:
    """Yield the address of a database with so many people: a file, or one on a PostgreSQL server."""
    with _a_database(people, server) as url:
        store = open_store(url)
        await store.prepare()
        await store.close()
        await asyncio.to_thread(_fill if server is None else _fill_postgresql, url, people)
        yield url


@contextmanager
def _a_database(people: int, server: str | None) -> Iterator[str]:
    if server is not None:
        with new_database(server, f"people_{people}", durable=True) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        yield f"sqlite:///{place}/crowd.db"


def _fill(url: str, people: int) -> None:
    """Put `people` into a migrated, empty SQLite file; its indexes are made at the end."""
    connection = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1500000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
    later = indexes.fetchall()
    for name, _ in later:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("BEGIN")
    for statement in _statements(_SQLITE, people):
        connection.execute(statement)
    for _, create in later:
        connection.execute(create)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _fill_postgresql(url: str, people: int) -> None:
    """Put `people` into a migrated, empty PostgreSQL database."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _statements(_POSTGRESQL, people):
            connection.execute(statement.encode())
        connection.execute("VACUUM ANALYZE")


def _statements(words: dict[str, str], people: int) -> list[str]:
    spoken = {name: phrase.format(people=people) for name, phrase in words.items()}
    return [statement.format(people=people, **spoken) for statement in _STATEMENTS]
