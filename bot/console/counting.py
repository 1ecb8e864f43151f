"""Counting: keeps the figures of the console up to date, a stretch at a time, and kept by the day."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.store import Store, UnitOfWork
from bot.store.repositories.tallies import HOUR, NOWHERE, Place
from bot.store.throttled_log import ThrottledLog
from programme.model.zones import Zone

log = logging.getLogger(__name__)

PEOPLE, REMINDERS, BOUGHT, OBSTACLES, COUNTED = "people", "reminders", "bought", "obstacles", "counted"
MINUTE = "minute"
"""Of the day, when people were counted last."""

BACK: Final = timedelta(days=14)
"""How far back hours are counted where nothing was counted before."""

FOLLOWED: Final = timedelta(hours=24)
"""Within which a purchase is said to have followed a reminder; that is no proof."""

EVERY: Final = 60.0
"""Seconds between two counts, where they are quick."""

REST: Final = 20
"""So many times as long as a count took nothing is counted after it: a twentieth of the database's time at most."""


@dataclass(slots=True, eq=False)
class Counting:
    """Counts people by wave as they are now, under today; and what happened, under its hour.

    `before` is done before each count: it adds what the process counted itself.
    """

    store: Store
    every: float = EVERY
    before: Callable[[], Awaitable[None]] | None = None
    _counted: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep_up(self, tell: Callable[[], Awaitable[None]]) -> None:
        """Count again and again, as long as the process lives, and tell whoever looks."""
        trouble = ThrottledLog(log, "times that the console could not count")
        while True:
            began = time.monotonic()
            try:
                await self.run()
                await tell()
            except Exception as error:
                trouble.tell(error, "the console could not count, and does so again")
            await asyncio.sleep(max(self.every, REST * (time.monotonic() - began)))

    async def run(self) -> None:
        """Count everybody, and the hours that are not over or were not counted yet."""
        if self.before is not None:
            await self.before()
        people = await self._people()
        async with self.store.writing() as tx:
            day = _day(tx.now)
            await tx.tallies.put(day, PEOPLE, people)
            await tx.tallies.put(day, MINUTE, {"of the day": int((tx.now - day).total_seconds() // 60)})
        await self._hours()
        self._counted.set()

    async def counted(self, within: float) -> None:
        """Return once everything was counted in this process, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._counted.wait()

    async def _people(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        after: int | None = 0
        while after is not None:
            after = await self._stretch(after, found)
            await asyncio.sleep(0)  # others read and write in between
        await self._roster(found)
        return dict(found)

    async def _stretch(self, after: int, found: Counter[str]) -> int | None:
        async with self.store.reading() as tx:
            if (last := await tx.tallies.end_of_stretch(after)) is None:
                return None
            groups = await tx.tallies.count_people(after, last)
            steps = await tx.tallies.count_progress(after, last)
        for one in groups:
            names = ["people", "linked" if one.official else "", "reachable" if one.reachable else ""]
            if not one.bought:
                names += ["open", "" if one.reachable else "open_unreachable", "" if one.official else "open_unlinked"]
            if one.official and not one.listed:
                names.append("unlisted_linked")
            found.update({f"{one.wave}/{name}": one.count for name in names if name})
        for wave, milestone, count in steps:
            found[f"{wave}/step/{milestone}"] += count
        return last

    async def _roster(self, found: Counter[str]) -> None:
        after: str | None = ""
        while after is not None:
            async with self.store.reading() as tx:
                after, rows = await tx.tallies.count_roster(after)
            for wave, bought, count in rows:
                found[f"{wave}/roster"] += count
                found[f"{wave}/roster_open"] += 0 if bought else count

    async def _hours(self) -> None:
        async with self.store.reading() as tx:
            now, newest = tx.now, await tx.tallies.newest(COUNTED)
        hour = _hour(now) - BACK if newest is None or newest > now else newest - HOUR
        while (firsts := await self._firsts(hour)) and (busy := _hour(min(firsts.values()))) <= now:
            counts = await self._hour(busy, firsts)
            async with self.store.writing() as tx:
                for name, parts in counts.items():
                    await tx.tallies.put(busy, name, parts)
            hour = busy + HOUR
        async with self.store.writing() as tx:
            await tx.tallies.put(_hour(now), COUNTED, {"hours": 1})

    async def _firsts(self, since: datetime) -> dict[str, datetime]:
        """Return when the next of each happened, where anything did."""
        async with self.store.reading() as tx:
            found = await tx.tallies.firsts(since)
        named = {REMINDERS: found.reminder, BOUGHT: found.purchase, OBSTACLES: found.obstacle}
        return {name: at for name, at in named.items() if at is not None}

    async def _hour(self, hour: datetime, firsts: Mapping[str, datetime]) -> dict[str, dict[str, int]]:
        """Count what happened within an hour, of that of which the first is in it."""
        counting: dict[str, _Count] = {
            REMINDERS: lambda tx, after: tx.tallies.count_reminders(hour, after),
            BOUGHT: lambda tx, after: tx.tallies.count_bought(hour, FOLLOWED, after),
            OBSTACLES: lambda tx, after: tx.tallies.count_obstacles(hour, after),
        }
        return {name: await self._portions(counting[name]) for name, at in firsts.items() if at < hour + HOUR}

    async def _portions(self, count: _Count) -> dict[str, int]:
        """Add up what is counted a portion at a time: within an hour a million reminders may go out."""
        found: Counter[str] = Counter()
        after: Place | None = NOWHERE
        while after is not None:
            async with self.store.reading() as tx:
                after, parts = await count(tx, after)
            found.update(parts)
        return dict(found)


_Count = Callable[[UnitOfWork, Place], Awaitable[tuple[Place | None, Mapping[str, int]]]]


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _day(at: datetime) -> datetime:
    """Return the beginning of the day in WIB."""
    local = at.astimezone(Zone.WIB.tz)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(at.tzinfo)
