"""A programme's whole crowd in an SQLite file: waves, zones, milestones, reminders and traces, as they would lie there.

Set-based, past the store: ten million people in a minute or two. One in ten belongs to the wave that is under way.
"""

# ruff: noqa: S608 - the statements are put together from words of this file alone

from __future__ import annotations

import sqlite3
from pathlib import Path

FIRST_WAVE, WAVES = 12, 10
WAVE = FIRST_WAVE + WAVES - 1
"""The wave that is under way: the last tenth of the people."""

_ADDRESS = 1_000_000_000
_HEARD = "datetime('2021-09-22', (i % 600) || ' hours') || '.000000'"
_DAY = "date('2021-03-01', (i * 200 / :people) || ' days')"
_STATEMENTS = (
    "INSERT INTO participants (id, name, language, zone, wave, passed_on, official, joined_at, welcomed, "
    "reminder_level, reminder_hour, phone_hash) SELECT i, 'Peserta ' || i, iif(i % 50 = 0, 'en', 'id'), "
    "iif(i % 10 < 7, 'WIB', iif(i % 10 < 9, 'WITA', 'WIT')), "
    f"{FIRST_WAVE} + (i - 1) * {WAVES} / :people, {_DAY}, i % 4 = 0, {_HEARD}, 1, 'all', "
    "iif(i % 20 = 0, 19, NULL), iif(i % 3 = 0, lower(hex(randomblob(32))), NULL) FROM n",
    # People come in no order of their Telegram ids: a step that shares no factor with the range scatters them.
    "INSERT INTO addresses (participant, channel, address, heard_at, reachable) SELECT i, 'telegram', "
    f"CAST({_ADDRESS} + i * 7919 % 1000000007 AS TEXT), {_HEARD}, i % 40 > 0 FROM n",
    "INSERT INTO progress (participant, milestone, \"on\", platform, source, noted_at) SELECT i, 'passed', "
    f"{_DAY}, NULL, 'self', {_HEARD} FROM n",
    "INSERT INTO progress (participant, milestone, \"on\", platform, source, noted_at) SELECT i, 'bought', "
    f"{_DAY}, 'tokopedia', 'self', {_HEARD} FROM n WHERE i * 10 < :people * 9 AND i % 10 > 0",
    "INSERT INTO progress (participant, milestone, \"on\", platform, source, noted_at) SELECT i, 'completed', "
    f"{_DAY}, NULL, 'official', {_HEARD} FROM n WHERE i * 10 < :people * 9 AND i % 10 > 3",
    "INSERT INTO reminder_rows (participant, at) SELECT i, datetime('2021-10-18 03:00:00', (i % 4000) || ' minutes') "
    "|| '.000000' FROM n WHERE i * 10 > :people * 9",
    "INSERT INTO deliveries (participant, source, kind, due_at, state, attempt, failures, via_channel, "
    "closed_at, provider_id) SELECT i, 'reminder/' || i % 7, 2, '2021-10-10 02:00:00.000000', 'sent', 1, "
    f"0, 'telegram', {_HEARD}, CAST(i AS TEXT) FROM n WHERE i % 2 = 0",
    f"INSERT INTO inbox (digest, at, handled_at) SELECT randomblob(32), {_HEARD}, {_HEARD} FROM n WHERE i % 5 = 0",
)


def address_of(person: int) -> str:
    """Return where the person writes from, on Telegram."""
    return str(_ADDRESS + person * 7919 % 1_000_000_007)


def last_tenth(people: int) -> range:
    """Return the ids of the people of `WAVE`, each with a reminder to come."""
    return range(people * (WAVES - 1) // WAVES + 1, people + 1)


def fill(path: Path, people: int) -> None:
    """Put `people` into a migrated, empty store."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) "
    with sqlite3.connect(path, isolation_level=None) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1500000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
        later = indexes.fetchall()
        for name, _ in later:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        for statement in _STATEMENTS:
            into, _, rest = statement.partition(" SELECT ")
            connection.execute(f"{into} {numbers} SELECT {rest}", {"people": people})
        for _, create in later:
            connection.execute(create)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
