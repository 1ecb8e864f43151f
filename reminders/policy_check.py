"""What may not stand in the policy, however well it reads: a reminder that would be false, useless, or missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from locales import _, plainly
from programme.model.participants import ReminderLevel
from reminders.policy import UNTIL_CUTOFF, Anchor, OfWhom, Policy, Rule
from reminders.quiet import QuietHours
from reminders.wording.titles import rule_name

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
    """Return what is wrong, one sentence each, in the language being spoken; nothing where all is in order."""
    return [
        *(f"{rule_name(rule.key)}: {wrong}" for rule in policy.rules for wrong in _in_rule(rule, policy.quiet)),
        *_at_once(policy),
        *_last_call(policy),
        *_quiet(policy.quiet),
        *_plan(policy),
    ]


def _in_rule(rule: Rule, quiet: QuietHours) -> Iterator[str]:
    spoken = _DAY_SPOKEN_OF.get(rule.words)
    if spoken is not None and rule.day != spoken:
        yield _("kata-katanya tentang hari lain, jadi keliru di hari ini")
    if rule.anchor is Anchor.CUTOFF and spoken is None and rule.day > -2:
        yield _("kata-katanya untuk paling sedikit dua hari sebelum batas beli")
    if rule.anchor is not Anchor.CUTOFF and rule.day < 0:
        yield _("tidak bisa mendahului yang diikutinya")
    if rule.words == "survey" and rule.day < _SURVEY_OPENS:
        yield plainly(_("survei dibuka {days} hari sesudah insentif pertama"), days=_SURVEY_OPENS)
    if abs(rule.day) > _FARTHEST:
        yield plainly(_("lebih dari {days} hari jauhnya"), days=_FARTHEST)
    yield from _hours(rule, quiet)


def _hours(rule: Rule, quiet: QuietHours) -> Iterator[str]:
    first, last = _HOURS_SPOKEN_OF.get(rule.words, (time(), time.max))
    if not first <= rule.time <= last:
        yield plainly(_("kata-katanya untuk jam {first} sampai {last}"), first=_hour(first), last=_hour(last))
    if not rule.at_night and not quiet.ends <= rule.time < quiet.begins:
        yield _("jamnya di dalam jam tenang")
    if rule.anchor is Anchor.CUTOFF and rule.day <= 0 and rule.ends != UNTIL_CUTOFF:
        yield _("berguna sampai batas beli")
    if isinstance(rule.ends, time) and rule.ends <= rule.time:
        yield _("sudah tidak berguna saat dikirim")
    if isinstance(rule.ends, timedelta) and rule.ends > _LONGEST:
        yield plainly(_("berguna lebih dari {days} hari"), days=_LONGEST.days)


def _at_once(policy: Policy) -> Iterator[str]:
    """Of two reminders at the same moment only one would ever go out."""
    moments = Counter((one.anchor, one.day, one.time, one.clock) for one in policy.rules if one.of is not OfWhom.REPORT)
    for (_anchor, _day, at, _clock), count in moments.items():
        if count > 1:
            yield plainly(_("{count} pengingat di jam {hour} pada hari yang sama"), count=count, hour=_hour(at))


def _last_call(policy: Policy) -> Iterator[str]:
    """Losing the place is for life: whoever wants fewer reminders hears on the last day all the same."""
    for rule in policy.rules:
        if rule.words in {"one_day", "last_call"} and rule.level is not ReminderLevel.FEWER:
            yield plainly(
                _("{reminder}: harus sampai juga ke yang minta sedikit pengingat"), reminder=rule_name(rule.key)
            )


def _quiet(quiet: QuietHours) -> Iterator[str]:
    if not quiet.ends < quiet.evening < quiet.begins:
        yield _("Jam tenang: selesai pagi, lalu mulai malam sesudah jam penggantinya")
    elif _between(quiet.ends, quiet.begins) < _SHORTEST_DAY:
        left = _SHORTEST_DAY // timedelta(hours=1)
        yield plainly(_("Jam tenang: sisakan paling sedikit {hours} jam di siang hari"), hours=left)


def _plan(policy: Policy) -> Iterator[str]:
    plan = policy.plan
    if not plan.night_ends < plan.tomorrow_morning < plan.tonight <= plan.tonight_latest:
        yield _("Rencana peserta: malam berakhir sebelum besok pagi, dan itu sebelum nanti malam")
    if not all(timedelta() < length <= timedelta(days=1) for length in (plan.safe, plan.good_for, plan.replaces)):
        yield _("Rencana peserta: lebih dari nol, dan paling lama sehari")
    if not timedelta() < policy.spacing <= timedelta(days=1):
        yield _("Pengingat yang terlewat: jaraknya lebih dari nol, dan paling lama sehari")


def _between(begin: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, begin)


def _hour(at: time) -> str:
    return f"{at:%H.%M}"
