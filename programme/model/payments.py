"""Incentive payments as the dashboard's *History Insentif* shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaymentStatus(StrEnum):
    """What the dashboard says of one payment (FACTS, section 4)."""

    SCHEDULED = "scheduled"  # Dijadwalkan, earlier: Sedang diproses
    CHECKING = "checking"  # Dalam pengecekan
    HELD = "held"  # Dana tertahan, Menunggu...: its meaning is not known, a person answers
    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, order=True)
class Payment:
    """One payment: `number` counts from 1; amounts are whole rupiah; days are in WIB."""

    number: int
    amount: int
    status: PaymentStatus
    scheduled_on: date | None = None
    paid_on: date | None = None
    partner: str | None = None
    reason: str | None = None
