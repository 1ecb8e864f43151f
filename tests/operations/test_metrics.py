"""What machines watch is counted where it happens, and says nothing about anybody."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from sqlalchemy import insert

from bot.app.metrics.endpoint import serve_metrics
from bot.app.metrics.meters import Meters
from bot.app.metrics.service_figures import STALE, ServiceFigures
from bot.app.metrics.watch import Watch
from bot.app.monitor import Monitor
from bot.app.readiness import Readiness
from bot.app.write_probe import WriteProbe
from bot.channels.channel import Throttled
from bot.store import Store
from bot.store.engine.migrate import known_revisions
from bot.store.schema.helpdesk import tickets
from programme.model.messages import Kind
from programme.model.receipts import ReceiptState
from tests.operations.watched import Watched, figures_of, read_figures, watched
from tests.store.samples import GREETING, HOUR, MONDAY, incoming, meet, owed

SECOND = timedelta(seconds=1)


async def test_a_message_and_its_reply_are_counted_where_they_happen() -> None:
    async with watched() as bot:
        await bot.says("gel 21 terakhir beli kapan min")
        await bot.says("kartu saya 4000 1234 5678 9010", redacted=("card",))
        seen = bot.figures
    assert seen['sobat_deliveries_total{channel="telegram",kind="reply",outcome="sent"}'] >= 2
    assert seen['sobat_intents_total{how="text",intent="deadline"}'] == 1
    assert seen['sobat_redactions_total{sort="card"}'] == 1
    assert seen['sobat_reply_seconds_count{channel="telegram"}'] == 2
    assert seen['sobat_send_seconds_count{channel="telegram"}'] == len(bot.channel.heard)
    assert seen['sobat_db_seconds_count{operation="write"}'] > 2


async def test_reminders_tell_how_late_they_were_and_pauses_how_long() -> None:
    async with watched() as bot:
        await bot.says("/start g21")
        async with bot.app.store.writing() as tx:
            late = [owed(1, "h-3", due_at=MONDAY - 40 * SECOND, message=GREETING)]
            gone = [owed(1, "h-7", not_after=MONDAY - HOUR, due_at=MONDAY - 2 * HOUR)]
            await tx.outbox.put(late + gone)
        bot.channel.raises.append(Throttled(7.0))
        await bot.app.jobs.run()
        bot.clock.set(MONDAY + timedelta(seconds=20))
        await bot.app.jobs.run()
        seen = bot.figures
    assert seen['sobat_throttled_total{channel="telegram"}'] == 1
    assert seen['sobat_throttle_seconds_total{channel="telegram"}'] == 7
    assert seen["sobat_reminder_lateness_seconds_count"] == 1
    assert seen["sobat_reminder_lateness_seconds_sum"] == 60
    assert seen['sobat_deliveries_total{channel="telegram",kind="reminder",outcome="later"}'] == 1
    assert seen['sobat_deliveries_total{channel="telegram",kind="reminder",outcome="expired"}'] == 1


def test_receipts_are_outcomes_of_their_own() -> None:
    """A message that only left the channel's server is none yet."""
    meters = Meters()
    told = Counter({(Kind.REMINDER, ReceiptState.DELIVERED): 3, (Kind.REMINDER, ReceiptState.SENT): 9})
    meters.reported("whatsapp", told)
    seen = figures_of(meters.registry)
    assert seen['sobat_deliveries_total{channel="whatsapp",kind="reminder",outcome="delivered"}'] == 3
    assert sum(value for name, value in seen.items() if name.startswith("sobat_deliveries_total")) == 3


async def _look(bot: Watched) -> dict[str, float]:
    figures = ServiceFigures()
    bot.meters.registry.register(figures)
    watch = Watch(bot.app, bot.meters, figures, {"telegram": 30.0})
    monitor = Monitor(bot.app.sender)
    await watch.look(await monitor.look())
    return bot.figures


async def test_the_whole_service_is_seen_through_its_database(url: str | None) -> None:
    """What waits, for how long, by channel and kind; tickets by age; the cutoff that comes."""
    async with watched(url) as bot:
        async with bot.app.store.writing() as tx:
            person = await meet(tx, "ani")
            await tx.outbox.put([owed(person, "h-3", due_at=MONDAY - HOUR)])
            await tx.outbox.put([owed(person, "n", Kind.STAFF, channel="telegram", address="ani")])
            await tx.inbox.add(incoming())
            await tx.connection.execute(insert(tickets), [_ticket(person, MONDAY - 2 * HOUR)])
        bot.clock.set(MONDAY + timedelta(seconds=30))
        seen = await _look(bot)
    assert seen["sobat_inbox_waiting"] == 1
    assert seen["sobat_inbox_oldest_seconds"] == 30
    assert seen['sobat_outbox_waiting{channel="any",kind="reminder"}'] == 1
    assert seen['sobat_outbox_oldest_seconds{channel="any",kind="reminder"}'] == 3630
    assert seen['sobat_outbox_waiting{channel="telegram",kind="staff"}'] == 1
    assert seen['sobat_tickets_open{age="under_4_hours"}'] == 1
    assert seen['sobat_cutoff_timestamp_seconds{wave="21"}'] == 1634835599
    assert seen['sobat_cutoff_finish_timestamp_seconds{wave="21"}'] == 1634824800  # nobody waits: 21.00 WIB
    assert 'sobat_cutoff_unreminded{wave="21"}' not in seen  # too early to miss anybody


def _ticket(person: int, opened_at: object) -> dict[str, object]:
    texts = dict.fromkeys(("complaint", "summary", "heard"), "rahasia")
    numbers = dict.fromkeys(("fence", "reopened", "shown_to", "view_rank", "view_turn"), 0)
    more = {"participant": person, "about": "payment", "state": "waiting", "warned": ""}
    return {**texts, **numbers, **more, "opened_at": opened_at, "queued_at": opened_at}


def test_figures_of_a_database_that_is_away_are_shown_no_more() -> None:
    """By their absence an alert knows it; old figures would look as if all were well."""
    now = 0.0
    figures = ServiceFigures(lambda: now)
    assert not list(figures.collect())
    from bot.store.repositories.queue_stats import QueueStats

    figures.show(QueueStats(at=MONDAY), {})
    assert list(figures.collect())
    now = STALE + 1
    assert not list(figures.collect())


async def test_a_process_serves_its_figures_and_whether_it_is_ready(url: str) -> None:
    """On a port of their own; a database that is older than the code is not ready, and is said to be so."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with watched(url) as bot, aiohttp.ClientSession(address) as http:
        bot.meters.runs(await bot.app.store.revision())
        ready = Readiness(bot.app.store, WriteProbe(bot.app.store))
        async with serve_metrics(listener, bot.meters.registry, ready.lacks):
            async with http.get("/healthz") as answer:
                assert (answer.status, await answer.json()) == (200, {"status": "ok"})
            async with http.get("/metrics") as answer:
                seen = read_figures(await answer.text())
            async with http.get("/readyz") as answer:
                assert (answer.status, await answer.json()) == (200, {"status": "ready", "wrong": []})
            ready.behind = lambda: True
            async with http.get("/readyz") as answer:
                assert answer.status == 503
            async with _older(bot.app.store), http.get("/readyz") as answer:
                assert answer.status == 503
                assert "sobat db upgrade" in (await answer.json())["wrong"][0]
    assert any(name.startswith("sobat_build_info{") for name in seen)


@asynccontextmanager
async def _older(store: Store) -> AsyncIterator[None]:
    """An older revision stands in the database for as long as the test looks: other tests use it, too."""
    newest = max(known_revisions())
    await _stamp(store, "0001")
    yield
    await _stamp(store, newest)


async def _stamp(store: Store, revision: str) -> None:
    async with store.writing() as tx:
        await tx.connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608


async def test_more_people_make_larger_numbers_and_no_more_of_them() -> None:
    """No label holds an id: whoever else says the same is counted under the same name."""
    seen: list[set[str]] = []
    async with watched() as bot:
        for who in ("1", "22", "628123456789"):
            for text in ("/start g21", "batas", "xyzzy plugh"):
                await bot.says(text, who=who)
            seen.append(set(bot.figures))
    assert seen[0] == seen[1] == seen[2]
