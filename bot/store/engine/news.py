"""News: what tells a process that rows changed which open pages show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
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

    def wake(self) -> None:
        """Tell what this process did itself, where the database does not."""
        ...


class NoNews:
    """A database that tells nobody, SQLite: only this process hears what it does itself."""

    tells = False

    def __init__(self) -> None:
        self._woken = asyncio.Event()

    async def come(self, within: float) -> bool:
        """Wait for what this process does; the rest is to be looked for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._woken.wait()
        woken = self._woken.is_set()
        self._woken.clear()
        return woken

    def wake(self) -> None:
        """Have whoever waits hear at once."""
        self._woken.set()


class Notices:
    """News of PostgreSQL, by `LISTEN`. What comes between two waits is kept for the next."""

    tells = True

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def come(self, within: float) -> bool:
        """Wait for a commit that changed something. Raises psycopg's errors once the connection is gone."""
        heard = [notice async for notice in self._connection.notifies(timeout=within, stop_after=1)]
        return bool(heard)

    def wake(self) -> None:
        """Do nothing: it tells by itself."""


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
