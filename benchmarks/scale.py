"""Does the size of the store matter: a status answer, and a sweep of what is due, among many more people."""

from __future__ import annotations

import time

from benchmarks.bench import MONDAY, Result, a_store, quantile, run, settle_people
from bot.store import Store
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.sweep import sweep

FEW, MANY, DUE = 10_000, 10_000_000, 2_000


async def _fill(store: Store, upto: int, already: int = 0) -> None:
    for first in range(already + 1, upto + 1, 200_000):
        await settle_people(store, min(200_000, upto - first + 1), first=first, wave=21)


async def _status(store: Store, people: int) -> float:
    """The median seconds of what the store does for a status answer: who writes, and how they stand."""
    took = []
    for number in range(300):
        began = time.perf_counter()
        async with store.writing() as tx:
            person = await tx.people.at("telegram", str(100001 + number * (people // 300)), language=None, now=MONDAY)
            await tx.dialogues.of(person.id)
        took.append(time.perf_counter() - began)
    return quantile(took, 0.5)


async def _sweep(store: Store, people: int) -> float:
    """Seconds to sweep the reminders of a fixed number of people, among all."""
    due = [1 + number * (people // DUE) for number in range(DUE)]
    async with store.writing() as tx:
        for person in due:
            await tx.reminders.set_row(person, MONDAY)
    programme, policy = load_programme(), load_policy()
    began = time.perf_counter()
    while True:
        async with store.writing() as tx:
            if await sweep(tx.reminders, programme, policy, MONDAY) == 0:
                break
    return time.perf_counter() - began


async def ours(few: int, many: int) -> list[Result]:
    async with a_store() as store:
        await _fill(store, few)
        small, small_sweep = await _status(store, few), await _sweep(store, few)
        await _fill(store, many, few)
        large, large_sweep = await _status(store, many), await _sweep(store, many)
    times, sweep_times = large / small, large_sweep / small_sweep
    return [
        Result(
            f"status answer, store of {many:,} against {few:,}",
            {"ms": large * 1000, "ms with few": small * 1000, "times": times},
            "<= 1.5 times",
            times <= 1.5,
        ),
        Result(
            f"sweep of {DUE:,} due among {many:,} against {few:,}",
            {"s": large_sweep, "s with few": small_sweep, "times": sweep_times},
            "<= 1.5 times",
            sweep_times <= 1.5,
        ),
    ]


def main(few: int = FEW, many: int = MANY) -> list[Result]:
    return run(ours(few, many))  # type: ignore[no-any-return]
