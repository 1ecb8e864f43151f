"""Payment partners: the bank and the e-wallets into which the incentive goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from programme.contacts import contact_from
from programme.loading import DataRow
from programme.organisations import Organisation


class PartnerKind(StrEnum):
    """What kind of account it keeps."""

    BANK = "bank"
    EWALLET = "e-wallet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Organisation):
    """One payment partner."""

    kind: PartnerKind


def partner_from(name: str, entry: DataRow) -> Partner:
    """Read one partner. Raises DataError."""
    return Partner(
        id=name,
        name=entry.text("name"),
        kind=entry.choice("kind", PartnerKind),
        aliases=entry.texts("aliases"),
        contacts=tuple(contact_from(each) for each in entry.entries("contacts")),
        source=entry.text("source"),
        as_of=entry.as_of(),
    )
