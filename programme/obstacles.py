"""What keeps people from buying, as reasons that staff can count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from programme.loading import read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One obstacle; `help` is the intent that helps, `official` a reason that Prakerja itself reported."""

    id: str
    help: str
    official: bool = False
    source: str
    as_of: str


def load_obstacles(file: Path) -> Mapping[str, Obstacle]:
    """Read `obstacles.toml`, by id, in the order in which they are offered. Raises DataError."""
    return MappingProxyType(
        {
            name: Obstacle(
                id=name,
                help=entry.text("help"),
                official=entry.flag("official"),
                source=entry.text("source"),
                as_of=entry.as_of(),
            )
            for name, entry in read_records(file)
        }
    )
