"""Incentive payments, as the programme's records tell them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.importing.columns import Column, maybe_choice, maybe_day, phone, whole
from bot.importing.lists import Office
from bot.importing.roster import follow
from bot.importing.sheets import BadRow, Row
from bot.store import RosterPayment, Transaction
from programme.payments import Payment, PaymentStatus
from programme.platforms import find_named


class IncentiveList:
    """One row a payment."""

    columns = (
        Column("phone", "mobile number registered with Prakerja", "081234567890", required=True),
        Column("number", "which payment, counted from 1", "1", required=True),
        Column("amount", "whole rupiah", "600000", required=True),
        Column("status", "scheduled, checking, held, paid or failed", "failed", required=True),
        Column("scheduled_on", "day for which it was scheduled, WIB", "2021-10-14"),
        Column("paid_on", "day on which it was paid, WIB"),
        Column("partner", "BNI, OVO, LinkAja, DANA or GoPay", "OVO"),
        Column("reason", "why it failed, as the dashboard says", "Rekening/E-Wallet telah ditutup di Bank/E-Wallet"),
    )

    def read(self, row: Row, office: Office) -> RosterPayment:
        """Return the payment of a row. Raises BadRow."""
        status = maybe_choice(row, "status", PaymentStatus)
        if status is None:
            raise BadRow("status: is empty")
        partner = find_named(row["partner"], office.programme.partners) if row["partner"] else None
        if row["partner"] and partner is None:
            raise BadRow(f"partner: {row['partner']!r} is no known payment partner")
        payment = Payment(
            number=whole(row, "number", least=1, most=12),
            amount=whole(row, "amount", least=1),
            status=status,
            scheduled_on=maybe_day(row, "scheduled_on"),
            paid_on=maybe_day(row, "paid_on"),
            partner=partner.id if partner else None,
            reason=row["reason"] or None,
        )
        number = office.numbers.kept(phone(row))
        return RosterPayment(number.text, payment, number.former)

    async def put(self, items: Sequence[RosterPayment], tx: Transaction, office: Office) -> int:
        """Keep the payments; people who shared their number before see them at once."""
        changed = await tx.roster.put_payments(items)
        if changed:
            await follow({item.phone_hash for item in items}, tx, office)
        return changed
