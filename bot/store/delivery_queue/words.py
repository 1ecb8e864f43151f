"""The words of deliveries: beside the row, or kept once where many people are owed the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.upserts import insert_into
from bot.store.schema.codec import message_from_json, message_to_json
from bot.store.schema.traffic import deliveries, shared_messages
from programme.model.deliveries import Delivery
from programme.model.messages import Message

Columns = dict[str, object]


async def write_words(connection: AsyncConnection, owed: Sequence[Delivery]) -> list[Columns]:
    """Return the columns that hold each delivery's words, keeping the shared ones first."""
    readers: dict[int, set[int]] = {}
    for delivery in owed:
        readers.setdefault(id(delivery.message), set()).add(delivery.participant)
    written: dict[int, Columns] = {}
    shared: list[dict[str, Any]] = []
    for delivery in owed:
        message = delivery.message
        if message is None or id(message) in written:
            continue
        content = message_to_json(message)
        if len(readers[id(message)]) > 1:
            digest = hashlib.sha256(content.encode()).digest()
            shared.append({"digest": digest, "content": content})
            written[id(message)] = {"message": None, "shared_message": digest}
        else:
            written[id(message)] = {"message": content, "shared_message": None}
    if shared:
        insert = insert_into(connection, shared_messages).on_conflict_do_nothing()
        await connection.execute(insert, shared)
    nothing: Columns = {"message": None, "shared_message": None}
    return [written.get(id(delivery.message), nothing) for delivery in owed]


async def read_words(
    connection: AsyncConnection, rows: Iterable[Row[Any]], unreadable: dict[int, Exception] | None = None
) -> list[Message | None]:
    """Return the words of rows of `deliveries`; those kept once are fetched and decoded once.

    None stands also for what can't be read, as from another version; why not is noted in `unreadable` by the
    row's id, and holds up no other.
    """
    rows = list(rows)
    digests = {row.shared_message for row in rows if row.shared_message is not None}
    shared: dict[bytes, str] = {}
    if digests:
        chosen = select(shared_messages).where(shared_messages.c.digest.in_(digests))
        shared = {bytes(row.digest): row.content for row in await connection.execute(chosen)}
    words: list[Message | None] = []
    for row in rows:
        try:
            words.append(_words(row, shared))
        except Exception as error:
            words.append(None)
            if unreadable is not None:
                unreadable[row.id] = error
    return words


def _words(row: Row[Any], shared: Mapping[bytes, str]) -> Message | None:
    if row.shared_message is not None:
        return _decoded(shared[bytes(row.shared_message)])
    return None if row.message is None else message_from_json(row.message)


@lru_cache(maxsize=32)
def _decoded(content: str) -> Message:
    """Words that go to many stay one and the same object, which a channel can prepare once."""
    return message_from_json(content)


async def spare_words(connection: AsyncConnection, few: int) -> Sequence[bytes]:
    """Find shared words that no delivery needs any more."""
    return (await connection.execute(select(_s.digest).where(_SPARE).limit(few))).scalars().all()


async def drop_words(connection: AsyncConnection, digests: Sequence[bytes]) -> int:
    """Drop these, unless a delivery needs them by now."""
    return (await connection.execute(delete(shared_messages).where(_s.digest.in_(digests), _SPARE))).rowcount


_s = shared_messages.c
_SPARE = ~select(deliveries.c.id).where(deliveries.c.shared_message == _s.digest).exists()
