"""A night of wave 21 in fast time: from the announcement to the morning after, by the real processes on PostgreSQL.

    python -m benchmarks night --people 120 --silent 5000 --keep /tmp/night

Whoever passed comes to the bot on either messenger, asks, plans, complains, blocks it, buys and tells; beside them
are the silent, who are only told, and of whom the programme's list tells that they bought. Processes are killed, the
database crashes, messengers ask to wait, the cutoff moves, an announcement goes out. The clock runs as ours does
while anything is under way, and leaps where nothing is (`benchmarks/fast_time/`).
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import aiohttp

from benchmarks.fast_time.account import Account, Cause
from benchmarks.fast_time.clock import Conductor
from benchmarks.fast_time.crew import NightCrew
from benchmarks.fast_time.director import JOBS, PACE, Director, Scene, play
from benchmarks.fast_time.findings import keep_findings
from benchmarks.fast_time.journal import Journal
from benchmarks.fast_time.ledger import Ledger
from benchmarks.fast_time.life import somebody
from benchmarks.fast_time.messengers import NightTelegram, taken_by
from benchmarks.fast_time.model import ANNOUNCED, CUTOFF, MORNING_AFTER, Need, wave, wib
from benchmarks.fast_time.office import an_office
from benchmarks.fast_time.scrapes import Scrapes
from benchmarks.fast_time.silent import settle
from benchmarks.loops import run
from benchmarks.people import WORDS
from benchmarks.result import Result
from programme.model.messages import Kind, Message
from tests.fakes.graph import FakeGraph
from tests.postgres import new_database, postgres
from tests.whatsapp.approved import approve_all

LISTED: Final = 754_929
"""Who passed in wave 21, as the programme's list has them; most never come to the bot."""

PEOPLE, SILENT = 120, 5_000
LATENCY: Final = 0.03
"""Seconds in which a messenger answers; a quarter of a second on the night's clock."""

LAST_WORDS: Final = Message("<b>Gelombang 21</b>: masih ada satu menit. Beli pelatihan pertamamu sekarang, ya.")
"""What is announced so late that not everybody can have it before the cutoff."""

_ANSWERS: Final = (
    *(wib(25, 10, month=9), wib(2, 10), wib(8, 14), wib(16, 10), wib(19, 10), wib(20, 14), wib(21, 9, 15)),
    *(wib(21, 10, 30), wib(21, 14), wib(21, 19), wib(21, 20, 30), wib(21, 22), wib(21, 23)),
)
"""When the staff answer complaints."""


def _lives(director: Director) -> Iterator[Scene]:
    """What people do of their own."""
    by_moment: dict[datetime, list[Callable[[], Awaitable[None]]]] = defaultdict(list)
    for each in director.everybody:
        if each.passed.joins is None:
            continue
        by_moment[each.passed.joins].append(each.joins)
        by_moment[each.passed.acts].append(each.acts)
        if each.passed.blocks:
            by_moment[wib(19, 12, 30)].append(each.leaves)
        if each.passed.need is Need.SLEEP:
            by_moment[wib(22, 0, 20)].append(each.wakes_up)
    for moment, acts in by_moment.items():
        yield moment, partial(_together, director, acts)


async def _together(director: Director, acts: list[Callable[[], Awaitable[None]]]) -> None:
    await director.together(act() for act in acts)


def _staff(director: Director) -> Iterator[Scene]:
    """What the staff do: they can't answer everybody on the last evening."""
    for moment in _ANSWERS:
        yield moment, partial(director.answered, max(len(director.everybody) // 150, 2))
    yield wib(14, 11), partial(director.office.moves_cutoff, "2021-10-21")
    yield wib(21, 12, 10), partial(_announced, director)


async def _announced(director: Director) -> None:
    await director.office.announces(WORDS)
    director.meanwhile(_killed(director, "scheduler-1", director.count // 50))


def _listed(director: Director) -> Iterator[Scene]:
    """What the programme's list tells of the silent: a third bought before the last day, some while it reminds them."""
    numbers = list(director.silent)
    yield wib(20, 14, 30), partial(director.told_by_list, numbers[::3])

    async def meanwhile(whose: list[int], messages: int) -> None:
        director.meanwhile(director.told_by_list(whose, messages))

    yield wib(21, 9), partial(meanwhile, numbers[1::9], director.count // 4)
    yield wib(21, 21), partial(meanwhile, numbers[2::9], director.count // 4)


def _troubles(director: Director) -> Iterator[Scene]:
    """What goes wrong."""
    telegram, graph = director.telegram, director.graph
    talking, count = len(director.everybody), director.count

    async def slow() -> None:
        telegram.limits.per_second, telegram.limits.penalty = max(count / 60, 2), 2
        graph.limits.per_second = max(talking / 120, 3)

    async def usual() -> None:
        telegram.limits.per_second, graph.limits.per_second = None, 80

    async def shut() -> None:
        for method in ("sendmessage", "sendphoto"):
            telegram.from_now_on(method, status=429, description="Too Many Requests: retry after 5", retry_after=5)

    async def ajar() -> None:
        telegram.lasting.clear()
        telegram.limits.per_second = max(count / 300, 2)

    async def over() -> None:
        telegram.limits.per_second = None

    async def meanwhile(trouble: Callable[[], Awaitable[None]]) -> None:
        director.meanwhile(trouble())

    yield wib(22, 20, 30, month=9), partial(meanwhile, partial(_killed, director, "web-1", talking // 20))
    yield wib(18, 8, 59), slow
    yield wib(18, 12), usual
    yield wib(21, 9), partial(meanwhile, partial(_killed, director, "worker-1", count // 50))
    yield wib(21, 18), partial(meanwhile, partial(_crashed, director))
    yield wib(21, 18, 30), partial(meanwhile, partial(_killed, director, "web-2", talking // 100))
    yield wib(21, 20, 59), slow
    yield wib(21, 21), partial(meanwhile, partial(_killed, director, "worker-2", count // 100))
    yield wib(21, 21, 15), usual
    yield wib(21, 23, 57), shut
    yield wib(21, 23, 58), partial(director.office.announces, LAST_WORDS)
    yield wib(21, 23, 59), ajar
    yield wib(22, 0, 0), over


async def _killed(director: Director, name: str, messages: int) -> None:
    await director.midst(messages)
    await director.crew.kill(name)


async def _crashed(director: Director) -> None:
    await director.midst(director.count // 100)
    await director.crew.crash_database()


async def _night(
    place: Path, database: str, people: int, silent: int, kept: Path | None
) -> tuple[Journal, dict[str, Any]]:
    """Live through the night; return its journal, and how it was lived through."""
    began = time.monotonic()
    clock = Conductor(place / "clock", ANNOUNCED)
    async with AsyncExitStack() as opened:
        telegram = await opened.enter_async_context(NightTelegram(clock, latency=LATENCY))
        graph = await opened.enter_async_context(FakeGraph(latency=LATENCY, clock=clock))
        graph.hooks.connections = 8
        graph.hooks.tries = 10_000  # for days, as Meta does: a process that starts again takes a while here
        approve_all(graph)
        everybody = [somebody(each, telegram, graph, clock) for each in wave(people, random.Random(21))]
        office = await opened.enter_async_context(an_office(database, clock))
        listed = await office.lists(f"+{6_281_200_000_000 + number}" for number in range(1, LISTED + 1))
        await office.moves_cutoff("2021-10-20")  # as it is told at first
        quiet = await settle(office.app.store, telegram, silent)
        crew = NightCrew(telegram, graph, database, place, clock, JOBS)
        await opened.enter_async_context(crew)
        session = await opened.enter_async_context(aiohttp.ClientSession())
        scrapes, ledger = Scrapes(clock, crew.metrics), Ledger(office.app.store)
        director = Director(clock, crew, telegram, graph, office, ledger, everybody, quiet, scrapes, session)
        clock.run(PACE)
        async with director.watching():
            await play(director, [*_troubles(director), *_staff(director), *_listed(director), *_lives(director)])
            await director.until(MORNING_AFTER)
            await director.drained()
        journal = await _journal(director, ledger)
        how: dict[str, Any] = {
            "in the programme's list": listed,
            "real s": time.monotonic() - began,
            "killed": len(journal.kills),
            "429s": _throttled(telegram, graph),
        }
        how["tracebacks in the logs"] = crew.said.count("Traceback")
        if kept is not None:  # while this is packed, the messengers here answer nobody
            crew.keep_logs(kept)
            scrapes.keep(kept / "metrics.txt.gz")
    return journal, how


def _throttled(telegram: NightTelegram, graph: FakeGraph) -> int:
    return telegram.throttled + graph.counts.throttled


async def _journal(director: Director, ledger: Ledger) -> Journal:
    journal = Journal(CUTOFF, [*(each.life for each in director.everybody), *director.silent.values()])
    journal.taken = [*director.telegram.taken, *taken_by(director.graph)]
    journal.kills = director.crew.kills
    journal.rows, journal.people = await ledger.rows(), await ledger.people()
    answered = {row.source.split("/")[1] for row in journal.rows if row.source.startswith("reply/")}
    journal.unanswered = max(sum(len(life.said) for life in journal.lives) - len(answered), 0)
    return journal


def _results(journal: Journal, how: dict[str, Any]) -> list[Result]:
    account = Account(journal)
    lives, places = journal.lives, account.places_lost()
    talked = {
        "only told": sum(life.silent for life in lives),
        "talking": sum(not life.silent for life in lives),
        "of these came": sum(life.joined is not None for life in lives if not life.silent),
        "messages from people": sum(len(life.said) for life in lives),
        "messages to people": len(journal.taken),
        **how,
    }
    lost, doubled, late = account.lost(), account.doubled(), account.late()
    after, unexplained = account.told_after_buying(), account.doubled_without_kill()
    return [
        Result("the night", talked),
        Result("reminders", dict(account.states(Kind.REMINDER))),
        Result("announcements", dict(account.states(Kind.BROADCAST))),
        Result("answers, of the bot and of the staff", dict(account.states(Kind.REPLY, Kind.STAFF))),
        Result("late", {"messages": len(late)}, "0", not late),
        Result("lost", {"in all": lost.total(), **lost}, "0", not lost),
        Result("reminded after buying", {"messages": len(after)}, "0", not after),
        Result(
            "doubled",
            {"messages": len(doubled), "on no wire at a kill": len(unexplained)},
            "0 on no wire",
            not unexplained,
        ),
        Result("places lost", {"in all": places.total(), **{cause.value: places[cause] for cause in Cause}}),
    ]


def main(people: int = PEOPLE, silent: int = SILENT, keep: Path | None = None) -> list[Result]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="sobat-night-") as place,
        postgres(durable=True) as server,
        new_database(server, "night", durable=True) as database,
    ):
        journal, how = run(_night(Path(place), database, people, silent, keep))
    if keep is not None:
        keep_findings(journal, keep / "findings.txt")
    return _results(journal, how)
