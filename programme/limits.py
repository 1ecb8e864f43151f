"""How often an OTP may be asked for or mistyped before one has to wait."""

from __future__ import annotations

from dataclasses import dataclass

from programme.loading import DataRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """After `tries`, a wait of `wait_hours`."""

    id: str
    tries: int
    wait_hours: int
    source: str
    as_of: str


def limit_from(name: str, entry: DataRow) -> Limit:
    """Read one limit. Raises DataError."""
    return Limit(
        id=name,
        tries=entry.number("tries"),
        wait_hours=entry.number("wait_hours"),
        source=entry.text("source"),
        as_of=entry.as_of(),
    )
