"""Wave figures: what the first page tells of each wave and of the days before, read from counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.console.counting import BOUGHT, MINUTE, OBSTACLES, PEOPLE, REMINDERS
from bot.inbound.intent_counts import NAME as INTENTS
from bot.inbound.intent_counts import OTHER
from bot.store import UnitOfWork
from bot.store.repositories.tallies import Tally
from programme.cutoffs import Cutoff
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from programme.programme import Programme

DAYS: Final = 14
"""Days that the charts go back."""

HOURS: Final = 24
"""Hours that the chart of what people ask goes back."""

AT_RISK: Final = timedelta(hours=72)
"""Who has not bought and has less than this left is at risk."""

FUNNEL: Final = (
    Milestone.BOUGHT,
    Milestone.COMPLETED,
    Milestone.CERTIFIED,
    Milestone.REVIEWED,
    Milestone.ACCOUNT_CONNECTED,
    Milestone.INCENTIVE_PAID,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveFigures:
    """One wave. `silent` are on the roster without a chat, `unreachable` have a closed one, `unlinked` have one without
    official data; none of them bought."""

    wave: int
    cutoff: Cutoff | None
    roster: int = 0
    people: int = 0
    linked: int = 0
    reachable: int = 0
    open: int = 0
    unlinked: int = 0
    silent: int = 0
    unreachable: int = 0
    steps: Mapping[Milestone, int] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)

    @property
    def not_reached(self) -> int:
        """How many have not bought and can't be reached by anybody here."""
        return self.silent + self.unreachable

    @property
    def not_bought(self) -> int:
        """How many have not bought, with a chat or without."""
        return self.open + self.silent

    def is_at_risk(self, now: datetime) -> bool:
        """Tell whether the cutoff is so near that each hour counts."""
        return self.cutoff is not None and timedelta() < self.cutoff.at - now <= AT_RISK


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything on the first page. `tonight` is the wave whose cutoff is the next; None where none is ahead."""

    now: datetime
    counted_at: datetime | None
    waves: Sequence[WaveFigures] = ()
    tonight: WaveFigures | None = None
    days: Sequence[date] = ()
    reminders: Sequence[int] = ()
    bought_after: Sequence[int] = ()
    bought_other: Sequence[int] = ()
    obstacles: Mapping[str, Sequence[int]] = field(default_factory=dict)
    hours: Sequence[datetime] = ()
    asked: Mapping[str, Sequence[int]] = field(default_factory=dict)


async def overview(tx: UnitOfWork, programme: Programme) -> Overview:
    """Read the overview as of now."""
    day, counts = await tx.tallies.latest(PEOPLE)
    _day, minutes = await tx.tallies.latest(MINUTE)
    counted_at = None if day is None else day + timedelta(minutes=sum(minutes.values()))
    numbers = {int(part.partition("/")[0]) for part in counts}
    waves = sorted((_wave(wave, counts, programme) for wave in numbers), key=lambda one: _near(one, tx.now))
    ahead = next((one for one in waves if one.cutoff is not None and one.cutoff.at > tx.now), None)
    if ahead is not None and ahead.cutoff is not None:
        told = await tx.tallies.sums(REMINDERS, f"reminder/{ahead.wave}/{ahead.cutoff.day.isoformat()}/")
        ahead = replace(ahead, told=told)
    today = tx.now.astimezone(Zone.WIB.tz).date()
    days = [today - timedelta(days=DAYS - 1 - back) for back in range(DAYS)]
    since = datetime.combine(days[0], datetime.min.time(), Zone.WIB.tz).astimezone(tx.now.tzinfo)
    bought = await tx.tallies.since(BOUGHT, since)
    reasons = await tx.tallies.since(OBSTACLES, since)
    this_hour = tx.now.replace(minute=0, second=0, microsecond=0)
    hours = [this_hour - timedelta(hours=HOURS - 1 - back) for back in range(HOURS)]
    asked = [one for one in await tx.tallies.since(INTENTS, hours[0]) if one.part != OTHER]
    return Overview(
        now=tx.now,
        counted_at=counted_at,
        waves=waves,
        tonight=ahead,
        days=days,
        reminders=_by_day(await tx.tallies.since(REMINDERS, since), days),
        bought_after=_by_day([one for one in bought if one.part == "after"], days),
        bought_other=_by_day([one for one in bought if one.part != "after"], days),
        obstacles={name: _by_day(counts, days) for name, counts in _by_part(reasons).items()},
        hours=hours,
        asked={name: _by_hour(counts, hours) for name, counts in _by_part(asked).items()},
    )


def _by_part(tallies: Sequence[Tally]) -> dict[str, list[Tally]]:
    """Sort tallies by their part, the one with the most first."""
    found: dict[str, list[Tally]] = {}
    for one in tallies:
        found.setdefault(one.part, []).append(one)
    return dict(sorted(found.items(), key=lambda part: -sum(one.count for one in part[1])))


def _wave(wave: int, counts: Mapping[str, int], programme: Programme) -> WaveFigures:
    def of(name: str) -> int:
        return counts.get(f"{wave}/{name}", 0)

    return WaveFigures(
        wave=wave,
        cutoff=programme.cutoff(wave),
        roster=of("roster"),
        people=of("people"),
        linked=of("linked"),
        reachable=of("reachable"),
        open=of("open"),
        unlinked=of("open_unlinked"),
        silent=max(of("roster_open") - of("unlisted_linked"), 0),
        unreachable=of("open_unreachable"),
        steps={one: of(f"step/{one.value}") for one in FUNNEL},
    )


def _near(figures: WaveFigures, now: datetime) -> tuple[bool, float]:
    """Sort by the cutoff: those ahead first, the nearest first; then those that passed, the latest first."""
    if figures.cutoff is None:
        return True, float("inf")
    left = (figures.cutoff.at - now).total_seconds()
    return left <= 0, abs(left)


def _by_day(tallies: Sequence[Tally], days: Sequence[date]) -> list[int]:
    counts: Counter[date] = Counter()
    for one in tallies:
        counts[one.at.astimezone(Zone.WIB.tz).date()] += one.count
    return [counts[day] for day in days]


def _by_hour(tallies: Sequence[Tally], hours: Sequence[datetime]) -> list[int]:
    counts = {one.at: one.count for one in tallies}
    return [counts.get(hour, 0) for hour in hours]
