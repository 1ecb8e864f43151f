"""Repository: the base of all of them, a part of one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection


class Repository:
    """Reads and writes within one transaction, as of the moment at which it began."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection, self.now = connection, now
