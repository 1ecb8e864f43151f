"""Platforms that sell trainings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from programme.contacts import contact_from
from programme.loading import DataRow
from programme.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyingSteps:
    """How one buys there, by language, as its own source told it."""

    by_language: Mapping[str, tuple[str, ...]]
    source: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform(Organisation):
    """A platform. `sells` are the years in which a source saw it sell trainings of the programme.

    `ended` is the first year in which it no longer did. `contacts` is empty where none is known, `url`
    None. `steps` are the buying steps where a source tells them, else None: point to the platform then, and invent
    no menu names.
    """

    url: str | None = None
    sells: frozenset[int] = frozenset()
    ended: int | None = None
    steps: BuyingSteps | None = None

    def sells_in(self, year: int) -> bool:
        """Tell whether it sells in `year`: from the first year on record until it ended."""
        return bool(self.sells) and min(self.sells) <= year < (self.ended or year + 1)


def platform_from(name: str, entry: DataRow) -> Platform:
    """Read one platform. Raises DataError."""
    return Platform(
        id=name,
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        url=entry.maybe_text("url"),
        contacts=tuple(contact_from(each) for each in entry.entries("contacts")),
        sells=frozenset(entry.numbers("sells")),
        ended=entry.maybe_number("ended"),
        steps=_steps(entry),
        source=entry.text("source"),
        as_of=entry.as_of(),
    )


def _steps(entry: DataRow) -> BuyingSteps | None:
    found = {"id": entry.texts("steps"), "en": entry.texts("steps_en")}
    if not any(found.values()):
        return None
    told = MappingProxyType({language: steps for language, steps in found.items() if steps})
    return BuyingSteps(by_language=told, source=entry.text("steps_source"), as_of=entry.text("steps_as_of"))
