"""Trainings as the data files tell them, and the programme's own recommendations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from programme.facts import Certainty
from programme.loading import DataRow, read_table
from programme.organisations import find_named
from programme.platforms import Platform

TRAININGS = (
    "id",
    "title",
    "institution",
    "offers",
    "profession",
    "seen",
    "source",
    "certainty",
    "sample",
    "note",
)
PICKS = ("wave", "training", "source", "as_of")


@dataclass(frozen=True, slots=True)
class Offer:
    """Who sells a training: a platform's id, or its name where it has none; `price` in rupiah if known."""

    platform: str
    price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One training. `seen` is the day, month or year in which the source saw it.

    `offers` is empty where no source tells who sells it. `sample` marks practice data that must be
    shown as such. `certainty` is about the title and the offers. `picks` are the waves for which the
    programme itself recommended it.
    """

    id: str
    title: str
    institution: str | None = None
    profession: str | None = None
    offers: tuple[Offer, ...] = ()
    seen: str
    source: str
    sample: bool = False
    certainty: Certainty = Certainty.PUBLISHED
    picks: tuple[int, ...] = ()
    note: str = ""

    @property
    def cheapest(self) -> int | None:
        """The lowest known price in rupiah."""
        return min((offer.price for offer in self.offers if offer.price is not None), default=None)


def slug(text: str) -> str:
    """Return an id made of the words of a title, at most 60 characters."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return "-".join(words)[:60].rstrip("-")


def load_trainings(file: Path, picks: Path, platforms: Mapping[str, Platform]) -> Iterator[Training]:
    """Read `trainings.tsv` and `picks.tsv`. Raises DataError naming line and fix."""
    picked = _picks(picks)
    seen: set[str] = set()
    for row in read_table(file, TRAININGS):
        training = _training(row, platforms)
        if training.id in seen:
            row.fail("id", f"{training.id} is there twice", "give each training its own id")
        seen.add(training.id)
        yield replace(training, picks=tuple(entry.number("wave") for entry in picked.pop(training.id, ())))
    for entries in picked.values():
        entries[0].fail("training", "is not in trainings.tsv", "write the id of a training")


def _picks(file: Path) -> dict[str, list[DataRow]]:
    picked: dict[str, list[DataRow]] = defaultdict(list)
    for row in read_table(file, PICKS):
        row.text("source")
        row.as_of()
        picked[row.text("training")].append(row)
    return picked


def _training(row: DataRow, platforms: Mapping[str, Platform]) -> Training:
    return Training(
        id=row.text("id"),
        title=row.text("title"),
        institution=row.maybe_text("institution"),
        profession=row.maybe_text("profession"),
        offers=tuple(_offer(row, written, platforms) for written in row.texts("offers")),
        seen=row.as_of("seen"),
        source=row.text("source"),
        sample=row.flag("sample"),
        certainty=row.choice("certainty", Certainty),
        note=row.maybe_text("note") or "",
    )


def _offer(row: DataRow, written: str, platforms: Mapping[str, Platform]) -> Offer:
    name, _, price = (part.strip() for part in written.partition("="))
    if price and not price.isdecimal():
        row.fail("offers", f"has the price {price!r}", "write platform=price, the price in digits only")
    platform = find_named(name, platforms)
    return Offer(platform.id if platform else name, int(price) if price else None)
