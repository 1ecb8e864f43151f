"""Two processes of each role on one PostgreSQL: one of each may die, and nobody who writes or waits notices."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, insert, make_url, select, update

from bot.app.processes import TAKE_UP_EVERY
from bot.store import Store, open_store
from bot.store.schema.people import addresses, participants
from bot.store.schema.traffic import broadcast_deliveries, deliveries, reminder_rows
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.model.clock import SystemClock
from programme.model.messages import Message
from programme.model.participants import ReminderLevel
from tests.databases import at
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.telegram_user import FakeUser
from tests.processes.crew import Crew, until

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("processes")]

PEOPLE, PLANNED = range(1, 241), range(1, 31)
"""Who is in wave 21, and who of them planned to buy a while ago."""

NEWS = "Kabar baru untuk gelombang 21"
CONFLICT = "stop one of the two"


def _address(person: int) -> int:
    return 1000 + person


async def _settle(store: Store, api: FakeBotApi) -> None:
    """People who are owed a reminder by now, and a broadcast that is to begin."""
    now = SystemClock().now()
    planned = now - timedelta(minutes=5)
    person = {"language": "id", "wave": 21, "official": False, "welcomed": True, "joined_at": now}
    person |= {"reminder_level": ReminderLevel.ALL, "plan_at": None}
    place = {"channel": "telegram", "heard_at": now, "reachable": True}
    async with at(store, now).writing() as tx:
        connection = tx.connection
        await connection.execute(insert(participants), [{"id": each, **person} for each in PEOPLE])
        plans = update(participants).where(participants.c.id.in_(PLANNED)).values(plan_at=planned, wave=None)
        await connection.execute(plans)
        rows = [{"participant": each, "address": str(_address(each)), **place} for each in PEOPLE]
        await connection.execute(insert(addresses), rows)
        await connection.execute(insert(reminder_rows), [{"participant": each, "at": planned} for each in PLANNED])
        await tx.broadcasts.add(
            Draft(audience=Audience(waves=(21,)), messages={"id": Message(NEWS)}, starts_at=now),
            author="telegram/901",
            origin="test",
            state=BroadcastState.SCHEDULED,
            expected=len(PEOPLE) - len(PLANNED),
            exclusions=Exclusions(),
        )
        await connection.execute(select(func.setval("participants_id_seq", len(PEOPLE))))
    for each in PEOPLE:
        api.user(_address(each))


def _heard(api: FakeBotApi, part: str) -> Counter[int]:
    """How often each person got a message with `part` in it."""
    heard = {each: sum(part in seen.text for seen in api.user(_address(each)).messages) for each in PEOPLE}
    return Counter(heard)


async def _open(store: Store) -> dict[str, set[int]]:
    """Who still has a delivery open, by its state."""
    async with store.reading() as tx:
        found: dict[str, set[int]] = {"pending": set(), "leased": set()}
        for table in (deliveries, broadcast_deliveries):
            asked = select(table.c.state, table.c.participant).where(table.c.open_at.is_not(None))
            for state, participant in await tx.connection.execute(asked):
                found[state].add(participant)
        return found


async def _two_minutes_later(store: Store) -> None:
    """Let the leases of the dead run out."""
    async with store.writing() as tx:
        for table in (deliveries, broadcast_deliveries):
            leased = update(table).where(table.c.state == "leased")
            await tx.connection.execute(leased.values(open_at=SystemClock().now()))


async def test_one_of_each_dies_and_nothing_is_lost_or_said_twice(postgres_url: str, tmp_path: Path) -> None:
    """Talk through both web processes, reminders by two schedulers, a broadcast by two workers."""
    store = open_store(postgres_url)
    async with FakeBotApi() as api, Crew(api, postgres_url, tmp_path) as crew:
        await _settle(store, api)
        early, late = [api.user(number) for number in range(71, 75)], [api.user(number) for number in range(75, 79)]
        await crew.start("web-1", "web-2", "worker-1", "worker-2", "scheduler-1", "scheduler-2")
        await crew.ready("web-1", "web-2")
        await _begin(early)

        async def under_way() -> bool:
            return _heard(api, NEWS).total() > 40

        await until(under_way)
        await crew.kill("worker-1")
        await crew.kill("scheduler-1")
        for each in late:
            await each.says("/start g21")
        await crew.kill("web-1")
        for each in early:
            await each.presses("WIB")
        for each in early:
            await each.hears("sudah lewat", within=60)
        for each in late:
            await each.hears("Gelombang 21", within=60)
        in_flight = await _left_by_the_dead(store)
        await _two_minutes_later(store)

        async def nothing_left() -> bool:
            return not any((await _open(store)).values())

        await until(nothing_left)
        assert [await crew.stop(name) for name in ("web-2", "worker-2", "scheduler-2")] == [0, 0, 0]
        news, reminders = _heard(api, NEWS), _heard(api, "pengingat yang kamu minta")
        assert {each for each in PEOPLE if news[each]} == set(PEOPLE) - set(PLANNED)
        assert {each for each in PEOPLE if reminders[each]} == set(PLANNED)
        assert {each for each, times in (news + reminders).items() if times > 1} <= in_flight
        assert not any(map(_twice_told, (*early, *late)))
        assert "Traceback" not in crew.said
    await store.close()


async def test_of_two_that_poll_each_takes_over_from_the_other(postgres_url: str, tmp_path: Path) -> None:
    """Telegram serves one poll at a time: they take turns, say so, and nobody is answered twice."""
    async with FakeBotApi() as api, Crew(api, postgres_url, tmp_path, webhook=False) as crew:
        early, late = [api.user(number) for number in range(71, 75)], [api.user(number) for number in range(75, 79)]
        await crew.start("web-1", "web-2")
        await crew.ready("web-1", "web-2")
        await _begin(early)

        async def conflict_told() -> bool:
            return CONFLICT in crew.said

        await until(conflict_told)
        await crew.kill("web-1")
        await _begin(late)
        assert await crew.stop("web-2") == 0
        assert not any(map(_twice_told, (*early, *late)))
        assert "Traceback" not in crew.said


async def test_a_database_that_goes_away_is_waited_for(postgres_url: str, tmp_path: Path) -> None:
    """Nobody's process ends; who wrote meanwhile is answered once it is back, and what was due goes out."""
    async with FakeBotApi() as api, Crew(api, postgres_url, tmp_path) as crew:
        early, late = [api.user(number) for number in range(71, 74)], [api.user(number) for number in range(75, 78)]
        await crew.start("web-1", "worker-1", "scheduler-1")
        await crew.ready("web-1")
        await crew.serving("worker-1", "scheduler-1")
        await _begin(early)
        with _away(postgres_url):
            for each in late:
                await each.says("/start g21")
            await asyncio.sleep(1.5 * TAKE_UP_EVERY)  # each process has tried in vain by then
        for each in late:
            await each.hears("Gelombang 21", within=60)
        assert [await crew.stop(name) for name in ("web-1", "worker-1", "scheduler-1")] == [0, 0, 0]
        assert not any(map(_twice_told, (*early, *late)))
        assert "Traceback" not in crew.said, "a line now and then is enough"


@contextmanager
def _away(url: str) -> Iterator[None]:
    """Let nobody into the database, and throw out who is there."""
    name = make_url(url).database
    server = make_url(url).set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


def _twice_told(person: FakeUser) -> list[str]:
    return [text for text, times in Counter(seen.text for seen in person.messages).items() if times > 1]


async def _begin(people: list[FakeUser]) -> None:
    for each in people:
        await each.says("/start g21")
    for each in people:
        await each.hears("Gelombang 21", within=60)


async def _left_by_the_dead(store: Store) -> set[int]:
    """Who was in the hands of a killed worker: leased, once the living have settled all of theirs."""

    async def at_rest() -> bool:
        before = await _open(store)
        await asyncio.sleep(1)  # the living settle four times in it
        return not before["pending"] and before == await _open(store)

    await until(at_rest)
    return (await _open(store))["leased"]
