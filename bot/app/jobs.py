"""Jobs: what is done every so often; each may run at any moment, in several processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.jobs import BroadcastJobs
from bot.editing.in_force import policy_of, programme_of
from bot.outbound.sender import Sender
from bot.outbound.worker import deliver_due
from bot.store import Store
from bot.store.backup.restored import restored_at
from programme.model.windows import WINDOWS
from programme.programme import Programme
from reminders.moved import replan
from reminders.policy import Policy
from reminders.sweep import move_on, sweep


@dataclass(slots=True)
class Jobs:
    """The ticks of the app. Each can be run at any moment, again and again, by several processes."""

    store: Store
    programme: Programme
    policy: Policy
    sender: Sender
    rounds: BroadcastJobs

    async def run(self) -> int:
        """Sweep, and deliver until nothing is left that is due; return how much there was to do."""
        done = await self.sweep() + await self.overtake()
        while news := await self.rounds.run() + await deliver_due(self.sender):
            done += news
        return done

    async def sweep(self) -> int:
        """Put the reminders that fell due into the outbox; return how many rows were looked at."""
        swept = 0
        if await self._held_back():
            return swept
        while True:
            async with self.store.writing() as tx:
                count = await sweep(tx.reminders, self.programme, self.policy)
            swept += count
            if count == 0:
                return swept

    async def overtake(self) -> int:
        """Have reminders that did not arrive in hours go by the person's other channel; return how many."""
        if not WINDOWS.keys() & self.sender.channels.keys():
            return 0
        async with self.store.writing() as tx:
            return await tx.outbox.overtake()

    async def _held_back(self) -> bool:
        """Whether a restored database waits for an operator to say what becomes of the past."""
        async with self.store.reading() as tx:
            return await restored_at(tx.connection) is not None

    async def next_moment(self) -> datetime | None:
        """Return the next moment in UTC at which there is something to do."""
        async with self.store.reading() as tx:
            moments = [
                await tx.reminders.next_at(),
                await tx.outbox.next_due(),
                await tx.broadcasts.next_start(),
            ]
        return min((moment for moment in moments if moment is not None), default=None)

    async def follow_moved_cutoffs(self) -> list[int]:
        """Re-plan the waves whose cutoff differs from the one seen last; return their numbers.

        A wave is planned a portion at a time, and its cutoff counts as seen once everybody is: what is broken off
        begins again. Where nothing was seen yet, nothing was planned by another date either.
        """
        moved = []
        for wave, cutoff, planned in await self._not_seen():
            after: int | None = 0 if planned else None
            while after is not None:
                async with self.store.writing() as tx:
                    after = (await replan(tx.reminders, wave, self.programme, self.policy, after=after)).last
            async with self.store.writing() as tx:
                await tx.cutoffs.remember(wave, cutoff)
            moved += [wave] if planned else []
        return moved

    async def follow_policy(self) -> None:
        """Re-plan everybody where the policy differs from the one by which they were planned.

        A portion at a time; what is broken off goes on where it was. Where nothing was noted yet, nobody was planned by
        another one.
        """
        fingerprint = self.policy.fingerprint
        async with self.store.reading() as tx:
            known = await tx.planned_policy.known()
        if known == (fingerprint, None):
            return
        after = None if known is None else (known[1] or 0) if known[0] == fingerprint else 0
        while after is not None:
            async with self.store.writing() as tx:
                after = (await replan(tx.reminders, None, self.programme, self.policy, after=after)).last
                await tx.planned_policy.remember(fingerprint, after)
        if known is None:
            async with self.store.writing() as tx:
                await tx.planned_policy.remember(fingerprint)

    async def _not_seen(self) -> list[tuple[int, datetime, bool]]:
        """Return waves with a cutoff that was not seen, and whether people were planned by another, or by none."""
        async with self.store.reading() as tx:
            known = await tx.cutoffs.known()
        held = {wave: cutoff.at for wave in self.programme.waves if (cutoff := self.programme.cutoff(wave))}
        return [(wave, at, bool(known)) for wave, at in held.items() if known.get(wave) != at]


async def skip_past(store: Store) -> None:
    """Move everybody's row past what fell due already; nobody is reminded of that any more."""
    programme, policy = await programme_of(store), await policy_of(store)
    count = 1
    while count:
        async with store.writing() as tx:
            count = await move_on(tx.reminders, programme, policy)
