"""Broadcast drafts: what a member of the staff is composing, so that no restart loses it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.broadcasting import broadcast_drafts

_d = broadcast_drafts.c


class BroadcastDrafts(Repository):
    """Repository of drafts, one a member."""

    async def keep(self, who: str, composed: Mapping[str, Any]) -> None:
        """Keep what somebody is composing, in place of what they had."""
        written = {"composed": dict(composed), "at": self.now}
        adding = insert_into(self._connection, broadcast_drafts).values(who=who, **written)
        await self._connection.execute(adding.on_conflict_do_update(index_elements=["who"], set_=written))

    async def of(self, who: str) -> Mapping[str, Any]:
        """Return what somebody is composing; empty where there is nothing."""
        found: Mapping[str, Any] | None = (
            await self._connection.execute(select(_d.composed).where(_d.who == who))
        ).scalar()
        return found or {}

    async def drop(self, who: str) -> None:
        """Drop it: it was ordered, or is not wanted."""
        await self._connection.execute(delete(broadcast_drafts).where(_d.who == who))

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next `few` that nobody went on with since then; return how many."""
        old = select(_d.who).where(_d.at < before).limit(few)
        return (await self._connection.execute(delete(broadcast_drafts).where(_d.who.in_(old)))).rowcount
