"""How much may be sent: per second, per pair of number and person, per day to people outside the window; and counts.

Meta, throughput: 80 a second a number, in and out together; pair rate about one in 6 s with a burst [B]; limits per
portfolio of people outside the window in any 24 h (Meta, messaging-limits).
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.fakes.graph_errors import GraphError

TIERS = {"TIER_250": 250, "TIER_2K": 2_000, "TIER_10K": 10_000, "TIER_100K": 100_000, "TIER_UNLIMITED": None}
_DAY = timedelta(hours=24)


class Limits:
    """Counts sendings; `per_second` None and `pair_burst` None take everything.

    `seconds` tells the time of the sliding second and of the pairs: that of the event loop, or one's own.
    """

    def __init__(self) -> None:
        self.per_second: float | None = 80
        self.pair_burst: int | None = None  # messages at once to one person, then one per `pair_pause` seconds
        self.pair_pause = 6.0
        self.tier: int | None = None  # people outside the window in 24 h; None is TIER_UNLIMITED
        self.seconds: Callable[[], float] = lambda: asyncio.get_running_loop().time()
        self._recent: deque[float] = deque()
        self._pairs: dict[str, float] = {}
        self._reached: dict[str, datetime] = {}

    def count(self, pair: str) -> None:
        """Raises 130429 or 131056."""
        now = self.seconds()
        if self.per_second is not None:
            self._forget(now)
            if len(self._recent) >= self.per_second:
                raise GraphError(130429, "Rate limit hit: messages per second of this number")
        if self.pair_burst is not None:
            self._count_pair(pair, now, self.pair_burst)
        self.note(now)

    def note(self, now: float | None = None) -> None:
        """Count one message that nobody may refuse: an incoming one."""
        if self.per_second is not None:
            self._recent.append(self.seconds() if now is None else now)

    def _forget(self, now: float) -> None:
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()

    def _count_pair(self, pair: str, now: float, burst: int) -> None:
        due = max(self._pairs.get(pair, 0.0), now)
        if due - now > (burst - 1) * self.pair_pause:
            raise GraphError(131056, "Too many messages from this number to the same recipient in a short time")
        self._pairs[pair] = due + self.pair_pause

    def reaches(self, person: str, now: datetime) -> bool:
        """Whether one more person outside the window may be written to; who was in these 24 h counts no second time."""
        if self.tier is None:
            return True
        if len(self._reached) >= self.tier:
            self._reached = {each: at for each, at in self._reached.items() if now - at < _DAY}
        if len(self._reached) >= self.tier and person not in self._reached:
            return False
        if now - self._reached.get(person, now - _DAY) >= _DAY:
            self._reached[person] = now
        return True

    def tier_name(self) -> str:
        return next((name for name, most in TIERS.items() if most == self.tier), f"TIER_{self.tier}")


class Counts:
    """What a benchmark wants to know afterwards."""

    def __init__(self) -> None:
        self.requests = 0
        self.accepted = 0
        self.delivered = 0
        self.read = 0
        self.refused: Counter[int] = Counter()  # calls by code
        self.failed: Counter[int] = Counter()  # statuses by code
        self._tenths: Counter[int] = Counter()

    def request(self, at: float) -> None:
        """Count one request at `at` seconds of the event loop."""
        self.requests += 1
        self._tenths[int(at * 10)] += 1

    @property
    def throttled(self) -> int:
        """Calls answered with 429."""
        return sum(self.refused[code] for code in (4, 80007, 130429, 131056))

    @property
    def per_second(self) -> float:
        """Requests a second from the first to the last, by tenths of a second."""
        if not self._tenths:
            return 0.0
        return self.requests * 10 / (max(self._tenths) - min(self._tenths) + 1)

    @property
    def largest_burst(self) -> int:
        """The most requests within one second."""
        return max((sum(self._tenths[start + each] for each in range(10)) for start in list(self._tenths)), default=0)
