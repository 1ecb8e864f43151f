"""Trainings and who sells them, on top of those that the project ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from bot.importing.cells import whole
from bot.importing.columns import Column
from bot.importing.days import NoDay, read_day
from bot.importing.errors import BadRow, shown
from bot.importing.lists import Office, Roll
from bot.importing.numbers import NoNumber, read_digits
from bot.importing.sheets import Row
from bot.importing.words import MEANING
from bot.store import Line, Lines, UnitOfWork
from programme.facts import known_at, last_day_of
from programme.organisations import find_named
from programme.trainings import Offer, Training, slug

_DEAREST = 50_000_000  # rupiah


class TrainingList(Roll):
    """One row a training. A line: its key, and what is said of it as a document."""

    keys = 1
    columns: tuple[Column, ...] = (
        Column("trainings", "title", "its name", "Membuat Aneka Kreasi Sambal bagi Juru Masak", required=True),
        Column(
            "trainings",
            "platforms",
            "who sells it, with prices: PLATFORM=PRICE; PLATFORM",
            "Tokopedia=350000; Bukalapak",
            required=True,
        ),
        Column("trainings", "source", "who says so", "Prakerja, daftar pelatihan", required=True),
        Column("trainings", "seen", "as of when: YYYY, YYYY-MM or a day", "2021-10", required=True),
        Column("trainings", "institution", "who gives it"),
        Column("trainings", "profession", "for whom it is", "Juru Masak"),
        Column("trainings", "sample", "ya for practice data, shown as such", "ya"),
    )

    def read(self, row: Row, office: Office) -> Line:
        """Return what a row says of a training. Raises BadRow."""
        if missing := [name for name in ("title", "platforms", "source", "seen") if not row[name]]:
            raise BadRow(f"{missing[0]}: is empty")
        training = Training(
            id=slug(f"{row['title']} {row['institution']}"),
            title=row["title"],
            institution=row["institution"] or None,
            profession=row["profession"] or None,
            offers=tuple(_offer(part, office) for part in row["platforms"].split(";") if part.strip()),
            seen=_seen(row, office),
            source=row["source"],
            sample=_flag(row, "sample"),
        )
        told = {name: value for name, value in to_document(training).items() if value is not None}
        if not row["sample"]:
            del told["sample"]
        return (training.id, orjson.dumps(told).decode())

    def lines(self, tx: UnitOfWork) -> Lines:
        """Return the repository of the trainings' lines."""
        return tx.trainings.lines

    def merged(self, known: Line | None, said: Line, office: Office) -> Line:
        """Add what is said to what is known, in the order in which a training is always written."""
        blank = to_document(Training(id="", title="", seen="", source=""))
        before = orjson.loads(known[1]) if known else {}
        return (said[0], orjson.dumps({**blank, **before, **orjson.loads(said[1])}).decode())


def _seen(row: Row, office: Office) -> str:
    """Read a year, a month or a day, none of them still to come."""
    text = row["seen"]
    try:
        seen = read_digits(text)
        last_day_of(seen)
    except (ValueError, NoNumber):
        try:
            seen = read_day(text, row.sheet.order).isoformat()
        except NoDay:
            raise BadRow(f"seen: {shown(text)} is not YYYY, YYYY-MM or a day") from None
    if not known_at(seen, office.now):
        raise BadRow(f"seen: {shown(text)} is still to come")
    return seen


def _flag(row: Row, column: str) -> bool:
    text = row[column]
    meaning = {"1": "yes", "0": "no", "": "no"}.get(text, MEANING.get(text.casefold()))
    if meaning not in {"yes", "no"}:
        raise BadRow(f"{column}: {shown(text)} is neither ya nor tidak")
    return meaning == "yes"


def _offer(text: str, office: Office) -> Offer:
    name, _equals, asked = (part.strip() for part in text.partition("="))
    platform = find_named(name, office.programme.platforms)
    if platform is None:
        raise BadRow(f"platforms: {shown(name)} is no known platform")
    return Offer(platform.id, whole(asked, "platforms", most=_DEAREST) if asked else None)


def to_document(training: Training) -> dict[str, Any]:
    """Return a training as the store keeps it."""
    return asdict(training)


def from_document(document: Mapping[str, Any]) -> Training:
    """Return the training that was kept."""
    offers = tuple(Offer(**offer) for offer in document["offers"])
    return Training(**{**document, "offers": offers, "picks": tuple(document["picks"])})
