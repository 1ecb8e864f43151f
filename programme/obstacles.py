"""What keeps people from buying, as reasons that staff can count."""

from __future__ import annotations

from dataclasses import dataclass

from programme.loading import DataRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One obstacle; `official` is a reason that Prakerja itself reported."""

    id: str
    official: bool = False
    source: str
    as_of: str


def obstacle_from(name: str, entry: DataRow) -> Obstacle:
    """Read one obstacle. Raises DataError."""
    return Obstacle(
        id=name,
        official=entry.flag("official"),
        source=entry.text("source"),
        as_of=entry.as_of(),
    )
