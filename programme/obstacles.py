"""What keeps people from buying, as reasons that staff can count."""

from __future__ import annotations

from dataclasses import dataclass

from programme.loading import DataRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One obstacle; `help` is the intent that helps, `official` a reason that Prakerja itself reported."""

    id: str
    help: str
    official: bool = False
    source: str
    as_of: str


def obstacle_from(name: str, entry: DataRow) -> Obstacle:
    """Read one obstacle. Raises DataError."""
    return Obstacle(
        id=name,
        help=entry.text("help"),
        official=entry.flag("official"),
        source=entry.text("source"),
        as_of=entry.as_of(),
    )
