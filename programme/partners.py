"""Payment partners: the bank and the e-wallets into which the incentive goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from programme.contacts import Contact, contact_from
from programme.loading import read_records


class PartnerKind(StrEnum):
    """What kind of account it keeps."""

    BANK = "bank"
    EWALLET = "e-wallet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One payment partner, under the names that people use for it."""

    id: str
    name: str
    kind: PartnerKind
    aliases: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str
    as_of: str


def load_partners(file: Path) -> Mapping[str, Partner]:
    """Read `partners.toml`, by id. Raises DataError naming line and fix."""
    return MappingProxyType(
        {
            name: Partner(
                id=name,
                name=entry.text("name"),
                kind=entry.choice("kind", PartnerKind),
                aliases=entry.texts("aliases"),
                contacts=tuple(contact_from(each) for each in entry.entries("contacts")),
                source=entry.text("source"),
                as_of=entry.as_of(),
            )
            for name, entry in read_records(file)
        }
    )
