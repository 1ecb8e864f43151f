"""Impact of a changed policy: whose reminders become others, counted person by person before anything is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.editing.impact import CutoffImpact, MovedCutoff, impact_of
from bot.store import Store
from programme.model.participants import Participant
from programme.programme import Programme
from reminders.last_call import last_call
from reminders.policy import Policy
from reminders.timetable import timetable

LOOKED_AT: Final = 20_000
"""People at whom it is looked one by one. Of more, every second, third and so on stands for all."""

_STRETCH: Final = 100


@dataclass(slots=True)
class PolicyImpact:
    """What a changed policy comes to. Of `every` people one was looked at; the counts are of all.

    `touched` have other reminders ahead than before, `planned` of them another next one; `lost` have one fewer or more,
    `gained` one more. `calls` are the last reminders of waves, where they begin at another hour.
    """

    every: int = 1
    touched: int = 0
    planned: int = 0
    lost: int = 0
    gained: int = 0
    calls: Sequence[CutoffImpact] = field(default_factory=tuple)


async def policy_impact_of(
    store: Store, programme: Programme, before: Policy, after: Policy, rates: Mapping[str, float]
) -> PolicyImpact:
    """Compare everybody's timetable by the policy that holds with that by another one."""
    now = store.clock.now()
    async with store.reading() as tx:
        found = PolicyImpact(every=-(-await tx.people.newest() // LOOKED_AT) or 1)
    last, size = 0, _STRETCH
    while size == _STRETCH:
        async with store.reading() as tx:
            people = await tx.people.some(last, _STRETCH, found.every)
        for person in people:
            _compare(found, *(_ahead(person, programme, policy, now) for policy in (before, after)))
        last, size = (people[-1].id if people else last), len(people)
        await asyncio.sleep(0)  # others read and write in between
    calls = [await impact_of(store, one, after, rates) for one in _moved_calls(programme, before, after, now)]
    found.calls = [call for call in calls if call.touched.people]
    return found


def _ahead(person: Participant, programme: Programme, policy: Policy, now: datetime) -> dict[str, datetime]:
    return {due.source: due.at for due in timetable(person, programme, policy) if due.at > now}


def _compare(found: PolicyImpact, before: dict[str, datetime], after: dict[str, datetime]) -> None:
    found.touched += found.every * (before != after)
    found.planned += found.every * (next(iter(before.items()), None) != next(iter(after.items()), None))
    found.lost += found.every * bool(before.keys() - after.keys())
    found.gained += found.every * bool(after.keys() - before.keys())


def _moved_calls(programme: Programme, before: Policy, after: Policy, now: datetime) -> list[MovedCutoff]:
    cutoffs = {wave: programme.cutoff(wave) for wave in programme.waves}
    return [
        MovedCutoff(wave, cutoff, cutoff)
        for wave, cutoff in cutoffs.items()
        if cutoff is not None and cutoff.at > now and last_call(cutoff, before) != last_call(cutoff, after)
    ]
