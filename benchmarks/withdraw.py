"""A mistaken broadcast, taken back in the middle: how soon nothing more goes out, and how soon it is gone again.

At 60 ms of latency and a paid rate; the press is what the console and the command line do, in a transaction of its own.
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

from benchmarks.loops import run
from benchmarks.people import MONDAY, NOT_BOUGHT, TOKEN, WORDS, RunningClock, a_store, settle_people
from benchmarks.result import Result
from benchmarks.server import ask, serving
from benchmarks.wave import LATENCY
from bot.broadcasts.amending import Amending
from bot.broadcasts.jobs import BroadcastJobs
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.staff_turns import StaffTurns
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.outbound.sender import Sender
from bot.outbound.worker import Worker
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from bot.store import Store
from programme.model.broadcasts import BroadcastOrdered, Draft
from programme.model.staff import Role, StaffMember
from programme.programme import load_programme
from reminders.policy import load_policy

COUNT, RATE = 10_000, 500.0
MIDDLE = 0.4
"""What of it has gone out when somebody sees the mistake."""

STOPPED = 2.0  # seconds
_ROUND = timedelta(seconds=2)  # as often as `sobat run` makes its rounds
_RINA = StaffMember(channel="terminal", address="rina", role=Role.SUPERVISOR, name="Rina")


async def _ordered(store: Store, office: BroadcastService) -> int:
    draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS})
    outlook = await office.outlook(draft.meant(MONDAY))
    async with store.writing() as tx:
        found = await StaffTurns(office).obey(tx, BroadcastOrdered(draft, outlook), _RINA, "benchmark")
    return found.id


async def _rounds(jobs: BroadcastJobs, sender: Sender) -> None:
    while True:
        await jobs.run()
        sender.wake.set()
        await asyncio.sleep(_ROUND.total_seconds())


async def _until(address: str, least: int) -> None:
    """Look at the server until it has had so many."""
    while True:
        if (await asyncio.to_thread(ask, address, "/stats"))["received"] >= least:
            return
        await asyncio.sleep(0.02)


async def _taken_back(address: str, count: int, rate: float) -> dict[str, Any]:
    async with a_store() as store, open_account(TOKEN, address, connections=200) as account:
        store.clock = RunningClock()
        await settle_people(store, count)
        programme, rules = load_programme(), load_broadcast_rules(rate)
        office = BroadcastService(store, programme, load_policy(), rules)
        number = await _ordered(store, office)
        channel = TelegramChannel(account, ButtonSigner(b"bench"))
        sender = Sender(store, store.clock, programme, {"telegram": channel})
        budget = SharedTokenBucket(store, "telegram/1", rate)
        await budget.open()
        sender.smoothers = {"telegram": RateSmoother(budget)}
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(Worker(sender).run(stop))
            rounds = tasks.create_task(_rounds(BroadcastJobs(store, programme, rules), sender))
            await _until(address, round(count * MIDDLE))
            pressed = time.monotonic()
            async with store.writing() as tx:
                amendment = await Amending(office).withdraw(tx, number, _RINA, "press")
            told = time.monotonic() - pressed
            done = 0
            while True:
                await asyncio.sleep(0.2)
                async with store.reading() as tx:
                    progress = await tx.amendments.progress(amendment)
                    found = await tx.amendments.get(amendment.id)
                    sent = (await tx.broadcasts.progress(number)).sent
                if found is not None and found.finished_at is not None and progress.done == sent:
                    done = progress.done
                    break
            gone = time.monotonic() - pressed
            stats = ask(address, "/stats")
            rounds.cancel()
            stop.set()
        return {
            "went out": stats["received"],
            "taken back": stats["deleted"],
            "told as taken back": done,
            "ms to press": 1000 * told,
            "s to the last message": max(0.0, stats["last_at"] - pressed),
            "s until all was gone": gone,
            "429s": stats["throttled"],
        }


def main(count: int = COUNT) -> list[Result]:
    with serving(latency=LATENCY, per_second=RATE) as address:
        values = run(_taken_back(address, count, RATE))
    met = values["s to the last message"] <= STOPPED and values["went out"] == values["taken back"]
    target = f"stopped in {STOPPED:g} s, all of it taken back"
    return [Result(f"{count:,} people at {RATE:g}/s, taken back after {MIDDLE:.0%}", values, target, met)]
