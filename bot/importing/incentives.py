"""Incentive payments, as the programme's records tell them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.importing.cells import maybe_day, maybe_named, whole
from bot.importing.changes import Effect, EffectKind
from bot.importing.columns import Column
from bot.importing.errors import BadRow, shown
from bot.importing.lists import Office
from bot.importing.roster import PeopleList
from bot.importing.sheets import Row
from bot.importing.words import MEANING
from bot.store import Line, Lines, UnitOfWork
from programme.model.payments import PaymentStatus

_LEAST = 10_000  # rupiah: 600 is what is left of `600.000` where the rest went into the next cell
_AHEAD = timedelta(days=366)


class IncentiveList(PeopleList):
    """One row a payment. A line: phone hash, number, amount, status, scheduled, paid, partner, reason."""

    keys = 2
    columns: tuple[Column, ...] = (
        Column("incentives", "phone", "mobile number registered with Prakerja", "081234567890", required=True),
        Column("incentives", "number", "which payment, counted from 1", "1", required=True),
        Column("incentives", "amount", "whole rupiah", "600000", required=True),
        Column(
            "incentives",
            "status",
            "scheduled, checking, held, paid, failed, or as the dashboard says",
            "failed",
            True,
        ),
        Column("incentives", "scheduled_on", "day for which it was scheduled, WIB", "2021-10-14", day=True),
        Column("incentives", "paid_on", "day on which it was paid, WIB", day=True),
        Column("incentives", "partner", "BNI, OVO, LinkAja, DANA or GoPay", "OVO"),
        Column(
            "incentives",
            "reason",
            "why it failed, as the dashboard says",
            "Rekening/E-Wallet telah ditutup di Bank/E-Wallet",
        ),
    )

    def read(self, row: Row, office: Office) -> Line:
        """Return number, amount, status, days, partner and reason of a payment. Raises BadRow."""
        most = max(scheme.total for scheme in office.programme.schemes)
        number, amount = (
            whole(row["number"], "number", least=1, most=12),
            whole(row["amount"], "amount", least=_LEAST, most=most),
        )
        status = _status(row, office)
        scheduled_on = maybe_day(row, "scheduled_on", office.today, ahead=_AHEAD)
        paid_on = maybe_day(row, "paid_on", office.today)
        partner = maybe_named(row, "partner", office.programme.partners, "payment partner")
        days = (day.isoformat() if day else None for day in (scheduled_on, paid_on))
        return (number, amount, status.value, *days, partner.id if partner else None, row["reason"] or None)

    def lines(self, tx: UnitOfWork) -> Lines:
        """Return the repository of the payments' lines."""
        return tx.roster.payment_lines

    def merged(self, known: Line | None, said: Line, office: Office) -> Line:
        """Add what is said to what is known. The day of paying and the reason belong to the status, and go with it."""
        if known is None:
            return said
        told = [old if new is None else new for old, new in zip(known, said, strict=True)]
        if known[3] != said[3]:
            told[5], told[7] = said[5], said[7]
        return tuple(told)

    def effects(self, known: Line | None, merged: Line, office: Office) -> Iterator[Effect]:
        """Count payments that turn out otherwise than was known."""
        if known is None:
            return
        if known[2] != merged[2]:
            yield Effect(EffectKind.OTHER_AMOUNT)
        if known[3] == PaymentStatus.PAID != merged[3]:
            yield Effect(EffectKind.NO_LONGER_PAID)


def _status(row: Row, office: Office) -> PaymentStatus:
    text = row["status"]
    if not text:
        raise BadRow("status: is empty")
    plain = text.casefold()
    plain = MEANING.get(plain, plain)
    if plain in tuple(PaymentStatus):
        return PaymentStatus(plain)
    found = office.programme.payment_status(text)
    if found is None:
        raise BadRow(f"status: {shown(text)} is none of {', '.join(PaymentStatus)}, nor what the dashboard says")
    return found
