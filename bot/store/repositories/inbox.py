"""What came in: kept before it is acknowledged, applied once, and forgotten as soon as it is handled."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Integer, Row, Select, Text, bindparam, cast, delete, or_, select, type_coerce, update

from bot.store.engine.upserts import put_new
from bot.store.repositories.dead_letters import DeadLetters
from bot.store.repositories.repository import Repository
from bot.store.schema.codec import incoming_from, incoming_to
from bot.store.schema.traffic import dead_letters, inbox
from bot.store.unavailable import sort_of
from programme.model.messages import Incoming
from programme.model.phones import OwnHash
from programme.model.spheres import Sphere


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message that waits. Its `incoming.number` is always None; a vouched number is here as its hash."""

    id: int
    incoming: Incoming
    number: OwnHash | None = None


_MANY = 500
_TAIL = "~"
_i = inbox.c
_CLEARED = {"channel": None, "address": None, "content": None, "phone_hash": None}
_READ = select(_i.id, type_coerce(_i.content, Text).label("content"), _i.phone_hash)
_SENDERS = select(_i.id, _i.channel, _i.address)
_DEAD = select(cast(dead_letters.c.key, _i.id.type)).where(dead_letters.c.sphere == Sphere.INBOX, dead_letters.c.dead)
ALIVE = _i.id.not_in(_DEAD)
"""Which messages are not set aside."""
_OLDEST = (
    select(_i.id, _i.handled_at)
    .where(_i.id > bindparam("after", type_=_i.id.type))
    .order_by(_i.id)
    .limit(bindparam("few", type_=Integer))
)
_HANDLED = (
    update(inbox)
    .where(_i.id == bindparam("row"), _i.handled_at.is_(None))
    .values(handled_at=bindparam("now", type_=_i.handled_at.type), **_CLEARED)
)


class Inbox(Repository):
    """Repository of messages that came in."""

    async def add(
        self, incoming: Incoming, *, number: OwnHash | None = None, until: datetime | None = None
    ) -> int | None:
        """Keep a message and return its row; None where the channel delivered it before.

        Until the moment `until` other processes leave it to this one.
        """
        content = {"content": incoming_to(incoming), "phone_hash": _written(number)}
        where = {"channel": incoming.channel, "address": incoming.address}
        return await self._put(
            {"digest": _digest(incoming), "at": incoming.at, "taken_until": until, **where, **content}
        )

    async def add_handled(self, incoming: Incoming) -> int | None:
        """Note only that a message was seen, for it is handled in this very transaction; else as `add`."""
        return await self._put({"digest": _digest(incoming), "at": incoming.at, "handled_at": self.now})

    async def first_of_album(self, incoming: Incoming) -> bool:
        """Tell whether no other picture of the same album was here before."""
        return await self.add_handled(replace(incoming, id=f"album:{incoming.album}")) is not None

    async def hold(self, rows: Collection[int], until: datetime) -> None:
        """Keep messages that are in hand here for longer."""
        ordered = sorted(rows)
        for start in range(0, len(ordered), _MANY):
            held = update(inbox).where(_i.id.in_(ordered[start : start + _MANY]), _i.handled_at.is_(None))
            await self._connection.execute(held.values(taken_until=until))

    async def take_over(self, until: datetime, *, but: Collection[int], limit: int, after: int = 0) -> list[InboxRow]:
        """Take messages that nobody has in hand, oldest first, all but those in hand here.

        They are those of a process that died. On SQLite there is no other process: what isn't in hand here
        is in nobody's.
        """
        chosen = self._free(_READ, but, after).limit(limit)
        rows, unreadable = _rows(await self._connection.execute(chosen.with_for_update(skip_locked=True)))
        for number, error in unreadable.items():
            await DeadLetters(self._connection, self.now).failed(Sphere.INBOX, number, sort_of(error), most=1)
        await self.hold([row.id for row in rows], until)
        if unreadable:  # others come in their place
            last = max([row.id for row in rows] + list(unreadable))
            rows += await self.take_over(until, but=but, limit=limit - len(rows), after=last)
        return rows

    async def free(self, *, but: Collection[int], limit: int, after: int = 0) -> Sequence[Row[Any]]:
        """Return the ids, channels and addresses of messages that `take_over` would take, oldest first."""
        chosen = self._free(_SENDERS, but, after).limit(limit)
        found: Sequence[Row[Any]] = (await self._connection.execute(chosen)).all()
        return found

    def _free(self, read: Select[Any], but: Collection[int], after: int) -> Select[Any]:
        free = read.where(_i.handled_at.is_(None), _i.id > after, _i.id.not_in(sorted(but)), ALIVE)
        if self._connection.dialect.name != "sqlite":
            free = free.where(or_(_i.taken_until.is_(None), _i.taken_until <= self.now))
        return free.order_by(_i.id)

    async def handled(self, row_id: int) -> bool:
        """Let go of a message's words and sender; what stays tells only that it was seen.

        False means that somebody else handled it meanwhile: roll back, nothing is to be applied.
        """
        done = await self._connection.execute(_HANDLED, {"row": row_id, "now": self.now})
        return done.rowcount == 1

    async def _put(self, row: dict[str, Any]) -> int | None:
        added = await self._connection.execute(put_new(self._connection.dialect.name, inbox), row)
        row_id: int | None = added.scalar_one_or_none()
        return row_id

    async def prune(self, before: datetime, few: int, *, after: int = 0) -> int | None:
        """Drop the traces of messages handled before `before`, among the next `few` rows after the row `after`.

        Rows lie in the order in which they came. Return the last one looked at; None where all that follow
        are younger. Providers repeat a message for days, not months.
        """
        rows = (await self._connection.execute(_OLDEST, {"after": after, "few": few})).all()
        old = [row.id for row in rows if row.handled_at is not None and row.handled_at < before]
        if old:
            await self._connection.execute(delete(inbox).where(_i.id.in_(old)))
        elif any(row.handled_at is not None for row in rows):
            return None
        return rows[-1].id if len(rows) == few else None


def _rows(found: Iterable[Row[Any]]) -> tuple[list[InboxRow], dict[int, Exception]]:
    """Read each row by itself: one that can't be read, as from another version, must not hold up the others."""
    rows: list[InboxRow] = []
    unreadable: dict[int, Exception] = {}
    for row in found:
        try:
            rows.append(InboxRow(row.id, incoming_from(orjson.loads(row.content)), _own(row.phone_hash)))
        except Exception as error:
            unreadable[row.id] = error
    return rows, unreadable


def _written(number: OwnHash | None) -> str | None:
    """Write a number as it waits with its message: its hashes, the one in use first, and its last digits."""
    if number is None:
        return None
    tail = (_TAIL + number.tail,) if number.tail else ()
    return " ".join((number.text, *number.former, *tail))


def _own(written: str | None) -> OwnHash | None:
    """Read the number that waited with the message; only a vouched one was written there."""
    if written is None:
        return None
    text, *others = written.split(" ")
    former = tuple(one for one in others if not one.startswith(_TAIL))
    tail = "".join(one.removeprefix(_TAIL) for one in others if one.startswith(_TAIL))
    return OwnHash(text, former, tail)


def _digest(incoming: Incoming) -> bytes:
    """Name a message without telling anything: WhatsApp's ids have the sender's number in them."""
    return hashlib.sha256(f"{incoming.channel}\0{incoming.id}".encode()).digest()
