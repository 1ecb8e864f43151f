"""Meters of one process: counted where things happen, read by whoever asks for `/metrics`.

Names begin with `sobat_`, units are seconds, and no label tells of anybody: each has a few values known beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Final

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector
from prometheus_client import Counter as Meter

from bot.outbound.traffic_observer import TrafficObserver
from handlers.dialogue.register import conversations
from handlers.dialogue.turn_input import TurnOutcome
from programme.model.deliveries import Outcome, Settlement
from programme.model.messages import Incoming, Kind
from programme.model.receipts import ReceiptState

_SHORT: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_WAITED: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
_LATE: Final = (1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0)
_ANSWERED: Final = (300.0, 600.0, 1800.0, 3600.0, 7200.0, 14400.0, 28800.0, 86400.0, 259200.0)
"""Seconds."""

NONE: Final = "none"
"""The label of what has none."""

_AFTERWARDS: Final = {
    ReceiptState.DELIVERED: "delivered",
    ReceiptState.READ: "read",
    ReceiptState.FAILED: "failed_later",
}
"""What receipts are called among outcomes; that a message left the channel's server is no outcome."""


class Meters(TrafficObserver):
    """Counts in figures. `registry` is what `/metrics` shows; other collectors may join it."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.deliveries = self._counter("deliveries", "What became of deliveries", "channel", "kind", "outcome")
        self.send = self._histogram("send_seconds", "What a channel took for one message", _SHORT, "channel")
        self.reply = self._histogram("reply_seconds", "From a message to its reply", _WAITED, "channel")
        self.throttles = self._counter("throttled", "How often a channel asked to wait", "channel")
        self.pauses = self._counter("throttle_seconds", "For how long channels asked to wait", "channel")
        self.lateness = self._histogram("reminder_lateness_seconds", "How late reminders went out", _LATE)
        self.intents = self._counter("intents", "What messages were understood as", "intent", "how")
        self.redactions = self._counter("redactions", "What was cut out of messages", "sort")
        self.answered = self._histogram("ticket_first_answer_seconds", "Until people of the staff answered", _ANSWERED)
        self.jobs = self._gauge("job_last_success_timestamp_seconds", "When a job last ended well", "job")
        self.database = self._histogram("db_seconds", "What a transaction took", _SHORT, "operation")
        self.build = self._gauge("build_info", "What runs here", "version", "revision")

    def took(self, channel: str, seconds: float) -> None:
        """Count how long a channel took."""
        self.send.labels(channel).observe(seconds)

    def throttled(self, channel: str, seconds: float) -> None:
        """Count a pause that a channel asked for."""
        self.throttles.labels(channel).inc()
        self.pauses.labels(channel).inc(max(seconds, 0.0))

    def settled(self, settlements: Sequence[Settlement]) -> None:
        """Count outcomes, and how late reminders were."""
        counted = Counter((each.claimed.channel, each.claimed.delivery.kind, each.outcome) for each in settlements)
        for (channel, kind, outcome), count in counted.items():
            self.deliveries.labels(channel, kind, outcome.replace(" ", "_")).inc(count)
        for each in settlements:
            if each.claimed.delivery.kind is Kind.REMINDER and each.outcome is Outcome.SENT:
                self.lateness.observe(max((each.at - each.claimed.delivery.due_at).total_seconds(), 0.0))

    def closed(self, closed: Mapping[tuple[str, Kind, str], int]) -> None:
        """Count what was closed unsent."""
        for (channel, kind, state), count in closed.items():
            self.deliveries.labels(channel or NONE, kind, state).inc(count)

    def reported(self, channel: str, told: Mapping[tuple[Kind, ReceiptState], int]) -> None:
        """Count how far messages came."""
        for (kind, state), count in told.items():
            if state in _AFTERWARDS:
                self.deliveries.labels(channel, kind, _AFTERWARDS[state]).inc(count)

    def decided(self, incoming: Incoming, outcome: TurnOutcome | None) -> None:
        """Count what a message was understood as, and what was cut out of it."""
        for sort in incoming.redacted:
            self.redactions.labels(sort).inc()
        if outcome is not None:
            known = outcome.intent in conversations()
            self.intents.labels(outcome.intent if known else NONE, _how(incoming, outcome)).inc()

    def replied(self, channel: str, seconds: float) -> None:
        """Count how long somebody waited."""
        self.reply.labels(channel).observe(seconds)

    def timed(self, operation: str, seconds: float) -> None:
        """Count what a transaction took: `read` or `write`."""
        self.database.labels(operation).observe(seconds)

    def job_done(self, name: str, at: datetime) -> None:
        """Note that a job ended well."""
        self.jobs.labels(name.replace(" ", "_")).set(at.timestamp())

    def runs(self, revision: str | None) -> None:
        """Note what runs here, on which revision of the database."""
        self.build.clear()
        self.build.labels(version("sobat-prakerja"), revision or NONE).set(1)

    def _counter(self, name: str, what: str, *labels: str) -> Meter:
        return Meter(f"sobat_{name}", what, labels, registry=self.registry)

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"sobat_{name}", what, labels, registry=self.registry)

    def _histogram(self, name: str, what: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"sobat_{name}", what, labels, registry=self.registry, buckets=buckets)


def _how(incoming: Incoming, outcome: TurnOutcome) -> str:
    """Name how it was said: the sort of message; of a text, whether it was certain what is meant."""
    if incoming.sort != "text":
        return incoming.sort.value
    if outcome.missed is not None:
        return "unsure"
    return "forwarded" if incoming.forwarded else "text"
