"""The outbox as a machine: whatever happens in whatever order, nobody hears twice, too late, or in vain."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.store import Store, open_store
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions, Progress, source_of
from programme.model.deliveries import Claimed, Outcome
from programme.model.events import MilestoneReached
from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone
from tests.databases import at, empty_postgres
from tests.store.samples import CUTOFF, HOUR, MINUTE, MONDAY, happen, meet, owed, settled

PEOPLE = 4
WORDS = Message("Halo")
NOT_BOUGHT = Audience(not_reached=(Milestone.BOUGHT,))


class Outbox(RuleBasedStateMachine):
    """Two workers, four people, messages to each of them, and a broadcast to all."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.now = MONDAY
        self.hands: dict[str, list[Claimed]] = {"a": [], "b": []}
        self.leased_until: dict[tuple[int, int], Any] = {}
        self.sent: dict[int, int] = {}
        self.bought: set[int] = set()
        self.owed: set[tuple[int, str]] = set()
        self.announced = 0
        self.paused = False
        self.store: Store

    def do(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        if self.url.startswith("postgres"):
            empty_postgres(self.url)
            self.store = open_store(self.url)
        else:
            self.store = open_store(None)
            self.do(self.store.prepare())
        self.do(self._meet())

    async def _meet(self) -> None:
        async with self.store.writing() as tx:
            self.people = [await meet(tx, str(number)) for number in range(PEOPLE)]

    @rule(person=st.integers(0, PEOPLE - 1), source=st.sampled_from(["b/1", "b/2"]))
    def owe(self, person: int, source: str) -> None:
        async def put() -> None:
            async with self.store.writing() as tx:
                more = {"message": WORDS, "due_at": self.now, "not_after": CUTOFF, "unless": Milestone.BOUGHT}
                await tx.outbox.put([owed(self.people[person], source, Kind.BROADCAST, **more)])

        self.do(put())
        self.owed.add((self.people[person], source))

    @rule(most=st.sampled_from([1, 3, None]))
    def announce(self, most: int | None) -> None:
        """To everybody who has not bought: at once, or a stretch at a time."""

        async def put() -> int:
            draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS}, not_after=CUTOFF)
            async with at(self.store, self.now).writing() as tx:
                number = self.announced or await tx.broadcasts.add(
                    draft,
                    author="telegram:9",
                    origin="machine",
                    state=BroadcastState.RUNNING,
                    expected=PEOPLE,
                    exclusions=Exclusions(),
                )
                assert number is not None
                await tx.broadcasts.plan(number, most)
                for row in await tx.outbox.log(100):
                    if row.source == source_of(number):
                        self.owed.add((row.participant, row.source))
                return number

        self.announced = self.do(put())

    @rule(paused=st.booleans())
    def pause_or_resume(self, paused: bool) -> None:
        async def change() -> None:
            async with at(self.store, self.now).writing() as tx:
                move, rows = tx.broadcasts.move, tx.broadcasts.deliveries
                if paused and await move(self.announced, BroadcastState.PAUSED, since={BroadcastState.RUNNING}):
                    await rows.hold(self.announced)
                    self.paused = True
                elif await move(self.announced, BroadcastState.RUNNING, since={BroadcastState.PAUSED}):
                    await rows.release(self.announced)
                    self.paused = False

        if self.announced:
            self.do(change())

    @rule(worker=st.sampled_from(["a", "b"]), most=st.integers(1, 5))
    def claim(self, worker: str, most: int) -> None:
        async def take() -> list[Claimed]:
            async with at(self.store, self.now).writing() as tx:
                return await tx.outbox.claim(limit=most, lease=MINUTE)

        for one in self.do(take()):
            assert one.id not in self.sent, "claimed though it was sent"
            assert one.delivery.participant not in self.bought, "claimed though it was bought"
            assert self.now < CUTOFF, "claimed after the cutoff"
            assert not (self.paused and one.delivery.source == source_of(self.announced)), "claimed while paused"
            held = [until for (delivery, _), until in self.leased_until.items() if delivery == one.id]
            assert all(until <= self.now for until in held), "two workers hold it"
            self.leased_until[one.id, one.attempt] = self.now + MINUTE
            self.hands[worker].append(one)

    @rule(worker=st.sampled_from(["a", "b"]), outcome=st.sampled_from([Outcome.SENT, Outcome.LATER]))
    def settle(self, worker: str, outcome: Outcome) -> None:
        """Whoever was overtaken settles in vain."""
        if not self.hands[worker]:
            return
        one = self.hands[worker].pop(0)
        newest = max(attempt for delivery, attempt in self.leased_until if delivery == one.id)

        async def note() -> None:
            async with self.store.writing() as tx:
                await tx.outbox.settle([settled(one, outcome, self.now, costs_attempt=False)])

        self.do(note())
        if one.attempt == newest and (one.id, one.attempt) in self.leased_until:
            self.leased_until[one.id, one.attempt] = self.now
            if outcome is Outcome.SENT:
                self.sent[one.id] = self.sent.get(one.id, 0) + 1

    @rule(worker=st.sampled_from(["a", "b"]))
    def look_again(self, worker: str) -> None:
        """What is still leased is wanted, unless something speaks against it; given back, it is not claimed again."""
        held = [one for one in self.hands[worker] if self.leased_until[one.id, one.attempt] > self.now]
        wanted = {one.id for one in held if self._is_wanted(one)}
        given_back = {one.id for one in held} - wanted

        async def look() -> set[int]:
            async with at(self.store, self.now).writing() as tx:
                found = await tx.outbox.still_wanted([one.id for one in held])
                back = [one for one in held if one.id not in found]
                await tx.outbox.settle([settled(one, Outcome.LATER, self.now, costs_attempt=False) for one in back])
                return found

        assert self.do(look()) == wanted
        self.hands[worker] = [one for one in self.hands[worker] if one.id not in given_back]
        for one in held:
            if one.id in given_back:
                self.leased_until[one.id, one.attempt] = self.now
        self.claim(worker, 5)
        assert not given_back & {one.id for one in self.hands[worker]}

    def _is_wanted(self, one: Claimed) -> bool:
        paused = self.paused and one.delivery.source == source_of(self.announced)
        return one.delivery.participant not in self.bought and self.now < CUTOFF and not paused

    @rule(worker=st.sampled_from(["a", "b"]))
    def crash(self, worker: str) -> None:
        self.hands[worker].clear()

    @rule(step=st.sampled_from([timedelta(seconds=20), MINUTE, HOUR, timedelta(days=1)]))
    def time_passes(self, step: timedelta) -> None:
        self.now += step

    @rule(person=st.integers(0, PEOPLE - 1))
    def buy(self, person: int) -> None:
        if self.people[person] in self.bought:
            return

        async def tell() -> None:
            async with self.store.writing() as tx:
                await happen(tx, self.people[person], MilestoneReached(Milestone.BOUGHT), now=self.now)

        self.do(tell())
        self.bought.add(self.people[person])

    @invariant()
    def nobody_heard_twice(self) -> None:
        assert all(times == 1 for times in self.sent.values())

    @invariant()
    def every_row_is_there_once(self) -> None:
        if not hasattr(self, "store"):
            return

        async def rows() -> list[tuple[int, str]]:
            async with self.store.reading() as tx:
                if self.announced:
                    assert not _contradicts(await tx.broadcasts.progress(self.announced))
                return [(row.participant, row.source) for row in await tx.outbox.log(100)]

        there = self.do(rows())
        assert sorted(there) == sorted(self.owed)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.do(self.store.close())
        self.loop.close()


def _contradicts(progress: Progress) -> bool:
    """Whether what became of a broadcast's rows is not what was planned."""
    ended = progress.sent + progress.failed + progress.gone + progress.unknown + progress.cancelled + progress.expired
    return progress.planned != progress.waiting + ended


def test_the_outbox_on_sqlite() -> None:
    run_state_machine_as_test(Outbox, settings=settings(max_examples=15, stateful_step_count=25, deadline=None))


def test_the_outbox_on_postgresql(postgres_url: str) -> None:
    machine = type("OutboxOnPostgres", (Outbox,), {"url": postgres_url})
    run_state_machine_as_test(machine, settings=settings(max_examples=8, stateful_step_count=20, deadline=None))
