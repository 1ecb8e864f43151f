"""Platforms that sell trainings."""

from __future__ import annotations

from dataclasses import dataclass

from programme.contacts import contact_from
from programme.loading import DataRow
from programme.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform(Organisation):
    """A platform. `sells` are the years in which a source saw it sell trainings of the programme.

    `ended` is the first year in which it no longer did. `contacts` is empty where none is known, `url` None.
    """

    url: str | None = None
    sells: frozenset[int] = frozenset()
    ended: int | None = None

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
        source=entry.text("source"),
        as_of=entry.as_of(),
    )
