"""Made-up people for the demonstration, so that official data can be seen without anybody's data."""

from __future__ import annotations

from datetime import date

from bot.store import RosterPayment, RosterRow, Store
from programme.model.milestones import Milestone, Source, Step
from programme.model.payments import Payment, PaymentStatus
from programme.model.phones import NumberKeys, OwnNumber
from programme.model.zones import Zone

NOT_BOUGHT = "+6281200000021"
"""Passed in wave 21, lives in Makassar, has not bought yet."""

PAID = "+6281200000018"
"""Passed in wave 18, has been paid once; the second payment failed."""

_CLOSED = "Rekening/E-Wallet telah ditutup di Bank/E-Wallet"


def made_up(phone: str) -> OwnNumber | None:
    """Vouch for a number of the made-up people, as a channel would for the sender's own; None for any other.

    This is what the demonstration's page can do in a channel's place: nobody's real data opens by it.
    """
    return OwnNumber(phone) if phone in {NOT_BOUGHT, PAID} else None


def _step(milestone: Milestone, day: date, platform: str | None = None) -> Step:
    return Step(milestone, on=day, platform=platform, source=Source.OFFICIAL)


async def seed(store: Store, numbers: NumberKeys) -> None:
    """Put the made-up people on the roster."""
    bought, paid = numbers.current.hash(NOT_BOUGHT), numbers.current.hash(PAID)
    path = (
        _step(Milestone.BOUGHT, date(2021, 8, 26), "tokopedia"),
        _step(Milestone.COMPLETED, date(2021, 9, 2)),
        _step(Milestone.CERTIFIED, date(2021, 9, 3)),
        _step(Milestone.REVIEWED, date(2021, 9, 3)),
        _step(Milestone.ACCOUNT_CONNECTED, date(2021, 9, 4)),
        _step(Milestone.INCENTIVE_PAID, date(2021, 9, 14)),
    )
    payments = (
        Payment(1, 600_000, PaymentStatus.PAID, date(2021, 9, 10), date(2021, 9, 14), "ovo"),
        Payment(2, 600_000, PaymentStatus.FAILED, date(2021, 10, 11), None, "ovo", _CLOSED),
        Payment(3, 600_000, PaymentStatus.SCHEDULED, date(2021, 11, 10), None, "ovo"),
    )
    async with store.writing() as tx:
        await tx.roster.put(
            [
                RosterRow(phone_hash=bought, wave=21, passed_on=date(2021, 9, 22), zone=Zone.WITA),
                RosterRow(phone_hash=paid, wave=18, passed_on=date(2021, 8, 24), zone=Zone.WIB, progress=path),
            ]
        )
        await tx.roster.put_payments([RosterPayment(paid, payment) for payment in payments])
