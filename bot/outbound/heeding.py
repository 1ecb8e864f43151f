"""What is done about a channel that asks for a pause or refuses the account, told on sending or afterwards."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.channels.channel import Misconfigured, SendFailure, Throttled
from bot.outbound.traffic_observer import TrafficObserver
from bot.rate_limit import RateSmoother

log = logging.getLogger(__name__)


def heed(
    channel: str, failure: SendFailure, smoothers: Mapping[str, RateSmoother], observer: TrafficObserver
) -> Misconfigured | None:
    """Pause as long as asked; return the failure where it refuses our account, so that an operator must act."""
    if isinstance(failure, Throttled):
        observer.throttled(channel, failure.retry_after)
        if (smoother := smoothers.get(channel)) is not None:
            smoother.freeze(failure.retry_after)
    if not isinstance(failure, Misconfigured):
        return None
    log.error("%s refuses our account, an operator must act: %s", channel, failure)
    return failure
