"""Watch: reads the figures of the whole service beside the monitor's look, slow ones less often."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.app.metrics.cutoff_figures import CutoffFigures, read_cutoffs
from bot.app.metrics.meters import Meters
from bot.app.metrics.service_figures import ServiceFigures, Standing, WhatsAppFigures
from bot.app.wiring import App
from bot.channels.whatsapp.tier import told_tier
from bot.helpdesk.figures import AGES, age_of, is_overdue
from bot.store import UnitOfWork
from bot.store.repositories.queue_stats import QueueStats
from bot.store.repositories.service_stats import TicketMoments, due, first_answers, open_tickets
from programme.helpdesk import HelpdeskRules, load_helpdesk

log = logging.getLogger(__name__)

STANDING_EVERY: Final = timedelta(minutes=1)
"""How often what changes slowly is read."""

COUNT_EVERY: Final = timedelta(minutes=5)
"""How often a wave is counted: 750,000 people take up to 10 s, 5,000 of them at a time."""

_CHANNEL: Final = "whatsapp"
_EVER: Final = date(2000, 1, 1)


@dataclass(slots=True)
class Watch:
    """Fills the figures. `rates` are messages a second by channel, `tier` what an operator set for WhatsApp."""

    app: App
    meters: Meters
    figures: ServiceFigures
    rates: Mapping[str, float] = field(default_factory=dict)
    tier: int | None = None
    _next: datetime | None = None
    _count_at: datetime | None = None
    _cutoffs: Sequence[CutoffFigures] = ()
    _answered_to: datetime | None = None

    async def look(self, stats: QueueStats) -> None:
        """Read what the monitor did not, and show both."""
        async with self.app.store.reading() as tx:
            found = await due(tx.connection, stats)
        self.figures.show(stats, found)
        directory = self.app.store.directory
        self.figures.disk_free = None if directory is None else shutil.disk_usage(directory).free
        if self._next is None or stats.at >= self._next:
            self._next = stats.at + STANDING_EVERY
            await self._stand(stats)

    async def _stand(self, stats: QueueStats) -> None:
        async with self.app.store.reading() as tx:
            tickets, whatsapp = await open_tickets(tx.connection), await self._whatsapp(tx, stats)
            since, self._answered_to = self._answered_to or stats.at, stats.at
            for waited in await first_answers(tx.connection, since, stats.at):
                self.meters.answered.observe(waited.total_seconds())
        ages, overdue = by_age(tickets, load_helpdesk(), stats.at)
        if self._count_at is None or stats.at >= self._count_at:
            self._count_at = stats.at + COUNT_EVERY
            self._cutoffs = await read_cutoffs(self.app.store, self.app.programme, self.app.policy, self.rates)
        self.figures.standing = Standing(ages, overdue, self._cutoffs, whatsapp)

    async def _whatsapp(self, tx: UnitOfWork, stats: QueueStats) -> WhatsAppFigures | None:
        if stats.whatsapp is None:
            return None
        tier = self.tier or told_tier(stats.whatsapp.facts)
        return WhatsAppFigures(await tx.accounts.templates(), tier, await tx.accounts.charges(_CHANNEL, _EVER))


def by_age(tickets: list[TicketMoments], rules: HelpdeskRules, now: datetime) -> tuple[Mapping[str, int], int]:
    """Count open tickets by age on the calendar, and those past a target in working hours."""
    ages = Counter({_label(name): 0 for name, _limit in AGES})
    for each in tickets:
        ages[_label(age_of(now - each.opened_at))] += 1
    return ages, sum(is_overdue(each, rules, now) for each in tickets)


def _label(age: str) -> str:
    return age.replace(" ", "_")
