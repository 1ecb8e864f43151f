"""What a worker has in hand for a while is asked about again before it goes out."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

import pytest
from psycopg.errors import UndefinedColumn
from sqlalchemy.exc import OperationalError

from bot.channels.channel import FREE, Terms
from bot.outbound.recheck import FRESH
from bot.outbound.worker import Worker
from bot.store import Store, UnitOfWork
from programme.model.events import MilestoneReached
from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone
from tests.delivery.announcing import PEOPLE, JumpingClock, Messenger, announcing, each_once, until_done
from tests.delivery.virtual_time import here, run
from tests.store.samples import happen

SLOW = 10.0
"""Messages a second: what is claimed at a time lasts for 2.5 s."""


@dataclass
class Town(Messenger):
    """At the third message many report that they bought, and then `next` happens."""

    store: Store | None = None
    next: Callable[[], object] = lambda: None
    buyers: set[str] = field(default_factory=set)
    reported_at: float = 0.0

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        sent = await super().send(address, message, kind=kind, edits=edits)
        if sent == "3" and not self.buyers:
            await self.report()
            self.next()
        return sent

    async def report(self) -> None:
        """Half of the people report, as far as they have not been told yet."""
        assert self.store is not None
        self.buyers = {str(number) for number in range(PEOPLE // 2)} - {address for address, _ in self.got}
        async with self.store.writing() as tx:
            for each in self.buyers:
                person = await tx.people.at("telegram", each, language=None)
                await happen(tx, person.id, MilestoneReached(Milestone.BOUGHT))
        self.reported_at = here().time()

    def told(self) -> list[float]:
        """How many seconds after their report buyers were told."""
        return [at - self.reported_at for address, at in self.got if address in self.buyers and at > self.reported_at]


@dataclass
class FarTown(Town):
    """To reach its channel takes a while, in which the reports come."""

    async def warm(self, _count: int) -> None:
        if not self.buyers:
            await self.report()
            await asyncio.sleep(3)


async def _story(url: str | None, town: Town, rate: float = SLOW) -> Counter[str]:
    more: dict[str, Any] = {"unless": Milestone.BOUGHT}
    async with announcing(url, town, JumpingClock(), rate, **more) as (store, sender):
        town.store = store
        await until_done(store, sender)
        async with store.reading() as tx:
            return Counter(entry.state.value for entry in await tx.outbox.log(1000))


def test_who_buys_while_it_waits_for_its_turn_is_not_told_a_second_later(url: str) -> None:
    """Their messages are closed as cancelled, all others go out once."""
    town = Town()
    ended = run(_story(url, town))
    assert max(town.told(), default=0.0) < FRESH + 0.3
    assert set(ended) == {"sent", "cancelled"}
    assert ended["cancelled"] == len(town.buyers - {address for address, _ in town.got})
    assert ended["sent"] == len(town.got)
    assert max(Counter(address for address, _ in town.got).values()) == 1


def test_a_process_that_slept_tells_nobody_who_bought_meanwhile(in_memory: None) -> None:
    """Only what was on the wire when it fell asleep."""
    town = Town()
    town.next = lambda: here().stall(10)
    ended = run(_story(in_memory, town))
    assert len(town.told()) <= 1
    assert ended["sent"] + ended["cancelled"] == PEOPLE


def test_opening_connections_is_waited_for_before_it_is_asked_again(in_memory: None) -> None:
    town = FarTown()
    ended = run(_story(in_memory, town))
    assert not town.told()
    assert ended == {"sent": PEOPLE // 2, "cancelled": PEOPLE // 2}


def test_nothing_goes_out_unasked_while_the_store_is_away(in_memory: None) -> None:
    """What waited too long goes back, and out when the store is there again; everybody gets it once."""

    async def story() -> list[float]:
        messenger = Messenger()
        async with announcing(in_memory, messenger, JumpingClock(), SLOW) as (store, sender):
            gone = here().time() + 2
            store.away = (gone, gone + 30)
            await until_done(store, sender)
            async with store.reading() as tx:
                assert {entry.state.value for entry in await tx.outbox.log(1000)} == {"sent"}
        assert each_once(messenger)
        return [at - gone for _, at in messenger.got]

    assert not [at for at in run(story()) if FRESH + 0.3 < at < 30]


def test_what_is_sent_soon_after_its_claim_is_not_asked_about_again() -> None:
    """At full speed a second look costs nothing: there is none."""

    async def story() -> int:
        messenger = Messenger()
        async with announcing(None, messenger, JumpingClock(), rate=1000.0) as (store, sender):
            assert await Worker(sender, here().time).drain() == PEOPLE
            return store.read

    assert run(story()) == 0


def test_a_store_that_does_not_understand_the_question_is_not_asked_for_ever(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in full, what was in hand goes back after a while, and nobody hears anything twice."""
    asked: list[float] = []

    async def story() -> Messenger:
        messenger = Messenger()
        async with announcing(url, messenger, JumpingClock(), SLOW) as (store, sender):
            understood, until = store.reading, here().time() + 20

            def reading() -> AbstractAsyncContextManager[UnitOfWork]:
                if here().time() >= until:
                    return understood()
                asked.append(here().time())
                raise OperationalError("SELECT", {}, UndefinedColumn("no such column"))

            store.reading = reading  # type: ignore[method-assign]
            await until_done(store, sender)
        return messenger

    assert each_once(run(story()))
    assert len(asked) < 20 + 20 + 2, "once a second, and once by this test"
    told = [record for record in caplog.records if record.exc_info]
    assert 1 <= len(told) <= 3
