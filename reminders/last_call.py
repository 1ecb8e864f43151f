"""Last call: the last reminder of the last day, when it begins and when everybody will have had it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from programme.cutoffs import Cutoff
from programme.model.zones import Zone
from reminders.policy import Anchor, Policy


def last_call(cutoff: Cutoff, policy: Policy) -> datetime:
    """Return when the last reminder of that day begins to go out; it ends with the cutoff."""
    hours = [rule.time for rule in policy.rules if rule.anchor is Anchor.CUTOFF and rule.day == 0]
    return datetime.combine(cutoff.day, max(hours, default=time()), Zone.WIB.tz)


def finish(waiting: Mapping[str, int], begin: datetime, rates: Mapping[str, float]) -> datetime:
    """Return when so many people by channel will all have had it, each channel at its own messages a second."""
    takes = [count / rates[channel] for channel, count in waiting.items() if rates.get(channel)]
    return begin + timedelta(seconds=max(takes, default=0.0))
