"""The crash table of docs/ARCHITECTURE.md: a process killed at every step of one message's and one delivery's way."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate, count

from bot.app.jobs import Jobs
from bot.broadcasts.amending import Amending
from bot.broadcasts.jobs import LOOK_BACK, BroadcastJobs
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.staff_turns import StaffTurns
from bot.inbound.dispatcher import InboundDispatcher
from bot.inbound.processor import InboxProcessor
from bot.inbound.turn_handler import TurnHandler
from bot.outbound.sender import Sender
from bot.outbound.worker import deliver_due
from bot.store.delivery_queue.states import State
from programme.model.broadcasts import Audience, BroadcastOrdered, Draft
from programme.model.clock import SetClock
from programme.model.events import WaveTold, Welcomed, ZoneTold
from programme.model.messages import Message
from programme.model.phones import NumberKeys
from programme.model.zones import Zone
from programme.programme import load_programme
from reminders.planner import Planner
from reminders.policy import load_policy
from tests.broadcast.crowd import RINA
from tests.delivery.mortal import Killed, Life, MortalStore, Wire
from tests.store.samples import MONDAY, happen, incoming, meet, owed

Count = Callable[[str, object], None]

LEASES = timedelta(minutes=3)  # are over by then
PROGRAMME, POLICY, RULES = load_programme(), load_policy(), load_broadcast_rules()


@dataclass
class Process:
    """The parts of one process, as the wiring puts them together."""

    store: MortalStore
    clock: SetClock
    sender: Sender
    inbox_processor: InboxProcessor
    jobs: Jobs


@asynccontextmanager
async def _process(url: str, life: Life, heard: list[tuple[str, str]], clock: SetClock) -> AsyncIterator[Process]:
    store = MortalStore(url, life, clock)
    sender = Sender(store, clock, PROGRAMME, {"telegram": Wire(life, heard)})
    turns = TurnHandler(
        PROGRAMME,
        POLICY,
        Planner(PROGRAMME, POLICY),
        StaffTurns(BroadcastService(store, PROGRAMME, POLICY, RULES)),
    )
    inbox_processor = InboxProcessor(store, turns, sender, NumberKeys(b"key"))
    rounds = BroadcastJobs(store, PROGRAMME, RULES)
    try:
        yield Process(store, clock, sender, inbox_processor, Jobs(store, PROGRAMME, POLICY, sender, rounds))
    finally:
        await store.close()


@dataclass
class Fate:
    """What a death at one step led to."""

    step: str
    lost: int
    twice: int
    settled: bool = False


@dataclass
class Way:
    """One way, gone by one person after the other, each process dying one step later than the one before."""

    url: str
    go: Callable[[Process, str], Awaitable[None]]
    prepare: Callable[[Process, str], Awaitable[None]] | None = None
    worded: bool = True  # whether the words are the same a little later
    again: bool = False  # whether whoever asked for it asks again
    fates: list[Fate] = field(default_factory=list)

    async def walk(self) -> list[Fate]:
        """Return what became of each, until one process lives to the end."""
        clock, heard = SetClock(MONDAY), list[tuple[str, str]]()
        async with _process(self.url, Life(), heard, clock) as next_one:
            await self._prepared(next_one, "nobody dies")
            await self.go(next_one, "nobody dies")
            whole = self._heard(heard, "nobody dies")
            assert whole
            for place in count(1):
                life, who = Life(place), f"person{place}"
                await self._prepared(next_one, who)
                async with _process(self.url, life, heard, clock) as process:
                    try:
                        await self.go(process, who)
                    except* Killed:
                        pass
                if not life.ended:
                    break
                settled = await self._is_settled(next_one, who)
                clock.set(clock.now() + LEASES)
                await self._come_back(next_one, who)
                got = self._heard(heard, who)
                self.fates.append(Fate(life.steps[-1], (whole - got).total(), (got - whole).total(), settled))
        return self.fates

    def _heard(self, heard: list[tuple[str, str]], who: str) -> Counter[str]:
        return Counter(text if self.worded else "" for address, text in heard if address == who)

    async def _is_settled(self, process: Process, who: str) -> bool:
        """Tell whether the process that died had written down that everything arrived."""
        async with process.store.writing() as tx:
            rows = await tx.outbox.log(10, await meet(tx, who))
        return bool(rows) and all(row.state is State.SENT for row in rows)

    async def _prepared(self, process: Process, who: str) -> None:
        if self.prepare is not None:
            await self.prepare(process, who)

    async def _come_back(self, process: Process, who: str) -> None:
        """The next process; a channel whose message was not acknowledged delivers it again."""
        if self.prepare is None or self.again:
            await self.go(process, who)
        async with asyncio.TaskGroup() as tasks:
            await InboundDispatcher(process.inbox_processor, tasks).catch_up()
        await process.jobs.sweep()
        await deliver_due(process.sender)


async def _says(process: Process, who: str) -> None:
    async with asyncio.TaskGroup() as tasks:
        desk = InboundDispatcher(process.inbox_processor, tasks)
        await desk.take(incoming("status saya", message=who, address=who))
        await desk.safe()


async def _says_and_waits(process: Process, who: str) -> None:
    """Say it while another message is in hand: it is taken, and answered afterwards."""
    row = await process.inbox_processor.take(incoming("status saya", message=who, address=who))
    await process.store.safe()
    if row is not None:
        await process.inbox_processor.answer(row)


async def _is_owed(process: Process, who: str) -> None:
    async with process.store.writing() as tx:
        await tx.outbox.put([owed(await meet(tx, who), message=Message("halo"))])


async def _is_due(process: Process, who: str) -> None:
    async with process.store.writing() as tx:
        person = await meet(tx, who, now=process.clock.now())
        await happen(tx, person, WaveTold(21), ZoneTold(Zone.WIB), Welcomed(), now=process.clock.now())
        await tx.reminders.set_row(person, process.clock.now() - timedelta(hours=20))


async def _is_announced(process: Process, who: str) -> None:
    """Order and plan a broadcast to this person alone, who is in a wave of their own."""
    now, staff = process.clock.now(), process.inbox_processor.turn_handler.staff
    async with process.store.writing() as tx:
        person = await meet(tx, who, now=now)
        await happen(tx, person, WaveTold(100 + person), Welcomed(), now=now)
    audience = Audience(waves=(100 + person,))
    draft = Draft(audience=audience, messages={"id": Message(f"kabar {who}")}, not_after=now + timedelta(hours=1))
    wanted = BroadcastOrdered(draft, await staff.office.outlook(draft.meant(now)))
    async with process.store.writing() as tx:
        await staff.obey(tx, wanted, RINA, who)
    await process.jobs.rounds.run()


async def _went_out(process: Process, who: str) -> None:
    process.clock.set(process.clock.now() + 2 * LOOK_BACK)  # the rounds are over with those before
    await _is_announced(process, who)
    await deliver_due(process.sender)


async def _takes_back(process: Process, who: str) -> None:
    """Take back what this person got last, as a member of the staff does who presses."""
    amending = Amending(process.inbox_processor.turn_handler.staff.office)
    async with process.store.writing() as tx:
        [latest] = await tx.broadcasts.recent(1)
        await amending.withdraw(tx, latest.id, RINA, f"{who}/{latest.id}")
    await process.jobs.rounds.run()
    await deliver_due(process.sender)


async def _delivers(process: Process, _who: str) -> None:
    await deliver_due(process.sender)


async def _sweeps_and_delivers(process: Process, _who: str) -> None:
    await process.jobs.sweep()
    await deliver_due(process.sender)


def _judge(fates: list[Fate], count: Count) -> None:
    """Nothing is lost; twice is only what was on the wire when the process died, until its outcome is written."""
    count("times", len(fates))
    assert [fate for fate in fates if fate.lost] == []
    on_the_wire = accumulate(fate.step == "on the wire" for fate in fates)
    assert all(fate.twice <= sent for fate, sent in zip(fates, on_the_wire, strict=True))
    assert not [fate for fate in fates if fate.settled and fate.twice], "settled, and said once more"
    doubtful = [place for place, fate in enumerate(fates) if fate.twice]
    assert doubtful, "the one place where nobody can know"
    assert fates[doubtful[0]].step == "on the wire"
    assert any(fate.settled for fate in fates[doubtful[-1] :]), "in the end it is known"
    assert fates[-1].twice == 0, "in the end it is known"


async def test_a_message_loses_no_answer_wherever_the_process_dies(url: str, record_property: Count) -> None:
    fates = await Way(url, _says).walk()
    _judge(fates, record_property)
    assert {"begin", "a statement", "before a commit", "commit", "before the wire", "on the wire"} <= {
        fate.step for fate in fates
    }


async def test_a_message_that_waits_loses_no_answer_wherever_the_process_dies(
    sqlite_url: str, record_property: Count
) -> None:
    _judge(await Way(sqlite_url, _says_and_waits).walk(), record_property)


async def test_a_delivery_arrives_wherever_the_process_dies(url: str, record_property: Count) -> None:
    _judge(await Way(url, _delivers, _is_owed).walk(), record_property)


async def test_an_announcement_arrives_wherever_the_process_dies(sqlite_url: str, record_property: Count) -> None:
    _judge(await Way(sqlite_url, _delivers, _is_announced, worded=False).walk(), record_property)


async def test_a_withdrawal_is_made_wherever_the_process_dies(sqlite_url: str, record_property: Count) -> None:
    """Who pressed presses again. Twice is harmless: a message that is gone stays gone."""
    _judge(await Way(sqlite_url, _takes_back, _went_out, worded=False, again=True).walk(), record_property)


async def test_a_reminder_that_falls_due_arrives_wherever_the_process_dies(
    sqlite_url: str, record_property: Count
) -> None:
    _judge(await Way(sqlite_url, _sweeps_and_delivers, _is_due, worded=False).walk(), record_property)
