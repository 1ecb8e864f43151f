"""Which of several reminders is owed at a moment, and at what moment it may still go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from programme.model.deliveries import Due
from programme.model.participants import Participant
from reminders.policy import Policy
from reminders.sources import is_plan, key_of


def latest_owed(dues: Sequence[Due], since: datetime | None, now: datetime) -> Due | None:
    """Return the last reminder that fell due from `since` to `now` and is still useful; the rest is past."""
    owed = [due for due in dues if (since is None or since <= due.at) and due.at <= now <= due.not_after]
    return owed[-1] if owed else None


def next_after(dues: Sequence[Due], now: datetime) -> Due | None:
    """Return the first reminder that falls due after `now`."""
    return next((due for due in dues if due.at > now), None)


def send_at(due: Due, upcoming: Due | None, participant: Participant, policy: Policy, now: datetime) -> datetime | None:
    """Return when a reminder owed at `now` goes out: at its own moment, unless that has grown into a night.

    One that is late, as after a standstill, waits for the morning; None where the next one is then near or
    the morning comes too late.
    """
    zone = participant.local.tz
    if _may_ring_at_night(due, policy) or not policy.quiet.cover(now, zone):
        return due.at
    morning = policy.quiet.over(now, zone).astimezone(UTC)
    if morning > due.not_after or (upcoming is not None and upcoming.at <= morning + policy.spacing):
        return None
    return morning


def _may_ring_at_night(due: Due, policy: Policy) -> bool:
    rule = policy.rule(key_of(due.source))
    return is_plan(due.source) or (rule is not None and rule.at_night)
