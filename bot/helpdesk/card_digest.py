"""What a ticket's card is recognised by, so that it is edited only for news."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from handlers.helpdesk.card import card
from locales import speaking
from programme.model.participants import Participant
from programme.model.tickets import Ticket

_NEWS = tuple(timedelta(hours=hours) for hours in (72, 48, 24, 12, 6, 3, 1, 0))


def digest_of(ticket: Ticket, person: Participant | None, concerned: str, holder: str, now: datetime) -> str:
    """Return what a ticket's card is recognised by: its words, the hours left only as far as they are news.

    A card that changed with every hour would cost as many messages as what people say.
    """
    with speaking("id"):
        shown = card(ticket, person, concerned, holder, ticket.opened_at)
    left = None if ticket.cutoff is None else sum(ticket.cutoff - now <= limit for limit in _NEWS)
    return hashlib.sha256(repr((shown.text, shown.keys, left)).encode()).hexdigest()[:16]
