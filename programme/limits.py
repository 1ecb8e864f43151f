"""How often an OTP may be asked for or mistyped before one has to wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from programme.loading import read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """After `tries`, a wait of `wait_hours`."""

    id: str
    tries: int
    wait_hours: int
    source: str
    as_of: str


def load_limits(file: Path) -> Mapping[str, Limit]:
    """Read `otp.toml`, by id. Raises DataError naming line and fix."""
    return MappingProxyType(
        {
            name: Limit(
                id=name,
                tries=entry.number("tries"),
                wait_hours=entry.number("wait_hours"),
                source=entry.text("source"),
                as_of=entry.as_of(),
            )
            for name, entry in read_records(file)
        }
    )
