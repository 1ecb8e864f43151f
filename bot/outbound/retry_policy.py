"""Retry policy: what a failure in sending means for the delivery, and when it is tried again."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles one claimed delivery at one moment."""

    one: Claimed
    at: datetime

    def __call__(
        self,
        outcome: Outcome,
        *,
        provider_id: str | None = None,
        reason: str | None = None,
        retry_after: timedelta | None = None,
        costs: bool = True,
    ) -> Settlement:
        """Return the settlement."""
        return Settlement(
            id=self.one.id,
            attempt=self.one.attempt,
            outcome=outcome,
            at=self.at,
            provider_id=provider_id,
            reason=reason,
            retry_at=None if retry_after is None else self.at + retry_after,
            costs_attempt=costs,
        )


def of_failure(settle: Settling, failure: SendFailure, one: Claimed) -> Settlement:
    """Return the settlement of a delivery that failed so. A lost answer is risked twice, but for broadcasts."""
    outcome = failure.outcome
    if outcome is Outcome.UNKNOWN and one.delivery.kind is not Kind.BROADCAST:
        outcome = Outcome.LATER
    if isinstance(failure, Refused):
        log.error("the channel %s refuses a message of kind %s", one.channel, one.delivery.kind)
    if outcome is not Outcome.LATER:
        return settle(outcome, reason=_in_its_words(failure))
    pause = back_off(one.attempt) if failure.retry_after is None else timedelta(seconds=failure.retry_after)
    reason = type(failure).__name__.lower()
    return settle(Outcome.LATER, reason=reason, retry_after=pause, costs=failure.costs_attempt)


def _in_its_words(failure: SendFailure) -> str:
    """Name a failure, with the channel's own reason; a long number in it may be somebody's."""
    said = _NUMBER.sub("\N{HORIZONTAL ELLIPSIS}", " ".join(str(failure).split()))[:_LONGEST]
    kind = type(failure).__name__.lower()
    return f"{kind}: {said}" if said else kind
