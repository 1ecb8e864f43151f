"""Receipt: what a channel tells later of a message that it took: delivered, read, or failed after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReceiptState(StrEnum):
    """How far a message came; in the order in which it can only go forward."""

    SENT = "sent"  # it left the channel's server
    FAILED = "failed"  # and will not arrive; said only of what did not arrive
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What the channel charges for a message: `category` such as utility, `type` such as regular or free."""

    billable: bool
    category: str
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one message, at a moment in UTC.

    `reference` is what we gave along with it, None where that was lost; `message` is the channel's id. `code` and
    `reason` say why it failed, in the channel's words.
    """

    channel: str
    message: str
    state: ReceiptState
    at: datetime
    reference: str | None = None
    code: int | None = None
    reason: str = ""
    pricing: Pricing | None = None
