"""What became of a message, as WhatsApp tells it later: sent, delivered, read, or failed, and what it costs.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status, as of
August 2026. Statuses come in any order, and again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.items import Ignored
from bot.channels.whatsapp.json_fields import (
    NO_FIELDS,
    Fields,
    fields_of,
    label_of,
    moment_of,
    number_of,
    rows_of,
    text_of,
)
from programme.model.receipts import Pricing, Receipt, ReceiptState

_STATES: Final[Mapping[str, ReceiptState]] = MappingProxyType(
    {
        "sent": ReceiptState.SENT,
        "delivered": ReceiptState.DELIVERED,
        "read": ReceiptState.READ,
        "played": ReceiptState.READ,  # of sounds, beside `read`
        "failed": ReceiptState.FAILED,
    }
)
_LONG_NUMBER = re.compile(r"\d{7,}")
_LONGEST: Final = 300


def receipt_of(status: Fields, now: datetime) -> Receipt | Ignored:
    """Return what one status says, `now` standing in for a moment that can't be read."""
    state, message = _STATES.get(text_of(status, "status")), text_of(status, "id")
    if text_of(status, "recipient_type") == "group":
        return Ignored(why="group")
    if state is None or not message:
        return Ignored(why=label_of(f"status: {text_of(status, 'status')}"))
    error = next(rows_of(status, "errors"), NO_FIELDS)
    return Receipt(
        channel=CHANNEL,
        message=message,
        state=state,
        at=moment_of(status, "timestamp", now),
        reference=text_of(status, "biz_opaque_callback_data") or None,
        code=number_of(error, "code"),
        reason=reason_of(error),
        pricing=_pricing(fields_of(status, "pricing")),
    )


def reason_of(error: Fields) -> str:
    """Return Meta's words about an error, the most telling that there are, without any number of a person."""
    details = text_of(fields_of(error, "error_data"), "details")
    return _LONG_NUMBER.sub("...", (details or text_of(error, "message") or text_of(error, "title"))[:_LONGEST])


def _pricing(pricing: Fields) -> Pricing | None:
    billable, category = pricing.get("billable"), text_of(pricing, "category")
    if not isinstance(billable, bool) or not category:
        return None
    return Pricing(billable=billable, category=category, type=text_of(pricing, "type"))
