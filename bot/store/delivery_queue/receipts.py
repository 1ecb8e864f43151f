"""Writes down what a channel tells later of what it took: only forward, each receipt once, in any order.

A delivery is known by the reference that was given along with it; of another attempt a receipt says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Integer, Row, Select, SmallInteger, Table, Text, Update, and_, case, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.doubted import doubt, shut_window, trust
from bot.store.delivery_queue.keys import has_key, key_in, key_of, key_types
from bot.store.delivery_queue.releasing import wonder
from bot.store.delivery_queue.settling import carry_elsewhere
from bot.store.delivery_queue.states import MOST_FAILURES, State
from bot.store.delivery_queue.words import read_words
from bot.store.engine.bulk import Types, bound, given
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.deliveries import BroadcastDeliveryId, Claimed, DeliveryId, Outcome, delivery_id_from
from programme.model.messages import Kind, Message
from programme.model.receipts import Pricing, Receipt, ReceiptState

_RANK = {state: rank for rank, state in enumerate(ReceiptState)}
_ATTEMPT = re.compile(r"[0-9]{1,9}")
_ARRIVED = (ReceiptState.DELIVERED, ReceiptState.READ)


def reference_of(claimed: Claimed) -> str:
    """Name one attempt to send, for the channel to give back: `7.1`, of a broadcast `3/7.1`."""
    return f"{claimed.id}.{claimed.attempt}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A receipt, and for one that failed what follows from it: the outcome, and when to try again.

    `nobody` is what a channel says that can't find the person.
    """

    receipt: Receipt
    outcome: Outcome | None = None
    retry_at: datetime | None = None
    costs_attempt: bool = True
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Charged:
    """One message that arrived and was priced."""

    kind: Kind
    pricing: Pricing


@dataclass(frozen=True, slots=True)
class Applied:
    """What receipts changed: how many deliveries, how many failed after all, and what is to be paid for.

    `told` counts how far they came, by kind.
    """

    changed: int = 0
    failed: int = 0
    charges: tuple[Charged, ...] = ()
    told: Counter[tuple[Kind, ReceiptState]] = field(default_factory=Counter)

    def __add__(self, other: Applied) -> Applied:
        """Count both together."""
        charges, told = self.charges + other.charges, self.told + other.told
        return Applied(self.changed + other.changed, self.failed + other.failed, charges, told)


async def apply_receipts(connection: AsyncConnection, told: Sequence[Told]) -> Applied:
    """Write down how far each delivery came; what failed after all is tried again, elsewhere, or closed."""
    by_attempt = _latest(told)
    applied = Applied()
    for table in (deliveries, broadcast_deliveries):
        own = {key: each for key, each in by_attempt.items() if isinstance(key[0], int) == (table is deliveries)}
        if own:
            applied += await _apply(connection, table, own)
    return applied


_Attempt = tuple[DeliveryId, int]


def _latest(told: Sequence[Told]) -> dict[_Attempt, Told]:
    """Keep of each attempt the receipt that says how far it came, with a price that stands in another one."""
    found: dict[_Attempt, Told] = {}
    for each in told:
        attempt = _attempt(each.receipt.reference)
        if attempt is None:
            continue
        before = found.get(attempt)
        found[attempt] = each if before is None else _further(before, each)
    return found


def _further(one: Told, other: Told) -> Told:
    """Return the one that came further; what arrived is priced once, and not in each receipt that says so."""
    behind, ahead = sorted((one, other), key=lambda told: _RANK[told.receipt.state])
    price = behind.receipt.pricing
    if price is None or ahead.receipt.pricing is not None or behind.receipt.state not in _ARRIVED:
        return ahead
    return replace(ahead, receipt=replace(ahead.receipt, pricing=price))


def _attempt(reference: str | None) -> _Attempt | None:
    if reference is None:
        return None
    named, _dot, attempt = reference.rpartition(".")
    try:
        return (delivery_id_from(named), int(attempt)) if _ATTEMPT.fullmatch(attempt) else None
    except ValueError:
        return None  # of another app with this number, which names what it sends as it likes


async def _apply(connection: AsyncConnection, table: Table, told: Mapping[_Attempt, Told]) -> Applied:
    rows = await _rows(connection, table, [key for key, _attempt in told])
    news = [(row, each) for row in rows if (each := _news(table, row, told)) is not None]
    if not news:
        return Applied()
    written = [
        (
            *key_of(table, row),
            max(_RANK[each.receipt.state], -1 if row.receipt is None else _RANK[row.receipt]),
            each.receipt.at,
            each.receipt.message,
            bool(row.charged or _is_charged(row, each.receipt)),
        )
        for row, each in news
    ]
    types = _receipt(table)
    await connection.execute(_write(connection.dialect.name, table), bound(connection, types, written))
    failed = [(row, each) for row, each in news if each.outcome is not None and row.state in _TAKEN]
    if failed:
        await _failed_after_all(connection, table, failed)
    nobody = [key_of(table, row) for row, each in failed if each.nobody]
    if nobody:
        await doubt(connection, table, nobody, max(each.receipt.at for _row, each in failed))
    await trust(connection, table, [key_of(table, row) for row, each in news if each.receipt.state in _ARRIVED])
    if table is deliveries:
        await _not_asked(connection, news)
        told_anew = [row.id for row, each in news if each.outcome is not None and row.kind is Kind.STAFF]
        if told_anew:
            await wonder(connection, told_anew)
    came = Counter((_kind(table, row), each.receipt.state) for row, each in news)
    return Applied(len(news), len(failed), tuple(_charges(table, news)), came)


_TAKEN = (State.SENT.value, State.LEASED.value, State.UNKNOWN.value)


def _news(table: Table, row: Row[Any], told: Mapping[_Attempt, Told]) -> Told | None:
    """Return the receipt of a row where it goes forward; one of another attempt tells nothing of this one."""
    key = row.id if table is deliveries else BroadcastDeliveryId(row.broadcast, row.participant)
    each = told.get((key, row.attempt))
    if each is None:
        return None
    if row.receipt is not None and _RANK[row.receipt] >= _RANK[each.receipt.state]:
        return each if _is_charged(row, each.receipt) else None  # a late one may still tell the price
    return each


async def _rows(connection: AsyncConnection, table: Table, keys: Sequence[DeliveryId]) -> Sequence[Row[Any]]:
    values = bound(connection, key_types(table), sorted(key_in(key) for key in keys))
    rows: Sequence[Row[Any]] = (await connection.execute(_read(connection.dialect.name, table), values)).all()
    return rows


@cache
def _read(dialect: str, table: Table) -> Select[Any]:
    which = given(dialect, key_types(table))
    kind = (table.c.kind,) if "kind" in table.c else ()
    known = (*table.primary_key, table.c.attempt, table.c.state, table.c.receipt, table.c.charged, *kind)
    return select(*known).join(which, has_key(table, which.c)).with_for_update(of=table)


@cache
def _receipt(table: Table) -> Types:
    return (
        *key_types(table),
        *(("rank", SmallInteger()), ("told_at", table.c.receipt_at.type), ("message", Text()), ("charged", Boolean())),
    )


@cache
def _write(dialect: str, table: Table) -> Update:
    """Note the receipt; what was told to have arrived was sent, even if our answer got lost."""
    which = given(dialect, _receipt(table)).c
    lost = and_(which.rank != _RANK[ReceiptState.FAILED], table.c.state.in_((State.PENDING, State.UNKNOWN)))
    return (
        update(table)
        .where(has_key(table, which))
        .values(
            receipt=which.rank,
            receipt_at=which.told_at,
            charged=which.charged,
            provider_id=case((table.c.provider_id.is_(None), which.message), else_=table.c.provider_id),
            state=case((lost, State.SENT.value), else_=table.c.state),
            open_at=case((lost, None), else_=table.c.open_at),
            closed_at=case((lost, which.told_at), else_=table.c.closed_at),
        )
    )


async def _failed_after_all(connection: AsyncConnection, table: Table, failed: Sequence[tuple[Row[Any], Told]]) -> None:
    shut = [(row, each) for row, each in failed if each.outcome is Outcome.HELD]
    if shut:
        await shut_window(connection, table, [key_of(table, row) for row, _each in shut])
    values = [
        (
            *key_of(table, row),
            _outcome(table, row, each).value,
            each.receipt.at,
            each.retry_at or each.receipt.at,
            int(each.costs_attempt),
            _in_words(each.receipt),
        )
        for row, each in failed
    ]
    await connection.execute(_fail(connection.dialect.name, table), bound(connection, _failure(table), values))
    elsewhere = [key_of(table, row) for row, each in failed if each.outcome is Outcome.NOT_HERE]
    if elsewhere:
        keys = [key[0] if table is deliveries else BroadcastDeliveryId(*key) for key in elsewhere]
        await carry_elsewhere(connection, table, keys)


def _outcome(table: Table, row: Row[Any], told: Told) -> Outcome:
    """Return what follows: only an answer of the staff waits for the person; what else was not taken goes otherwise."""
    waits = table is deliveries and row.kind is Kind.STAFF
    return Outcome.LATER if told.outcome is Outcome.HELD and not waits else told.outcome or Outcome.FAILED


async def _not_asked(connection: AsyncConnection, news: Sequence[tuple[Row[Any], Told]]) -> None:
    """Note of what is held that the person was not asked to write after all: the words that do so did not arrive."""
    d = deliveries.c
    for row, each in news:
        if each.outcome is not None and row.state == State.HELD.value:
            why = _in_words(each.receipt)
            await connection.execute(update(deliveries).where(d.id == row.id).values(reason=why))


def _in_words(receipt: Receipt) -> str:
    return f"{receipt.code or ''} {receipt.reason}".strip()[:_LONGEST]


_LONGEST = 120


@cache
def _failure(table: Table) -> Types:
    return (
        *key_types(table),
        *(("outcome", Text()), ("at", table.c.closed_at.type), ("again", table.c.open_at.type)),
        *(("cost", Integer()), ("why", Text())),
    )


@cache
def _fail(dialect: str, table: Table) -> Update:
    """Close or put off what did not arrive. Its next attempt has a number of its own, and so a receipt."""
    which = given(dialect, _failure(table)).c
    later = (which.outcome == Outcome.LATER.value) & (table.c.failures + which.cost < MOST_FAILURES)
    spent = case((which.outcome == Outcome.LATER.value, State.FAILED.value), else_=which.outcome)
    return (
        update(table)
        .where(has_key(table, which))
        .values(
            state=case((later, State.PENDING.value), else_=spent),
            open_at=case((later, which.again), else_=None),
            closed_at=case((later, None), else_=which.at),
            failures=table.c.failures + which.cost,
            reason=which.why,
        )
    )


def _charges(table: Table, news: Sequence[tuple[Row[Any], Told]]) -> list[Charged]:
    """Return what is charged by these receipts."""
    return [
        Charged(_kind(table, row), each.receipt.pricing)
        for row, each in news
        if each.receipt.pricing is not None and _is_charged(row, each.receipt)
    ]


def _is_charged(row: Row[Any], receipt: Receipt) -> bool:
    """Whether a message is charged by this receipt: once, by the first that has its price and says that it arrived."""
    return receipt.pricing is not None and receipt.state in _ARRIVED and not row.charged


def _kind(table: Table, row: Row[Any]) -> Kind:
    return row.kind if table is deliveries else Kind.BROADCAST


async def message_of(connection: AsyncConnection, reference: str, channel: str, address: str) -> Message | None:
    """Return the words of a person's own delivery; of broadcasts, which have few buttons, there are no pages."""
    attempt = _attempt(reference)
    if attempt is None or not isinstance(attempt[0], int):
        return None
    d = deliveries.c
    went = (d.id == attempt[0], d.via_channel == channel, d.via_address == address)
    rows: Sequence[Any] = (await connection.execute(select(d.id, d.message, d.shared_message).where(*went))).all()
    words = await read_words(connection, rows)
    return words[0] if words else None


def counted(charges: Sequence[Charged]) -> Counter[tuple[Kind, str, bool]]:
    """Count charges by kind, category and whether they are billable."""
    return Counter((each.kind, each.pricing.category, each.pricing.billable) for each in charges)
