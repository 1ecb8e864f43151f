"""Jobs of broadcasts: those that are due begin, the next people are planned, what is through is finished, and what was
sent by mistake is taken back or corrected.

What is to be done is found out by reading; a transaction that writes, for which others wait, is opened only
where there is something to write, and is short.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter

from bot.broadcasts.over_whatsapp import whatsapp_outlook
from bot.broadcasts.rules import BroadcastRules, forecast
from bot.broadcasts.telling import News, news_for_author, owe_news
from bot.store import Store, UnitOfWork
from bot.store.isolation import Apart
from bot.store.portions import Portions
from bot.store.repositories.broadcasts import Tally
from programme.model.broadcast_refusals import BroadcastRefused, check_in_time
from programme.model.broadcasts import Broadcast, BroadcastState, Halt
from programme.model.spheres import Sphere
from programme.programme import Programme

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(hours=1)
"""For so long after its end a broadcast is still told about."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a look at a broadcast showed: what to do, by name, what to write down, what to tell."""

    todo: str | None = None
    tally: Tally | None = None
    news: News | None = None


@dataclass(slots=True)
class BroadcastJobs:
    """Run at any moment, again and again, by several processes: each step is taken once."""

    store: Store
    programme: Programme
    rules: BroadcastRules

    async def run(self) -> int:
        """Do what there is to do; return how much that was."""
        async with self.store.reading() as tx:
            active = await tx.broadcasts.active(tx.now - LOOK_BACK)
        done = await Apart(self.store, Sphere.BROADCAST).each(active, self._step_or_close, attrgetter("id"))
        return done + await self._fill(active) + await self._amend()

    async def _amend(self) -> int:
        """Owe those who got a broadcast what takes it back or corrects it, a stretch at a time."""
        async with self.store.reading() as tx:
            collecting = await tx.amendments.collecting()
        looked_at = 0
        for each in collecting:
            while True:
                async with self.store.writing() as tx:
                    found = await tx.amendments.collect(each, self.rules.stretch)
                looked_at += found
                if found < self.rules.stretch:
                    break
        return looked_at

    async def _step_or_close(self, each: Broadcast) -> int:
        done = await self._step(each)
        if each.state is BroadcastState.CANCELLED:
            await self._close(each)
        return done

    async def _close(self, each: Broadcast) -> None:
        """Close what waits of one that was called off."""
        async with self.store.reading() as tx:
            if await tx.broadcasts.deliveries.first_open(each.id) is None:
                return
        await Portions(self.store).take(lambda tx, few: tx.broadcasts.deliveries.cancel(each.id, few))

    async def _step(self, each: Broadcast) -> int:
        async with self.store.reading() as tx:
            sight = await self._look(tx, each)
        if sight == _Sight():
            return 0
        async with self.store.writing() as tx:
            if sight.tally is not None:
                await tx.broadcasts.tally(sight.tally)
            done = await self._do(tx, each, sight.todo) if sight.todo else 0
            return done + (await owe_news(tx, sight.news) if sight.news else 0)

    async def _look(self, tx: UnitOfWork, each: Broadcast) -> _Sight:
        todo, tally = None, None
        match each.state:
            case BroadcastState.SCHEDULED if each.starts_at <= tx.now:
                words = each.audience.new_to  # who still gets them from an earlier order is known in a moment
                todo = None if words and await tx.broadcasts.in_hand(words) else "begin"
            case BroadcastState.RUNNING:
                tally = await tx.broadcasts.untallied(each.id)
                todo = await self._needed(tx, each)
        return _Sight(todo, tally, await news_for_author(tx, each, self.rules))

    async def _needed(self, tx: UnitOfWork, each: Broadcast) -> str | None:
        """Finish what is through; stop what no channel takes, or can take before an operator acts."""
        if await tx.broadcasts.is_planned(each.id) and await tx.broadcasts.deliveries.first_open(each.id) is None:
            return "finish"
        if await tx.broadcasts.deliveries.any_refused(each.id):
            return Halt.ACCOUNT
        progress = await tx.broadcasts.progress(each.id)
        return Halt.REFUSED if progress.sent == 0 and progress.failed >= self.rules.all_failed else None

    async def _do(self, tx: UnitOfWork, each: Broadcast, todo: str) -> int:
        move, rows, running = tx.broadcasts.move, tx.broadcasts.deliveries, {BroadcastState.RUNNING}
        match todo:
            case "begin":
                return await self._begin(tx, each)
            case "finish":
                return await move(each.id, BroadcastState.DONE, since=running, finished_at=tx.now)
            case Halt():
                log.error("broadcast %s is paused: %s", each.id, todo)
                await move(each.id, BroadcastState.PAUSED, since=running, reason=todo.value)
                return 1 + await rows.hold(each.id)
            case _:
                return 0

    async def _begin(self, tx: UnitOfWork, each: Broadcast) -> int:
        """Begin, unless too much time went by since it was ordered."""
        whatsapp = await whatsapp_outlook(tx, each.over_whatsapp, self.rules)
        outlook = forecast(each.audience, each.expected, each.exclusions, self.rules, self.programme, whatsapp=whatsapp)
        since = {BroadcastState.SCHEDULED}
        try:
            check_in_time(outlook, tx.now, each.not_after, tx.now)
        except BroadcastRefused as refusal:
            log.warning("broadcast %s does not begin: %s", each.id, refusal)
            reason = str(refusal)
            return await tx.broadcasts.move(
                each.id, BroadcastState.FAILED, since=since, finished_at=tx.now, reason=reason
            )
        return await tx.broadcasts.move(each.id, BroadcastState.RUNNING, since=since, started_at=tx.now)

    async def _fill(self, active: list[Broadcast]) -> int:
        """Plan stretches ahead of the workers, fairly for each broadcast; return how many that were."""
        planned = 0
        left = [each.id for each in active if each.state in {BroadcastState.RUNNING, BroadcastState.SCHEDULED}]
        async with self.store.reading() as tx:
            ahead, _since = await tx.broadcasts.deliveries.ahead()
        room = self.rules.window - ahead
        while left and room >= self.rules.window // 2:
            for number in list(left):
                async with self.store.writing() as tx:
                    most = min(self.rules.stretch, max(1, room // len(left)))
                    rows = await tx.broadcasts.plan(number, most=most)
                if rows is None:
                    left.remove(number)
                else:
                    planned += 1
                    room -= rows
        return planned
