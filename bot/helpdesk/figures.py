"""How well the helpdesk does: times in working minutes, stars, reopened tickets, what is left undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median, quantiles

from bot.store.repositories.service_stats import TicketMoments
from bot.store.repositories.ticket_views import TicketTimes
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
    """Working minutes of many tickets. `in_time` is the share that met its target, 0 to 1.

    What is not done yet and past its target counts as missed; what still has time does not count.
    """

    count: int
    median: float | None
    p90: float | None
    in_time: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The helpdesk between `since` and `until`. The backlog counts every open ticket, by age and kind.

    Of the open ones, `unanswered` never got a word, `overdue` are past a target, and `urgent` have less than a
    day to their cutoff. `by_stars` counts ratings.
    """

    since: datetime
    until: datetime
    opened: int
    closed: int
    first_answer: Spread
    closing: Spread
    stars: float | None
    rated: int
    by_stars: Mapping[int, int]
    unanswered: int
    overdue: int
    urgent: int
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
        backlog[age_of(until - one.opened_at)][one.about] += 1
    ever_closed = len(closed) + sum(one.reopened > 0 for one in mine if one.closed_at is None)
    return Figures(
        since=since,
        until=until,
        opened=len(mine),
        closed=len(closed),
        first_answer=_spread([(one, one.answered_at) for one in mine], rules, until, closing=False),
        closing=_spread([(one, one.closed_at) for one in mine], rules, until, closing=True),
        stars=mean(stars) if stars else None,
        rated=len(stars),
        by_stars=dict(sorted(Counter(stars).items(), reverse=True)),
        unanswered=sum(one.answered_at is None for one in still_open),
        overdue=sum(is_overdue(one, rules, until) for one in still_open),
        urgent=sum(_is_urgent(one, until) for one in still_open),
        reopen_rate=sum(one.reopened > 0 for one in mine) / ever_closed if ever_closed else None,
        backlog={name: dict(kinds) for name, kinds in backlog.items() if kinds},
    )


def is_overdue(ticket: TicketTimes | TicketMoments, rules: HelpdeskRules, now: datetime) -> bool:
    """Whether an open ticket is past a target, in working hours."""
    target, worked = rules.target(ticket.cutoff, ticket.opened_at), rules.hours.worked(ticket.opened_at, now)
    return worked > target.closing or (ticket.answered_at is None and worked > target.first_answer)


def _is_urgent(ticket: TicketTimes, now: datetime) -> bool:
    return ticket.cutoff is not None and timedelta() < ticket.cutoff - now <= timedelta(days=1)


def _spread(
    ends: Sequence[tuple[TicketTimes, datetime | None]], rules: HelpdeskRules, until: datetime, *, closing: bool
) -> Spread:
    minutes, met, missed = [], 0, 0
    for one, end in ends:
        target = rules.target(one.cutoff, one.opened_at)
        limit = target.closing if closing else target.first_answer
        work = rules.hours.worked(one.opened_at, end or until)
        if end is not None:
            minutes.append(work / timedelta(minutes=1))
            met += work <= limit
        missed += work > limit
    in_time = met / (met + missed) if met + missed else None
    if not minutes:
        return Spread(count=0, median=None, p90=None, in_time=in_time)
    p90 = quantiles(minutes, n=10)[-1] if len(minutes) > 1 else minutes[0]
    return Spread(count=len(minutes), median=median(minutes), p90=p90, in_time=in_time)


def age_of(age: timedelta) -> str:
    """Return the name in AGES of how old a ticket is."""
    return next(name for name, limit in AGES if age < limit)
