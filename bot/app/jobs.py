"""Jobs: what is done every so often; each may run at any moment, in several processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts.jobs import BroadcastJobs
from bot.outbound.sender import Sender
from bot.outbound.worker import deliver_due
from bot.store import Store
from programme.model.windows import WINDOWS
from programme.programme import Programme
from reminders.moved import replan
from reminders.policy import Policy
from reminders.sweep import sweep


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
        """Re-plan the waves whose cutoff differs from the one seen last; return their numbers."""
        moved = []
        async with self.store.writing() as tx:
            known = await tx.cutoffs.known()
            for wave in self.programme.waves:
                cutoff = self.programme.cutoff(wave)
                if cutoff is None or known.get(wave) == cutoff.at:
                    continue
                if wave in known:
                    await replan(tx.reminders, wave, self.programme, self.policy)
                    moved.append(wave)
                await tx.cutoffs.remember(wave, cutoff.at)
        return moved
