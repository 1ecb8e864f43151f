"""What a ticket's card is recognised by, so that it is edited only for news."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from programme.model.messages import Message
from programme.model.tickets import Ticket

_NEWS = tuple(timedelta(hours=hours) for hours in (72, 48, 24, 12, 6, 3, 1, 0))


def digest_of(ticket: Ticket, first: Message, now: datetime) -> str:
    """Return what a ticket's card is recognised by: its words, the hours left only as far as they are news.

    `first` is the card as it would have been when the ticket was opened. One that changed with every hour would
    cost as many messages as what people say.
    """
    left = None if ticket.cutoff is None else sum(ticket.cutoff - now <= limit for limit in _NEWS)
    return hashlib.sha256(repr((first.text, first.keys, left)).encode()).hexdigest()[:16]
