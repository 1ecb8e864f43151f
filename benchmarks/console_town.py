"""A crowd on PostgreSQL with all that a helpdesk and an operator leave behind: complaints, broadcasts, acts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from sqlalchemy import update

from benchmarks.crowd import WAVE, a_crowd
from benchmarks.people import CUTOFF, MONDAY, WORDS
from bot.store import Store, open_store
from bot.store.schema.staff import broadcasts
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.model.clock import SetClock
from programme.model.messages import Message
from tests.postgres import postgres

TICKETS = 5_000
_ROSTER = (
    "INSERT INTO roster (phone_hash, wave, progress) SELECT md5(CAST(i AS text)), 12 + (i - 1) * 10 / {people}, "
    "CASE WHEN i % 3 = 0 THEN '[{{\"milestone\":\"bought\"}}]' ELSE '[]' END FROM generate_series(1, {people}) i"
)
_TICKETS = (
    "INSERT INTO tickets (participant, about, complaint, summary, heard, state, fence, opened_at, queued_at, "
    "closed_at, reopened, warned, shown_to, view_rank, view_turn) SELECT 1 + i % {people}, 'other', "
    "'Sudah beres ' || i, '', '', 'closed', 3, "
    "TIMESTAMPTZ '2021-06-01 00:00+00' + i * INTERVAL '30 s', TIMESTAMPTZ '2021-06-01 00:00+00', "
    "TIMESTAMPTZ '2021-06-02 00:00+00' + i * INTERVAL '30 s', 0, '', 0, 0, 1 FROM generate_series(1, 300000) i",
    "INSERT INTO tickets (participant, about, complaint, summary, heard, state, owner, fence, opened_at, queued_at, "
    "waits_since, cutoff, reopened, warned, shown_to, view_rank, view_turn) SELECT 1 + i * 7 % {people}, 'buying', "
    "'Saldo saya nol dan voucher gagal ' || i, '', '', CASE WHEN i % 2 = 0 THEN 'waiting' ELSE 'held' END, "
    "CASE WHEN i % 2 = 1 THEN 'telegram:' || i % 50 END, 1, TIMESTAMPTZ '2021-10-17 00:00+00' + i * INTERVAL '1 s', "
    "TIMESTAMPTZ '2021-10-17 00:00+00', TIMESTAMPTZ '2021-10-17 00:00+00', CASE WHEN i % 5 > 0 THEN "
    "TIMESTAMPTZ '2021-10-21 16:59:59+00' END, 0, '', 0, 0, 1 FROM generate_series(1, {tickets}) i",
    "INSERT INTO ticket_entries (participant, ticket, at, author, text) SELECT participant, id, opened_at, "
    "CASE WHEN j % 2 = 0 THEN 'person' ELSE 'agent' END, 'Halo ' || j FROM tickets, generate_series(1, 12) j "
    "WHERE state <> 'closed'",
    "INSERT INTO ticket_entries (participant, ticket, at, author, text) SELECT participant, id, opened_at, "
    "CASE WHEN j % 2 = 0 THEN 'person' ELSE 'agent' END, 'Saldo sudah masuk, nomor pesanan ' || id || ' kak' "
    "FROM tickets, generate_series(1, 4) j WHERE state = 'closed'",
    "ANALYZE ticket_entries",
    "INSERT INTO audit (at, who, act, subject, details) SELECT now(), 'telegram:' || i % 50, 'ticket.jawab', "
    "'ticket/' || i % 5000, '{{}}' FROM generate_series(1, 200000) i",
    "UPDATE tickets SET labels = ' tokopedia ', put_off_to = TIMESTAMPTZ '2021-10-19 00:00+00' WHERE id % 9 = 0 "
    "AND state <> 'closed'",
    "INSERT INTO incidents (about, opened_at, told, spread) VALUES ('buying', TIMESTAMPTZ '2021-10-18 00:00+00', "
    "0, true)",
    "UPDATE tickets SET incident = 1 WHERE id % 3 = 0 AND state <> 'closed'",
    "UPDATE participants SET name = (ARRAY['Siti', 'Budi', 'Sinta', 'Agus', 'Dewi', 'Rina'])[1 + id % 6] || ' ' || id, "
    "phone_tail = lpad(CAST(id % 1000 AS text), 3, '0')",
    "UPDATE deliveries SET source = 'reminder/21/2021-10-21/H-3' WHERE id % 3 = 0",
    "INSERT INTO misses (folded, text, guess, confidence, times, last_at) SELECT 'apa itu ' || i, "
    "'Apa itu ' || i || ' kak', 'greet', 0.2, 1 + i % 9, TIMESTAMPTZ '2021-10-17 00:00+00' "
    "FROM generate_series(1, 20000) i",
    "INSERT INTO missed_by (miss, participant) SELECT i, 1 + i * 7 % {people} FROM generate_series(1, 20000) i",
    "INSERT INTO imports (list, state, version, file, size, author, created_at, changed_at, changes, kept, undone, "
    "\"left\", done, total, tries) SELECT 'roster', 'kept', 7, i || '.csv', 1000, 'telegram:1', "
    "TIMESTAMPTZ '2021-09-01 00:00+00' + i * INTERVAL '1 h', TIMESTAMPTZ '2021-09-01 00:00+00' + i * INTERVAL '1 h', "
    "9, 9, 0, 0, 9, 9, 0 FROM generate_series(1, 400) i",
    "INSERT INTO programme_edits (file, row, field, value, source, as_of, state, proposed_by, proposed_at, reason, "
    "decided_by, decided_at) SELECT 'waves.tsv', '21', 'source', 'x' || i, 'x', '2021-10-01', 'rejected', "
    "'telegram:1', TIMESTAMPTZ '2021-10-01 00:00+00', 'x', 'telegram:2', TIMESTAMPTZ '2021-10-01 00:00+00' "
    "FROM generate_series(1, 400) i",
)
_SENT = (
    "INSERT INTO broadcast_deliveries (broadcast, participant, state, attempt, failures, via_channel, closed_at) "
    "SELECT {number}, id, CASE WHEN mod(id, 50) = 0 THEN 'failed' ELSE 'sent' END, 1, 0, 'telegram', "
    "TIMESTAMPTZ '2021-10-18 01:00+00' FROM participants WHERE wave = {wave} AND mod(id, 2) = 0"
)
"""Half of a wave has a broadcast by now."""


@asynccontextmanager
async def a_town(people: int) -> AsyncIterator[tuple[str, Store]]:
    """Yield the address of such a database, and a store on it."""
    with postgres(durable=True) as server:
        async with a_crowd(people, server) as url:
            with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
                for statement in (_ROSTER, *_TICKETS):
                    connection.execute(statement.format(people=people, tickets=TICKETS).encode())
                connection.execute("VACUUM ANALYZE")
            store = open_store(url, SetClock(MONDAY))
            await _broadcasts(store)
            yield url, store
            await store.close()


async def _broadcasts(store: Store) -> None:
    """Put sixty broadcasts there, of which the last is under way."""
    async with store.writing() as tx:
        for day in range(60):
            text = f"Kabar {day}: {WORDS.text}"
            draft = Draft(audience=Audience(waves=(WAVE,)), messages={"id": Message(text)}, not_after=CUTOFF)
            number = await tx.broadcasts.add(
                draft,
                author="telegram:1",
                origin=f"bench/{day}",
                state=BroadcastState.RUNNING,
                expected=100_000,
                exclusions=Exclusions(),
            )
            if day < 59:
                done = {"state": BroadcastState.DONE, "planned_all": True, "finished_at": MONDAY, "twin": None}
                await tx.connection.execute(update(broadcasts).where(broadcasts.c.id == number).values(done))
        await tx.connection.exec_driver_sql(_SENT.format(number=number, wave=WAVE))
        await tx.connection.execute(
            update(broadcasts).where(broadcasts.c.id == number).values(planned=50_000, planned_to=950_000)
        )
