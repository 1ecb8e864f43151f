"""An operator hears what waits for too long, and which role should have seen to it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.app.health import complaints, one_line
from bot.app.monitor import Monitor
from bot.cli.check_service import check_live
from bot.inbound.dispatcher import BEHIND
from bot.outbound.sender import Sender
from bot.store import Store, open_store
from bot.store.repositories.queue_stats import Queue, QueueStats
from programme.model.clock import SetClock
from programme.model.messages import Kind
from programme.programme import load_programme
from tests.databases import at
from tests.store.samples import MONDAY, incoming, meet, owed, sources, unhandled


def _since(seconds: float, waiting: int = 3) -> Queue:
    return Queue(waiting, MONDAY - timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("stats", "told"),
    [
        (QueueStats(at=MONDAY), []),
        (QueueStats(at=MONDAY, inbox=_since(3)), []),
        (QueueStats(at=MONDAY, inbox=_since(11)), ["is a web process running"]),
        (QueueStats(at=MONDAY, inbox=_since(1, BEHIND)), ["announcements pause"]),
        (QueueStats(at=MONDAY, unswept=_since(30)), []),
        (QueueStats(at=MONDAY, unswept=_since(61)), ["is a scheduler running"]),
        (QueueStats(at=MONDAY, due={Kind.REMINDER: _since(31)}), ["3 reminders are due", "is a worker running"]),
        (QueueStats(at=MONDAY, due={Kind.BROADCAST: _since(7200)}), []),
        (QueueStats(at=MONDAY, due={Kind.REMINDER: _since(31)}, frozen={"telegram/1": 20.0}), []),
    ],
)
def test_what_waits_for_too_long_is_told_with_what_to_look_for(stats: QueueStats, told: list[str]) -> None:
    """A broadcast may take its hours, and while the channel wants a pause nobody is to blame."""
    said = " ".join(complaints(stats))
    assert all(part in said for part in told)
    assert bool(said) == bool(told)


def test_how_things_stand_fits_one_line() -> None:
    stats = QueueStats(
        at=MONDAY, inbox=_since(4), due={Kind.BROADCAST: _since(600, 120_331)}, frozen={"telegram/1": 34.6}
    )
    assert one_line(stats) == (
        "messages to answer: 3 since 4 s; announcements due: 120,331 since 10 min; reminders to sweep: none; "
        "telegram/1 wants a pause of 35 s"
    )


async def test_while_answers_are_behind_announcements_wait_and_reminders_go(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Whichever process looks sees it, for it looks into the store; the log says so."""
    caplog.set_level(logging.INFO)
    watch = Monitor(Sender(store, SetClock(MONDAY), load_programme(), {}))
    async with store.writing() as tx:
        person = await meet(tx)
        await tx.outbox.put([owed(person, "news", Kind.BROADCAST), owed(person, "h-1")])
        for number in range(BEHIND):
            await tx.inbox.add(incoming(message=str(number)))
    await watch.look()
    watch.tell()
    assert watch.behind
    assert f"{BEHIND} messages wait for an answer: announcements pause" in caplog.text
    async with at(store, MONDAY).writing() as tx:
        assert await sources(tx, kinds=(Kind.REPLY, Kind.STAFF, Kind.REMINDER)) == ["h-1"]
        for row in await unhandled(tx, BEHIND // 2 + 1):
            await tx.inbox.handled(row.id)
    await watch.look()
    assert not watch.behind


async def test_sobat_check_live_tells_by_its_exit_code(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """All is well in an empty store; a reminder that nobody swept is a scheduler that does not run."""
    assert await check_live(url) == 0
    assert "nothing waits for too long" in capsys.readouterr().out
    store = open_store(url)
    async with store.writing() as tx:
        await tx.reminders.set_row(await meet(tx), MONDAY)
    await store.close()
    assert await check_live(url) == 1
    assert "is a scheduler running?" in capsys.readouterr().out
