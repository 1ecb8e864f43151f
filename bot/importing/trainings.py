"""Trainings and who sells them, on top of those that the project ships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.importing.columns import Column, whole
from bot.importing.lists import Office
from bot.importing.sheets import BadRow, Row
from bot.store import Transaction
from programme.facts import last_day_of
from programme.platforms import find_named
from programme.trainings import Offer, Training, slug


class TrainingList:
    """One row a training."""

    columns = (
        Column("title", "its name", "Membuat Aneka Kreasi Sambal bagi Juru Masak", required=True),
        Column("platforms", "who sells it, with prices: PLATFORM=PRICE; PLATFORM", "Tokopedia=350000; Bukalapak", True),
        Column("source", "who says so", "Prakerja, daftar pelatihan", required=True),
        Column("seen", "as of when: YYYY, YYYY-MM or YYYY-MM-DD", "2021-10", required=True),
        Column("institution", "who gives it"),
        Column("profession", "for whom it is", "Juru Masak"),
        Column("sample", "yes for practice data, shown as such", "yes"),
    )

    def read(self, row: Row, office: Office) -> Training:
        """Return the training of a row. Raises BadRow."""
        if missing := [name for name in ("title", "platforms", "source", "seen") if not row[name]]:
            raise BadRow(f"{missing[0]}: is empty")
        try:
            last_day_of(row["seen"])
        except ValueError as error:
            raise BadRow(f"seen: {error}") from None
        return Training(
            id=slug(f"{row['title']} {row['institution']}"),
            title=row["title"],
            institution=row["institution"] or None,
            profession=row["profession"] or None,
            offers=tuple(_offer(part, office) for part in row["platforms"].split(";") if part.strip()),
            seen=row["seen"],
            source=row["source"],
            sample=row["sample"].casefold() in {"yes", "ya", "1", "true"},
        )

    async def put(self, items: Sequence[Training], tx: Transaction, office: Office) -> int:
        """Keep the trainings."""
        return await tx.trainings.put({training.id: to_document(training) for training in items})


def _offer(text: str, office: Office) -> Offer:
    name, _equals, price = (part.strip() for part in text.partition("="))
    platform = find_named(name, office.programme.platforms)
    if platform is None:
        raise BadRow(f"platforms: {name!r} is no known platform")
    return Offer(platform.id, whole(Row(0, {"platforms": price}), "platforms") if price else None)


def to_document(training: Training) -> dict[str, Any]:
    """Return a training as the store keeps it."""
    return asdict(training)


def from_document(document: Mapping[str, Any]) -> Training:
    """Return the training that was kept."""
    offers = tuple(Offer(**offer) for offer in document["offers"])
    return Training(**{**document, "offers": offers, "picks": tuple(document["picks"])})
