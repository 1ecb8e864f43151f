"""How well the helpdesk does: times in working minutes, stars, reopened tickets, what is left undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median, quantiles

from bot.store.helpdesk_figures import TicketTimes
from programme.helpdesk import HelpdeskRules

AGES = (
    ("under 1 hour", timedelta(hours=1)),
    ("under 4 hours", timedelta(hours=4)),
    ("under 1 day", timedelta(days=1)),
    ("under 3 days", timedelta(days=3)),
    ("3 days and more", timedelta.max),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Working minutes of many tickets. `in_time` is the share that met its target, 0 to 1."""

    count: int
    median: float | None
    p90: float | None
    in_time: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The helpdesk between `since` and `until`. The backlog counts every open ticket, by age and kind."""

    since: datetime
    until: datetime
    opened: int
    closed: int
    first_answer: Spread
    closing: Spread
    stars: float | None
    rated: int
    reopen_rate: float | None
    backlog: Mapping[str, Mapping[str, int]]


def figures(tickets: Sequence[TicketTimes], rules: HelpdeskRules, since: datetime, until: datetime) -> Figures:
    """Compute the figures; the age of the backlog is counted on the calendar."""
    mine = [one for one in tickets if one.opened_at >= since]
    closed = [one for one in mine if one.closed_at is not None]
    stars = [one.stars for one in mine if one.stars is not None]
    still_open = [one for one in tickets if one.closed_at is None]
    backlog: dict[str, Counter[str]] = {name: Counter() for name, _limit in AGES}
    for one in still_open:
        backlog[_age(until - one.opened_at)][one.about] += 1
    ever_closed = len(closed) + sum(one.reopened > 0 for one in mine if one.closed_at is None)
    return Figures(
        since=since,
        until=until,
        opened=len(mine),
        closed=len(closed),
        first_answer=_spread([(one, one.answered_at) for one in mine], rules, closing=False),
        closing=_spread([(one, one.closed_at) for one in mine], rules, closing=True),
        stars=mean(stars) if stars else None,
        rated=len(stars),
        reopen_rate=sum(one.reopened > 0 for one in mine) / ever_closed if ever_closed else None,
        backlog={name: dict(kinds) for name, kinds in backlog.items() if kinds},
    )


def _spread(ends: Sequence[tuple[TicketTimes, datetime | None]], rules: HelpdeskRules, *, closing: bool) -> Spread:
    minutes, met = [], 0
    for one, end in ends:
        if end is None:
            continue
        target = rules.target(one.cutoff, one.opened_at)
        work = rules.hours.worked(one.opened_at, end)
        minutes.append(work / timedelta(minutes=1))
        met += work <= (target.closing if closing else target.first_answer)
    if not minutes:
        return Spread(count=0, median=None, p90=None, in_time=None)
    p90 = quantiles(minutes, n=10)[-1] if len(minutes) > 1 else minutes[0]
    return Spread(count=len(minutes), median=median(minutes), p90=p90, in_time=met / len(minutes))


def _age(age: timedelta) -> str:
    return next(name for name, limit in AGES if age < limit)
