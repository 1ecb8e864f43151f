"""Figures of the whole service, the same whichever process reads them from the database: one role is to show them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.app.metrics.cutoff_figures import CutoffFigures
from bot.channels.whatsapp.prices import load_prices
from bot.channels.whatsapp.tier import FIRST
from bot.store.repositories.channel_accounts import Charge, TemplateRow
from bot.store.repositories.queue_stats import Queue, QueueStats
from bot.store.repositories.service_stats import Due

STALE: Final = 120.0
"""Seconds after which figures are shown no more: a database that is away is seen by their absence."""


Values = Mapping[tuple[str, ...], float]
"""One number for each set of labels."""


@dataclass(frozen=True, slots=True)
class WhatsAppFigures:
    """How the account on WhatsApp stands; `tier` is how many people a day may be approached, -1 for no limit."""

    templates: Sequence[TemplateRow] = ()
    tier: int = FIRST
    charges: Sequence[Charge] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What changes slowly: tickets by age, those past a target, waves near their cutoff, WhatsApp where it is used."""

    tickets: Mapping[str, int] = field(default_factory=dict)
    overdue: int = 0
    cutoffs: Sequence[CutoffFigures] = ()
    whatsapp: WhatsAppFigures | None = None


class ServiceFigures(Collector):
    """Shows what was read last, as long as that is fresh; `monotonic` in seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = monotonic
        self._seen_at = float("-inf")
        self._stats: QueueStats | None = None
        self._due: Due = {}
        self.standing: Standing | None = None
        self.disk_free: int | None = None

    def show(self, stats: QueueStats, due: Due) -> None:
        """Take in what waits, as of now."""
        self._stats, self._due, self._seen_at = stats, due, self._now()

    def describe(self) -> Iterable[Metric]:
        """Name nothing beforehand."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        if self._now() - self._seen_at > STALE or self._stats is None:
            return
        at = self._stats.at
        yield from _queue("inbox", "Messages that wait for their answer", (), {(): self._stats.inbox}, at)
        due: Mapping[tuple[str, ...], Queue] = {
            (channel, kind.value): queue for (channel, kind), queue in self._due.items()
        }
        yield from _queue("outbox", "Deliveries that are due", ("channel", "kind"), due, at)
        if self.disk_free is not None:
            yield _gauge("disk_free_bytes", "Room on the disk of an SQLite database", {(): self.disk_free})
        if self.standing is not None:
            yield from _standing(self.standing)


def _queue(
    name: str, what: str, labels: Sequence[str], queues: Mapping[tuple[str, ...], Queue], at: datetime
) -> Iterator[Metric]:
    yield _gauge(f"{name}_waiting", what, {key: queue.waiting for key, queue in queues.items()}, labels)
    ages = {key: (at - queue.since).total_seconds() if queue.since else 0.0 for key, queue in queues.items()}
    oldest = {key: max(age, 0.0) for key, age in ages.items()}
    yield _gauge(f"{name}_oldest_seconds", f"{what}: for how long the first does", oldest, labels)


def _standing(standing: Standing) -> Iterator[Metric]:
    tickets: Values = {(age,): count for age, count in standing.tickets.items()}
    yield _gauge("tickets_open", "Open tickets by age", tickets, ("age",))
    yield _gauge("tickets_overdue", "Open tickets past a target of the helpdesk", {(): standing.overdue})
    yield from _cutoffs(standing.cutoffs)
    if standing.whatsapp is not None:
        yield from _whatsapp(standing.whatsapp)


def _cutoffs(cutoffs: Sequence[CutoffFigures]) -> Iterator[Metric]:
    waves: Mapping[tuple[str, ...], CutoffFigures] = {(str(each.wave),): each for each in cutoffs}
    when = {wave: each.at.timestamp() for wave, each in waves.items()}
    ends = {wave: each.finish.timestamp() for wave, each in waves.items() if each.finish is not None}
    open_ = {wave: each.unreminded for wave, each in waves.items() if each.unreminded is not None}
    yield _gauge("cutoff_timestamp_seconds", "When a wave's time to buy ends", when, ("wave",))
    yield _gauge("cutoff_unreminded", "People whom no reminder reached since the day before", open_, ("wave",))
    yield _gauge("cutoff_finish_timestamp_seconds", "When its last reminders will be out", ends, ("wave",))


def _whatsapp(figures: WhatsAppFigures) -> Iterator[Metric]:
    states: Values = {
        (each.name, each.language, "STOPPED" if each.stopped_at else each.state): 1 for each in figures.templates
    }
    labels = ("name", "language", "state")
    yield _gauge("whatsapp_template_state", "How each text stands with WhatsApp", states, labels)
    yield _gauge("whatsapp_tier_people", "People a day who may be approached; -1 for all", {(): figures.tier})
    spent = CounterMetricFamily(
        "sobat_whatsapp_spent", "What messages cost, by the prices known", labels=("kind", "currency")
    )
    for kind, sum_ in _spent(figures.charges).items():
        spent.add_metric((kind, load_prices().currency), sum_)
    yield spent


def _spent(charges: Sequence[Charge]) -> Counter[str]:
    prices, spent = load_prices().per_message, Counter[str]()
    for each in charges:
        if each.billable and each.category in prices:
            spent[each.kind.value] += float(prices[each.category] * each.messages)  # type: ignore[assignment]
    return spent


def _gauge(name: str, what: str, values: Values, labels: Sequence[str] = ()) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"sobat_{name}", what, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family
