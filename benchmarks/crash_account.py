"""What became of a wave whose workers were killed, reckoned person by person from what the server accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.crash_worker import SharedClock

MOMENT = 1.0
"""Seconds between the last look at whether a message is still wanted, and its sending, at most."""


@dataclass(frozen=True)
class Kill:
    """A worker's end: whose messages the server had accepted from it, with nothing about it in the store."""

    worker: str
    in_flight: frozenset[int]


@dataclass(frozen=True)
class Purchase:
    """Somebody reported buying; committed at `at`, in seconds since 1970."""

    person: int
    at: float


@dataclass
class Account:
    """`rows` are person, state and not_after of each delivery; `accepted` are person and moment."""

    rows: Sequence[Any]
    accepted: Sequence[tuple[int, float]]
    clock: SharedClock
    kills: Sequence[Kill]
    purchases: Sequence[Purchase]

    def figures(self) -> dict[str, Any]:
        times = Counter(person for person, _ in self.accepted)
        in_flight = Counter(person for kill in self.kills for person in kill.in_flight)
        return {
            "kills": len(self.kills),
            **Counter(row.state for row in self.rows),
            "lost": len(self._lost(times)),
            "sent twice": sum(each - 1 for each in times.values()),
            "in flight at the kills": in_flight.total(),
            "twice unaccounted for": sum((Counter({who: n - 1 for who, n in times.items()}) - in_flight).values()),
            "after its cutoff": len(self._late()),
            "bought meanwhile": len(self.purchases),
            "told who had bought": len(self._told()),
        }

    def _lost(self, times: Counter[int]) -> list[int]:
        """Who heard nothing, without having bought and without their cutoff having passed.

        What a dead worker held of theirs is closed as unknown.
        """
        bought = {purchase.person for purchase in self.purchases}
        excused = {
            row.participant for row in self.rows if row.state in {"cancelled", "unknown"} and row.participant in bought
        }
        now = self.clock.now()
        excused |= {
            row.participant for row in self.rows if row.state in {"expired", "unknown"} and row.not_after <= now
        }
        return [row.participant for row in self.rows if not times[row.participant] and row.participant not in excused]

    def _late(self) -> list[int]:
        """Who was told after their not_after."""
        ends = {row.participant: row.not_after for row in self.rows}
        return [person for person, at in self.accepted if self.clock.at(at) > ends[person]]

    def _told(self) -> set[int]:
        """Who was told more than a `MOMENT` after they had reported buying."""
        bought = {purchase.person: purchase.at for purchase in self.purchases}
        return {person for person, at in self.accepted if at > bought.get(person, at) + MOMENT}
