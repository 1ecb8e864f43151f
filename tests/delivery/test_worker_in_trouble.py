"""What goes wrong in the middle of a broadcast costs time, and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from bot.channels.channel import Misconfigured, Throttled
from bot.outbound.sender import LATENCY
from programme.model.messages import Kind, Message
from tests.delivery.announcing import PEOPLE, RATE, JumpingClock, Messenger, announcing, each_once, until_done
from tests.delivery.virtual_time import here, run
from tests.store.samples import MONDAY, meet, owed, states


async def _story(url: str | None, messenger: Messenger, clock: JumpingClock, *, away: float = 0.0) -> dict[str, int]:
    async with announcing(url, messenger, clock) as (store, sender):
        if away:
            store.away = (here().time() + 1, here().time() + 1 + away)
        await until_done(store, sender)
        async with store.reading() as tx:
            rows = await tx.outbox.log(1000)
    return Counter(row.state.value for row in rows)


def test_a_429_of_35_seconds_costs_35_seconds_and_nothing_else(url: str) -> None:
    def trouble(number: int) -> None:
        if number == PEOPLE // 2:
            raise Throttled(35)

    messenger = Messenger(trouble)
    assert run(_story(url, messenger, JumpingClock())) == {"sent": PEOPLE}
    assert each_once(messenger)
    moments = [at for _, at in messenger.got]
    pause = max(later - sooner for sooner, later in pairwise(moments))
    assert 34.9 < pause < 37
    assert moments[-1] - moments[0] < PEOPLE / RATE + 35 + 3


def test_a_database_that_is_away_for_60_seconds_loses_nothing(url: str) -> None:
    messenger = Messenger()
    assert run(_story(url, messenger, JumpingClock(), away=60)) == {"sent": PEOPLE}
    assert each_once(messenger)


def test_a_clock_that_jumps_an_hour_ahead_sends_nothing_twice(in_memory: None) -> None:
    _jumps(in_memory, timedelta(hours=1))


def test_a_clock_that_jumps_an_hour_back_sends_nothing_twice(in_memory: None) -> None:
    _jumps(in_memory, timedelta(hours=-1))


def _jumps(url: str | None, jump: timedelta) -> None:
    clock = JumpingClock()

    def trouble(number: int) -> None:
        if number == 40:
            clock.jump = jump

    messenger = Messenger(trouble)

    async def story() -> Counter[str]:
        async with announcing(url, messenger, clock, due_at=MONDAY - timedelta(hours=2)) as (store, sender):
            await until_done(store, sender)
            async with store.reading() as tx:
                return Counter((await states(tx)).values())

    run(story())
    assert each_once(messenger)


def test_a_small_jump_is_one_where_leases_are_short(in_memory: None) -> None:
    clock = JumpingClock()

    def trouble(number: int) -> None:
        if number == PEOPLE - 15:  # while all that is left is in hand
            clock.jump = timedelta(seconds=14)

    messenger = Messenger(trouble)

    async def story() -> None:
        async with announcing(in_memory, messenger, clock, due_at=MONDAY - timedelta(hours=1)) as (store, sender):
            await until_done(store, sender, lease=timedelta(seconds=10))

    run(story())
    assert each_once(messenger)


def test_nothing_goes_out_once_the_clock_is_past_the_cutoff(in_memory: None) -> None:
    """Not even what was claimed before it jumped."""
    clock = JumpingClock()
    late: list[datetime] = []
    cutoff = MONDAY + timedelta(minutes=30)

    def trouble(number: int) -> None:
        if clock.now() > cutoff + timedelta(seconds=1):
            late.append(clock.now())
        if number == 40:
            clock.jump = timedelta(hours=1)

    messenger = Messenger(trouble)

    async def story() -> Counter[str]:
        async with announcing(in_memory, messenger, clock, not_after=cutoff) as (store, sender):
            await until_done(store, sender)
            async with store.reading() as tx:
                return Counter(row.state.value for row in await tx.outbox.log(1000))

    ended = run(story())
    assert ended["sent"] + ended["expired"] == PEOPLE
    assert len(late) <= 8, "only what was on the wire when the clock jumped"


def test_a_messenger_that_refuses_our_account_stops_the_announcement_and_tells(in_memory: None) -> None:
    """A minute later it is tried again; nobody's message is used up."""

    def trouble(number: int) -> None:
        if 20 <= number < 23:
            raise Misconfigured("bad token")

    messenger, told = Messenger(trouble), []

    async def story() -> Counter[str]:
        async with announcing(in_memory, messenger, JumpingClock()) as (store, sender):
            sender.alarms.append(lambda one, failure: told.append(one.channel))
            await until_done(store, sender)
            async with store.reading() as tx:
                return Counter(row.state.value for row in await tx.outbox.log(1000))

    assert run(story()) == {"sent": PEOPLE}
    assert told
    assert each_once(messenger)


def test_a_messenger_that_wants_a_pause_holds_up_no_other(in_memory: None) -> None:
    """Also who stands behind everybody on the frozen one in the row is told at once."""

    def trouble(number: int) -> None:
        if number == 1:
            raise Throttled(35)

    messenger, page = Messenger(trouble), Messenger(name="web")

    async def story() -> float:
        async with announcing(in_memory, messenger, JumpingClock()) as (store, sender):
            sender.channels = {"telegram": messenger, "web": page}
            async with store.writing() as tx:
                person = await meet(tx, "at-the-page", "web")
                await tx.outbox.put([owed(person, "b/1", Kind.BROADCAST, message=Message("Halo"))])
            began = here().time()
            await until_done(store, sender)
            return page.got[0][1] - began

    assert run(story()) < 5
    assert each_once(messenger)
    assert messenger.got[-1][1] - page.got[0][1] > 30


@dataclass
class Warmed(Messenger):
    """Notes how many had got something when its connections were opened ahead."""

    warmed: list[tuple[int, int]] = field(default_factory=list)

    async def warm(self, count: int) -> None:
        self.warmed.append((count, len(self.got)))


def test_connections_are_open_before_an_announcement_begins(in_memory: None) -> None:
    """Once, as many as its rate needs; not again for every batch."""
    messenger = Warmed()
    assert run(_story(in_memory, messenger, JumpingClock())) == {"sent": PEOPLE}
    assert messenger.warmed == [(round(RATE * LATENCY), 0)]
