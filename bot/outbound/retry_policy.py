"""What a failure in sending means for the delivery."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.channel import Ambiguous, Gone, Misconfigured, Refused, SendFailure, Throttled, Transient, Unreachable
from programme.model.deliveries import Claimed, Outcome, Settlement
from programme.model.messages import Kind

log = logging.getLogger(__name__)

BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(minutes=5)
_NUMBER = re.compile(r"\d{4,}")
_LONGEST = 120

OPERATOR = timedelta(minutes=1)
"""How long an operator is given before a messenger that refuses our account is tried again."""


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
    """Name what a failure means for the delivery."""
    reason = type(failure).__name__.lower()
    match failure:
        case Throttled(retry_after=seconds):
            return settle(Outcome.LATER, reason=reason, retry_after=timedelta(seconds=seconds), costs=False)
        case Unreachable():
            return settle(Outcome.LATER, reason=reason, retry_after=back_off(one.attempt), costs=False)
        case Transient():
            return settle(Outcome.LATER, reason=reason, retry_after=back_off(one.attempt))
        case Ambiguous() if one.delivery.kind is not Kind.BROADCAST:
            return settle(Outcome.LATER, reason=reason, retry_after=BACK_OFF)
        case Ambiguous():
            return settle(Outcome.UNKNOWN, reason=_in_its_words(failure))
        case Gone():
            return settle(Outcome.GONE, reason=_in_its_words(failure))
        case Misconfigured():
            return settle(Outcome.LATER, reason=reason, retry_after=OPERATOR, costs=False)
        case Refused():
            log.error("the messenger %s refuses a message of kind %s", one.channel, one.delivery.kind)
            return settle(Outcome.FAILED, reason=_in_its_words(failure))
        case _:
            return settle(Outcome.FAILED, reason=reason)


def _in_its_words(failure: SendFailure) -> str:
    """Name a failure, with the messenger's own reason; a long number in it may be somebody's."""
    said = _NUMBER.sub("\N{HORIZONTAL ELLIPSIS}", " ".join(str(failure).split()))[:_LONGEST]
    kind = type(failure).__name__.lower()
    return f"{kind}: {said}" if said else kind
