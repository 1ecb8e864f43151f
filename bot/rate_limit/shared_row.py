"""Token buckets in the store: a generic cell rate algorithm in one row an account, which hands out slots in blocks.

`tat` is the moment of the next free slot. Moments are seconds of one clock that all workers see: the
server's on PostgreSQL; on SQLite, whose workers share a machine, the machine's monotonic one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Double, Update, bindparam, case, cast, extract, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rate_limit.budget import HORIZON, TALKING, Grant
from bot.rate_limit.shares import RESERVED, USED
from bot.store.engine.upserts import insert_into
from bot.store.schema.traffic import rate_budgets

_b = rate_budgets.c


class TokenBuckets:
    """Repository of rates. `now` is read on SQLite only: seconds of the machine's monotonic clock."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(self, account: str, rate: float, burst: float) -> None:
        """Let the account send `rate` messages a second, and make up for up to `burst` lost seconds."""
        start = {"tat": 0.0, "talked_at": 0.0, "blocked_at": 0.0, "blocked_until": 0.0}
        insert = insert_into(self._connection, rate_budgets).values(account=account, rate=rate, burst=burst, **start)
        changed = insert.on_conflict_do_update(index_elements=[_b.account], set_={"rate": rate, "burst": burst})
        await self._connection.execute(changed)

    async def lease(self, account: str, slots: int, now: float) -> Grant:
        """Move the next free slot on by `slots`. Raises LookupError for an account that was not opened."""
        return await self._advance("lease", account, slots, now)

    async def spend(self, account: str, slots: int, now: float) -> Grant:
        """Count messages that went out already, by people talking."""
        return await self._advance("spend", account, slots, now)

    async def freeze(self, account: str, seconds: float, now: float) -> None:
        """Let nobody send for `seconds` from now."""
        given = {"this_account": account, "now": now, "seconds": seconds}
        await self._connection.execute(_freeze(self._connection.dialect.name), given)

    async def frozen(self, now: float) -> dict[str, float]:
        """Return every account with the seconds for which its channel wants to hear nothing, 0 where it listens."""
        words = _words(self._connection.dialect.name)
        seconds = case((words.blocked, _b.blocked_until - words.now), else_=0.0).label("seconds")
        rows = await self._connection.execute(select(_b.account, seconds), {"now": now})
        return {row.account: row.seconds for row in rows}

    async def _advance(self, verb: str, account: str, slots: int, now: float) -> Grant:
        statement = _ADVANCE[verb](self._connection.dialect.name)
        given = {"this_account": account, "now": now, "slots": float(slots)}
        row = (await self._connection.execute(statement, given)).one_or_none()
        if row is None:
            raise LookupError(f"no rate was set for {account}")
        return Grant(slots, row.begins_in, 1 / row.pace, max(row.frozen_for, 0.0))


@dataclass(frozen=True, slots=True)
class _Words:
    """What the statements say, in the terms of one database."""

    now: ColumnElement[float]

    @property
    def talking(self) -> ColumnElement[bool]:
        return (_b.talked_at > self.now - TALKING) & (_b.talked_at <= self.now)

    @property
    def pace(self) -> ColumnElement[float]:
        return case((self.talking, _b.rate * (1 - RESERVED)), else_=_b.rate * USED)

    @property
    def blocked(self) -> ColumnElement[bool]:
        return (_b.blocked_at <= self.now) & (self.now < _b.blocked_until)

    @property
    def base(self) -> ColumnElement[float]:
        """The next free slot, where it makes sense by this clock."""
        earliest = case((self.blocked, _b.blocked_until), else_=self.now - _b.burst)
        sound = (_b.tat > earliest) & (_b.tat < earliest + HORIZON)
        return case((sound, _b.tat), else_=case((self.blocked, _b.blocked_until), else_=self.now))


def _words(dialect: str) -> _Words:
    if dialect == "sqlite":
        return _Words(bindparam("now", type_=Double))
    return _Words(cast(extract("epoch", func.clock_timestamp()), Double))


def _grant(words: _Words, changed: Update, pace: ColumnElement[float]) -> Any:
    begins_in = _b.tat - bindparam("slots", type_=Double) / pace - words.now
    frozen = case((words.blocked, _b.blocked_until - words.now), else_=0.0)
    return changed.returning(begins_in.label("begins_in"), pace.label("pace"), frozen.label("frozen_for"))


@cache
def _lease(dialect: str) -> Any:
    words = _words(dialect)
    moved = words.base + bindparam("slots", type_=Double) / words.pace
    return _grant(words, _of_account().values(tat=moved), words.pace)


@cache
def _spend(dialect: str) -> Any:
    words = _words(dialect)
    moved = words.base + bindparam("slots", type_=Double) / _b.rate
    return _grant(words, _of_account().values(tat=moved, talked_at=words.now), _b.rate + 0.0)


@cache
def _freeze(dialect: str) -> Update:
    words = _words(dialect)
    until = words.now + bindparam("seconds", type_=Double)
    longest = case((words.blocked & (_b.blocked_until > until), _b.blocked_until), else_=until)
    return _of_account().values(blocked_at=words.now, blocked_until=longest)


def _of_account() -> Update:
    return update(rate_budgets).where(_b.account == bindparam("this_account"))


_ADVANCE = {"lease": _lease, "spend": _spend}
