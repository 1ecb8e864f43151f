"""Impact: whom a moved cutoff touches, and what becomes of their reminders; told before anything is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store import Store
from bot.store.repositories.cutoff_reach import Touched, count_touched
from programme.cutoffs import Cutoff
from programme.programme import Programme
from reminders.last_call import finish, last_call
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class MovedCutoff:
    """A wave whose cutoff would be another; None where there is none to tell."""

    wave: int
    before: Cutoff | None
    after: Cutoff | None


@dataclass(frozen=True, slots=True)
class CutoffImpact:
    """What a moved cutoff comes to as of `now`; `calls_at` and `finished_at` are of the last reminders."""

    moved: MovedCutoff
    now: datetime
    touched: Touched
    calls_at: datetime | None
    finished_at: datetime | None

    @property
    def is_past(self) -> bool:
        """Whether the new cutoff is over already: nobody is reminded of it any more."""
        return self.moved.after is not None and self.moved.after.at <= self.now

    @property
    def is_late(self) -> bool:
        """Whether the last reminders would not all be out in time."""
        after = self.moved.after
        return after is not None and self.finished_at is not None and self.finished_at > after.at

    @property
    def corrected(self) -> int:
        """How many were told another cutoff, and will be told that it moved."""
        return 0 if self.is_past or self.moved.after is None else self.touched.told


def moved_cutoffs(before: Programme, after: Programme) -> Iterator[MovedCutoff]:
    """Go through the waves whose cutoff is another."""
    for wave in sorted({*before.waves, *after.waves}):
        was, will_be = before.cutoff(wave), after.cutoff(wave)
        if (was and was.at) != (will_be and will_be.at):
            yield MovedCutoff(wave, was, will_be)


async def impact_of(store: Store, moved: MovedCutoff, policy: Policy, rates: Mapping[str, float]) -> CutoffImpact:
    """Count whom it touches, a stretch at a time; `rates` are messages a second, by channel."""
    touched = Touched()
    last: int | None = 0
    cutoff = moved.after
    while last is not None:
        async with store.reading() as tx:
            last = await count_touched(tx.connection, moved.wave, cutoff.at if cutoff else None, last, touched)
        await asyncio.sleep(0)  # others read and write in between
    now = store.clock.now()
    if cutoff is None or cutoff.at <= now:
        return CutoffImpact(moved, now, touched, None, None)
    begin = max(now, last_call(cutoff, policy))
    return CutoffImpact(moved, now, touched, begin, finish(touched.by_channel, begin, rates))
