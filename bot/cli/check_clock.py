"""Whether this machine knows what time it is: its zone data, and its clock beside the database's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from bot.app.database_errors import missing_file
from bot.app.settings import DEFAULT_DATABASE, read_settings
from bot.cli.acting import opened
from programme.model.zones import Zone

MOST_APART: Final = 5.0
"""Seconds that two clocks may differ; leases and cutoffs are decided by each process's own."""

_WITHIN: Final = 5.0
_HOURS: Final = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}


async def clock_troubles() -> list[str]:
    """Say what is wrong with the zones or the clock, and what to do."""
    return [*zone_troubles(Zone), *await _apart()]


def zone_troubles(zones: Iterable[Zone]) -> list[str]:
    """Say which zones this machine does not have as they are; Indonesia has had no summer time since 1964."""
    return [f"zone data of {zone.value} is missing or wrong: install tzdata" for zone in zones if not _is_right(zone)]


def apart(seconds: float) -> list[str]:
    """Say that a clock differs from the database's, where it does; `seconds` is how far it is ahead."""
    if abs(seconds) <= MOST_APART:
        return []
    way = "ahead of" if seconds > 0 else "behind"
    return [f"this machine's clock is {abs(seconds):.0f} s {way} the database's: have both set by NTP"]


def _is_right(zone: Zone) -> bool:
    try:
        return datetime(2021, 10, 21, tzinfo=UTC).astimezone(zone.tz).utcoffset() == timedelta(hours=_HOURS[zone])
    except ZoneInfoNotFoundError:
        return False


async def _apart() -> list[str]:
    settings = read_settings()
    url = settings.database_url or (DEFAULT_DATABASE if settings.is_real else None)
    if url is None or missing_file(url):
        return []
    try:
        async with asyncio.timeout(_WITHIN), opened(url, first=True) as store, store.reading() as tx:
            return apart(await tx.clock_ahead())
    except Exception:
        return []
