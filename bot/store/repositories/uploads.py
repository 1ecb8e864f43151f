"""Pictures that people put on the web page: kept with the person, for the staff to see."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import delete, func, insert, select

from bot.store.repositories.repository import Repository
from bot.store.schema.helpdesk import uploads

UPLOADED = "web"
"""The channel of an attachment that lies here; its reference is the id."""

AT_MOST = 20
"""Pictures kept of one person; the oldest goes for the newest."""

_u = uploads.c


class Uploads(Repository):
    """Repository of pictures."""

    async def keep(self, participant: int, name: str, data: bytes) -> str:
        """Keep a picture; return the id under which it is found again."""
        number = token_urlsafe(16)
        values = {"id": number, "participant": participant, "at": self.now, "name": name, "data": data}
        await self._connection.execute(insert(uploads).values(values))
        await self._make_room(participant)
        return number

    async def count(self, participant: int, since: datetime) -> int:
        """Count the person's pictures since then."""
        mine = (_u.participant == participant) & (_u.at >= since)
        return (await self._connection.execute(select(func.count()).select_from(uploads).where(mine))).scalar_one()

    async def get(self, number: str) -> tuple[str, bytes] | None:
        """Return name and content of a picture; None where it is gone."""
        row = (await self._connection.execute(select(_u.name, _u.data).where(_u.id == number))).one_or_none()
        return None if row is None else (row.name, row.data)

    async def prune(self, before: datetime) -> int:
        """Drop the next picture from before then, which may have some MB; return how many."""
        oldest = select(_u.id).where(_u.at < before).order_by(_u.at).limit(1)
        return (await self._connection.execute(delete(uploads).where(_u.id.in_(oldest)))).rowcount

    async def _make_room(self, participant: int) -> None:
        mine = _u.participant == participant
        count = (await self._connection.execute(select(func.count()).select_from(uploads).where(mine))).scalar_one()
        if count > AT_MOST:
            oldest = select(_u.id).where(mine).order_by(_u.at, _u.id).limit(count - AT_MOST)
            await self._connection.execute(delete(uploads).where(_u.id.in_(oldest)))
