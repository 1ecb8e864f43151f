"""Cutoffs that come near: who still waits for a word, and when the last reminders will be out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.store import Store
from bot.store.repositories.service_stats import Unreminded, count_unreminded
from programme.cutoffs import Cutoff
from programme.model.zones import Zone
from programme.programme import Programme
from reminders.last_call import finish, last_call
from reminders.policy import Policy

LOOKED_AHEAD: Final = timedelta(days=31)
"""So long before, a cutoff is shown."""

COUNTED: Final = timedelta(days=7)
"""So long before, its people are counted: whether they can all be told in time."""

NEAR: Final = timedelta(hours=36)
"""So long before, everybody should soon have had a reminder, and it is counted who had none."""


@dataclass(frozen=True, slots=True)
class CutoffFigures:
    """One wave's cutoff, UTC; `finish` is when the last reminders will be out as things stand."""

    wave: int
    at: datetime
    finish: datetime | None = None
    unreminded: int | None = None


async def read_cutoffs(
    store: Store, programme: Programme, policy: Policy, rates: Mapping[str, float]
) -> list[CutoffFigures]:
    """Read how things stand for every wave whose cutoff comes; `rates` are messages a second, by channel."""
    now = store.clock.now()
    coming = {wave: cutoff for wave in programme.waves if (cutoff := programme.cutoff(wave)) is not None}
    near = {wave: cutoff for wave, cutoff in coming.items() if now < cutoff.at <= now + LOOKED_AHEAD}
    return [await _one(store, wave, cutoff, policy, rates) for wave, cutoff in sorted(near.items())]


async def _one(store: Store, wave: int, cutoff: Cutoff, policy: Policy, rates: Mapping[str, float]) -> CutoffFigures:
    now = store.clock.now()
    if cutoff.at > now + COUNTED:
        return CutoffFigures(wave, cutoff.at)
    call = last_call(cutoff, policy)
    yesterday = datetime.combine(cutoff.day - timedelta(days=1), time(), Zone.WIB.tz)
    near = cutoff.at <= now + NEAR
    waiting = await _waiting(store, wave, yesterday if near else None, call if call <= now else None)
    left = sum(each.since_yesterday for each in waiting.values()) if near else None
    ahead = {channel: each.since_last_call for channel, each in waiting.items()}
    return CutoffFigures(wave, cutoff.at, finish(ahead, max(now, call), rates), left)


async def _waiting(
    store: Store, wave: int, yesterday: datetime | None, call: datetime | None
) -> Mapping[str, Unreminded]:
    """Count by channel, a stretch in a transaction of its own, so that nothing is held for long."""
    found: dict[str, Unreminded] = {}
    after: int | None = 0
    while after is not None:
        async with store.reading() as tx:
            after = await count_unreminded(
                tx.connection, wave, yesterday=yesterday, last_call=call, after=after, into=found
            )
    return found
