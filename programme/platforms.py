"""Platforms that sell trainings, under the names that people use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from programme.contacts import Contact, contact_from
from programme.loading import DataRow, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform. `sells` are the years in which a source saw it sell trainings of the programme.

    `ended` is the first year in which it no longer did. `contacts` is empty where none is known, `url`
    None. `steps` are the buying steps by language, where a source tells them; for the others point to the
    platform and invent no menu names.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    url: str | None = None
    contacts: tuple[Contact, ...] = ()
    sells: frozenset[int] = frozenset()
    ended: int | None = None
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str
    as_of: str
    note: str = ""

    def sells_in(self, year: int) -> bool:
        """Tell whether it sells in `year`: from the first year on record until it ended."""
        return bool(self.sells) and min(self.sells) <= year < (self.ended or year + 1)


class Named(Protocol):
    """Whatever goes by an id, a name and other names."""

    @property
    def id(self) -> str:
        """The name in the data files."""
        ...

    @property
    def name(self) -> str:
        """The name that people see."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """What people write instead."""
        ...


Some = TypeVar("Some", bound=Named)


def find_named(text: str, among: Mapping[str, Some]) -> Some | None:
    """Return the one whose id, name or alias is `text`, whatever its case, spaces and punctuation."""
    wanted = _plain(text)
    return next(
        (one for one in among.values() if wanted in {_plain(each) for each in (one.id, one.name, *one.aliases)}),
        None,
    )


def load_platforms(file: Path) -> Mapping[str, Platform]:
    """Read `platforms.toml`, by id. Raises DataError naming line and fix."""
    return MappingProxyType(
        {
            name: Platform(
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
                note=entry.maybe_text("note") or "",
            )
            for name, entry in read_records(file)
        }
    )


def _steps(entry: DataRow) -> Mapping[str, tuple[str, ...]]:
    found = {"id": entry.texts("steps"), "en": entry.texts("steps_en")}
    return MappingProxyType({language: steps for language, steps in found.items() if steps})


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
