"""The rounds: announcements that are due begin, the next people are planned, what is through is finished."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.broadcasts.telling import tell_author
from bot.store import Store, Transaction
from programme.broadcast_refusals import BroadcastRefused
from programme.broadcasts import Broadcast, BroadcastState
from programme.clock import Clock
from programme.programme import Programme
from reminders.broadcasts import BroadcastRules, check_in_time, forecast

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(hours=1)
"""For so long after its end an announcement is still told about, and what workers left lying is cleared."""


@dataclass(slots=True)
class BroadcastRounds:
    """Run at any moment, again and again, by several processes: each step is taken once."""

    store: Store
    clock: Clock
    programme: Programme
    rules: BroadcastRules

    async def run(self) -> int:
        """Do what there is to do; return how much that was."""
        now = self.clock.now()
        async with self.store.reading() as tx:
            active = await tx.broadcasts.active(now - LOOK_BACK)
        if not active:
            return 0
        done = 0
        for each in active:
            done += await self._step(each, now)
        return done + await self._fill(active, now)

    async def _step(self, each: Broadcast, now: datetime) -> int:
        async with self.store.writing() as tx:
            match each.state:
                case BroadcastState.SCHEDULED if each.starts_at <= now:
                    done = await self._begin(tx, each, now)
                case BroadcastState.RUNNING:
                    done = await self._watch(tx, each, now)
                case BroadcastState.PAUSED:
                    done = await tx.broadcasts.deliveries.hold(each.source)  # what came back from a worker since
                case BroadcastState.CANCELLED | BroadcastState.FAILED:
                    done = await tx.broadcasts.deliveries.cancel(each.source, now)
                case _:
                    done = 0
            found = await tx.broadcasts.get(each.id)
            assert found is not None  # noqa: S101 - announcements are never deleted
            return done + await tell_author(tx, found, self.rules, now)

    async def _begin(self, tx: Transaction, each: Broadcast, now: datetime) -> int:
        """Begin, unless too much time went by since it was ordered."""
        outlook = forecast(each.audience, each.expected, each.exclusions, self.rules, self.programme)
        since = {BroadcastState.SCHEDULED}
        try:
            check_in_time(outlook, now, each.not_after, now)
        except BroadcastRefused as refusal:
            log.warning("broadcast %s does not begin: %s", each.id, refusal)
            await tx.broadcasts.move(each.id, BroadcastState.FAILED, since=since, finished_at=now, reason=str(refusal))
            return 1
        return int(await tx.broadcasts.move(each.id, BroadcastState.RUNNING, since=since, started_at=now))

    async def _watch(self, tx: Transaction, each: Broadcast, now: datetime) -> int:
        """Finish what is through; stop what nobody's messenger takes."""
        await tx.broadcasts.tally(each.id)
        since = {BroadcastState.RUNNING}
        through = await tx.broadcasts.deliveries.first_open(each.source) is None
        if through and await tx.broadcasts.is_planned(each.id):
            return int(await tx.broadcasts.move(each.id, BroadcastState.DONE, since=since, finished_at=now))
        progress = await tx.broadcasts.progress(each.id)
        if progress.sent == 0 and progress.failed >= self.rules.all_failed:
            log.error("broadcast %s is paused: the messenger refuses all of it", each.id)
            stopped = await tx.broadcasts.move(
                each.id, BroadcastState.PAUSED, since=since, reason="the messenger refuses all of it"
            )
            return int(stopped and await tx.broadcasts.deliveries.hold(each.source) >= 0)
        return 0

    async def _fill(self, active: list[Broadcast], now: datetime) -> int:
        """Plan stretches ahead of the workers, fairly for each announcement; return how many that were."""
        planned = 0
        left = [each.id for each in active if each.state in {BroadcastState.RUNNING, BroadcastState.SCHEDULED}]
        while left:
            async with self.store.reading() as tx:
                room = self.rules.window - await tx.broadcasts.deliveries.waiting()
            if room < self.rules.window // 2:
                return planned
            for number in list(left):
                async with self.store.writing() as tx:
                    most = min(self.rules.stretch, max(1, room // len(left)))
                    rows = await tx.broadcasts.plan(number, now, most=most)
                if rows is None:
                    left.remove(number)
                else:
                    planned += 1
        return planned
