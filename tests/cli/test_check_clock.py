"""`sobat check` says that this machine does not know what time it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.cli.check_clock import apart, zone_troubles
from bot.store import Store
from programme.model.clock import SystemClock
from programme.model.zones import Zone
from tests.databases import at


def test_the_three_zones_are_where_they_are() -> None:
    assert zone_troubles(Zone) == []


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0, None),
        (-4.9, None),
        (62.0, "this machine's clock is 62 s ahead of the database's"),
        (-3600.0, "3600 s behind the database's: have both set by NTP"),
    ],
)
def test_clocks_that_differ_are_told_with_what_to_do(seconds: float, told: str | None) -> None:
    found = apart(seconds)
    assert bool(found) == (told is not None)
    assert all(told in line for line in found if told)


async def test_a_clock_is_held_beside_the_databases(store: Store) -> None:
    """An hour's drift is seen where the database has a clock of its own."""
    now = SystemClock().now()
    async with at(store, now + timedelta(hours=1)).reading() as tx:
        ahead = await tx.clock_ahead()
    own = tx.connection.dialect.name != "sqlite"
    assert ahead == (pytest.approx(3600, abs=60) if own else 0)
