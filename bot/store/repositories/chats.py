"""Chats of the web page, which has no channel behind it that would keep them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from bot.store.repositories.repository import Repository
from bot.store.schema.codec import message_from_json, message_to_json
from bot.store.schema.people import addresses, chat_posts
from programme.model.messages import Kind, Message

_p = chat_posts.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One bubble of a chat. `kind` is None for the person's own words; `at` is UTC."""

    id: str
    at: datetime
    message: Message
    kind: Kind | None

    @property
    def own(self) -> bool:
        """Tell whether the person said it."""
        return self.kind is None


class Chats(Repository):
    """Repository of chats of one channel."""

    async def read(self, channel: str, address: str, most: int) -> list[ChatMessage]:
        """Return the newest posts of a chat, oldest first."""
        here = (_p.participant == _person(channel, address)) & (_p.address == address)
        newest = select(chat_posts).where(here).order_by(_p.number.desc())
        rows = (await self._connection.execute(newest.limit(most))).all()
        return [_post(row) for row in reversed(rows)]

    async def keep(self, channel: str, address: str, posts: Sequence[ChatMessage]) -> bool:
        """Write posts down, in place of those with the same ids; False where nobody is known at this address."""
        person = (await self._connection.execute(select(_person(channel, address)))).scalar_one_or_none()
        if person is None:
            return False
        for post in posts:
            content = {"kind": post.kind, "content": message_to_json(post.message)}
            this = chat_posts.update().where(_p.participant == person, _p.id == post.id)
            if (await self._connection.execute(this.values(content))).rowcount == 0:
                row = {"id": post.id, "participant": person, "address": address, "at": post.at, **content}
                await self._connection.execute(insert(chat_posts).values(row))
        return True

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next posts from before then; return how many."""
        oldest = select(_p.number).where(_p.at < before).order_by(_p.at).limit(bindparam("few"))
        return (await self._connection.execute(delete(chat_posts).where(_p.number.in_(oldest)), {"few": few})).rowcount


def _person(channel: str, address: str) -> Any:
    here = (addresses.c.channel == channel) & (addresses.c.address == address)
    return select(addresses.c.participant).where(here).scalar_subquery()


def _post(row: Any) -> ChatMessage:
    return ChatMessage(id=row.id, at=row.at, message=message_from_json(row.content), kind=row.kind)
