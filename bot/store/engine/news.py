"""News: what tells a process that rows changed which open pages show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Protocol

from psycopg import AsyncConnection
from sqlalchemy import URL

CHANNEL: Final = "sobat_news"
"""Where the triggers of migration 0030 tell it."""


class News(Protocol):
    """Hears that something changed; not what."""

    tells: bool
    """Whether it can hear at all: where not, somebody has to look."""

    async def come(self, within: float) -> bool:
        """Wait for news, at most so many seconds; tell whether there was any."""
        ...


class NoNews:
    """A database that tells nobody: SQLite."""

    tells = False

    async def come(self, within: float) -> bool:
        """Wait, and hear nothing."""
        await asyncio.sleep(within)
        return False


class Notices:
    """News of PostgreSQL, by `LISTEN`. What comes between two waits is kept for the next."""

    tells = True

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def come(self, within: float) -> bool:
        """Wait for a commit that changed something. Raises psycopg's errors once the connection is gone."""
        heard = [notice async for notice in self._connection.notifies(timeout=within, stop_after=1)]
        return bool(heard)


@asynccontextmanager
async def listening(url: URL) -> AsyncIterator[News]:
    """Listen on a connection of its own for as long as the block lasts."""
    if url.get_backend_name() == "sqlite":
        yield NoNews()
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await AsyncConnection.connect(address, autocommit=True, connect_timeout=10) as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        yield Notices(connection)
