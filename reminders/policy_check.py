"""What may not stand in the policy, however well it reads: a reminder that would be false, useless, or missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from programme.model.participants import ReminderLevel
from reminders.policy import UNTIL_CUTOFF, Anchor, OfWhom, Policy, Rule
from reminders.quiet import QuietHours

_DAY_SPOKEN_OF: Final[Mapping[str, int]] = MappingProxyType(
    {"one_day": -1, "last_morning": 0, "last_evening": 0, "last_call": 0, "shown": 0, "morning_after": 1}
)
"""Words that speak of their day: on another one they would be false."""

_HOURS_SPOKEN_OF: Final[Mapping[str, tuple[time, time]]] = MappingProxyType(
    {
        "last_morning": (time(6), time(11, 59)),
        "last_evening": (time(17), time(20, 59)),
        "last_call": (time(20), time(23)),
        "morning_after": (time(8), time(11, 59)),
    }
)
"""Words that speak of a part of the day, and the hours in which it is one."""

_SURVEY_OPENS: Final = 30
_FARTHEST: Final = 90
_LONGEST: Final = timedelta(days=7)
_SHORTEST_DAY: Final = timedelta(hours=8)


def policy_problems(policy: Policy) -> list[str]:
    """Return what is wrong, one sentence each; nothing where all is in order."""
    return [
        *(f"{rule.key}: {wrong}" for rule in policy.rules for wrong in _in_rule(rule, policy.quiet)),
        *_at_once(policy),
        *_last_call(policy),
        *_quiet(policy.quiet),
        *_plan(policy),
    ]


def _in_rule(rule: Rule, quiet: QuietHours) -> Iterator[str]:
    spoken = _DAY_SPOKEN_OF.get(rule.words)
    if spoken is not None and rule.day != spoken:
        yield f"its words speak of day {spoken}"
    if rule.anchor is Anchor.CUTOFF and spoken is None and rule.day > -2:
        yield "its words speak of at least two days before the cutoff"
    if rule.anchor is not Anchor.CUTOFF and rule.day < 0:
        yield "it can't come before what it follows"
    if rule.words == "survey" and rule.day < _SURVEY_OPENS:
        yield f"the survey opens {_SURVEY_OPENS} days after the first incentive"
    if abs(rule.day) > _FARTHEST:
        yield f"more than {_FARTHEST} days away"
    yield from _hours(rule, quiet)


def _hours(rule: Rule, quiet: QuietHours) -> Iterator[str]:
    first, last = _HOURS_SPOKEN_OF.get(rule.words, (time(), time.max))
    if not first <= rule.time <= last:
        yield f"its words are meant from {first:%H:%M} to {last:%H:%M}"
    if not rule.at_night and not quiet.ends <= rule.time < quiet.begins:
        yield "its hour is within the quiet hours"
    if rule.anchor is Anchor.CUTOFF and rule.day <= 0 and rule.ends != UNTIL_CUTOFF:
        yield "it is of use until the cutoff"
    if isinstance(rule.ends, time) and rule.ends <= rule.time:
        yield "it would be of no use any more when it goes out"
    if isinstance(rule.ends, timedelta) and rule.ends > _LONGEST:
        yield f"of use for more than {_LONGEST.days} days"


def _at_once(policy: Policy) -> Iterator[str]:
    """Of two reminders at the same moment only one would ever go out."""
    moments = Counter((one.anchor, one.day, one.time, one.clock) for one in policy.rules if one.of is not OfWhom.REPORT)
    for (anchor, day, at, _clock), count in moments.items():
        if count > 1:
            yield f"{count} reminders at {at:%H:%M} of day {day} from {anchor}"


def _last_call(policy: Policy) -> Iterator[str]:
    """Losing the place is for life: whoever wants fewer reminders hears on the last day all the same."""
    for rule in policy.rules:
        if rule.words in {"one_day", "last_call"} and rule.level is not ReminderLevel.FEWER:
            yield f"{rule.key}: it has to reach those who want fewer reminders, too"


def _quiet(quiet: QuietHours) -> Iterator[str]:
    if not quiet.ends < quiet.evening < quiet.begins:
        yield "quiet: they end in the morning, and begin in the evening after the hour to which a late one moves"
    elif _between(quiet.ends, quiet.begins) < _SHORTEST_DAY:
        yield f"quiet: at least {_SHORTEST_DAY // timedelta(hours=1)} hours of the day must be left"


def _plan(policy: Policy) -> Iterator[str]:
    plan = policy.plan
    if not plan.night_ends < plan.tomorrow_morning < plan.tonight <= plan.tonight_latest:
        yield "plan: the night ends before tomorrow's morning, and that is before this evening"
    for name, length in (("safe", plan.safe), ("good for", plan.good_for), ("replaces", plan.replaces)):
        if not timedelta() < length <= timedelta(days=1):
            yield f"plan: {name} must be within a day"
    if not timedelta() < policy.spacing <= timedelta(days=1):
        yield "catching_up: the spacing must be within a day"


def _between(begin: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, begin)
