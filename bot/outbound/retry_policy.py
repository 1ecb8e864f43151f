"""Retry policy: what a failure in sending means for the delivery, and when it is tried again."""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta

from bot.channels.channel import Refused, SendFailure
from programme.model.deliveries import Claimed, Outcome, Settlement
from programme.model.messages import Kind

log = logging.getLogger(__name__)

BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(minutes=5)
_NUMBER = re.compile(r"\d{4,}")
_LONGEST = 120


def back_off(attempt: int) -> timedelta:
    """Return the pause after so many tries: doubled each time, and not for ever."""
    doubled: timedelta = BACK_OFF * 2 ** min(attempt, 10)
    return min(doubled, LONGEST_BACK_OFF)


def of_failure(one: Claimed, at: datetime, failure: SendFailure) -> Settlement:
    """Return the settlement of a delivery that failed so. A lost answer is risked twice, but for broadcasts.

    What takes the place of another message is the same twice as once.
    """
    outcome = failure.outcome
    once_only = one.delivery.kind is Kind.BROADCAST and one.delivery.edits is None
    if outcome is Outcome.UNKNOWN and not once_only:
        outcome = Outcome.LATER
    if isinstance(failure, Refused):
        log.error("the channel %s refuses a message of kind %s", one.channel, one.delivery.kind)
    if outcome is not Outcome.LATER:  # what is held, too, waits for no moment
        return Settlement(one, outcome, at, reason=_in_its_words(failure))
    pause = back_off(one.attempt) if failure.retry_after is None else timedelta(seconds=failure.retry_after)
    reason = type(failure).__name__.lower()
    return Settlement(one, outcome, at, reason=reason, retry_at=at + pause, costs_attempt=failure.costs_attempt)


def of_mistake(one: Claimed, at: datetime) -> Settlement:
    """Return the settlement of a delivery that failed by a mistake of ours."""
    return Settlement(one, Outcome.LATER, at, reason="error", retry_at=at + back_off(one.attempt))


def postponed(one: Claimed, at: datetime, seconds: float, reason: str) -> Settlement:
    """Return the settlement of a delivery that was not tried, and is to be taken again later."""
    retry_at = at + timedelta(seconds=seconds)
    return Settlement(one, Outcome.LATER, at, reason=reason, retry_at=retry_at, costs_attempt=False)


def _in_its_words(failure: SendFailure) -> str:
    """Name a failure, with the channel's own reason; a long number in it may be somebody's."""
    said = _NUMBER.sub("\N{HORIZONTAL ELLIPSIS}", " ".join(str(failure).split()))[:_LONGEST]
    kind = type(failure).__name__.lower()
    return f"{kind}: {said}" if said else kind
