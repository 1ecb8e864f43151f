"""What is owed to people: put in once, claimed under a lease, settled with what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, or_, select, update

from bot.store.delivery_queue.broadcast_claiming import claim_broadcasts
from bot.store.delivery_queue.broadcast_deliveries import prune_broadcasts
from bot.store.delivery_queue.claiming import ClaimRequest, claim, claim_these, try_again
from bot.store.delivery_queue.delivery_log import log
from bot.store.delivery_queue.overtaking import overtake
from bot.store.delivery_queue.receipts import Applied, Told, apply_receipts, message_of
from bot.store.delivery_queue.recheck import still_wanted
from bot.store.delivery_queue.releasing import is_asked, release
from bot.store.delivery_queue.settling import settle
from bot.store.delivery_queue.states import LogEntry, State, row_from
from bot.store.delivery_queue.words import drop_words, read_words, spare_words, write_words
from bot.store.engine.upserts import execute_rows, insert_into, put_new
from bot.store.repositories.broadcast_rows import BroadcastWords
from bot.store.repositories.repository import Repository
from bot.store.schema.staff import broadcasts, handing_out
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.broadcasts import BroadcastState
from programme.model.deliveries import Claimed, Delivery, DeliveryId, Settlement
from programme.model.messages import Kind, Message

_A_DAY = timedelta(days=1)
"""How long what was said gives the next words their meaning."""

_d, _b, _h = deliveries.c, broadcasts.c, handing_out.c
_SINCE = bindparam("since", type_=_b.starts_at.type)
_NOW = bindparam("now", type_=_b.starts_at.type)
_CANCEL = (
    update(deliveries)
    .where(_d.open_at.is_not(None), _d.state == State.PENDING.value)
    .values(state=State.CANCELLED.value, open_at=None, closed_at=_d.open_at)  # no longer than until then
)
_WORDS = ("message", "shared_message", "address", "via_address")
_WORDED = (  # as the index `ix_deliveries_worded` has it
    select(_d.id)
    .where(_d.closed_at < bindparam("before", type_=_d.closed_at.type))
    .where(or_(*[_d[name].is_not(None) for name in _WORDS]))
    .order_by(_d.closed_at)
    .limit(bindparam("few", type_=Integer))
)
_WITHDRAW = _CANCEL.where(
    _d.participant == bindparam("person"),
    _d.kind == Kind.REMINDER,
    _d.source.not_in(bindparam("keeping", expanding=True)),
)
_LATEST: Select[Any] = (
    select(
        *(_d.id, _d.source, _d.kind, _d.message, _d.shared_message, _d.closed_at),
        select(func.max(_b.id)).where(_b.starts_at.between(_SINCE, _NOW)).label("broadcast"),
    )
    .where(
        _d.participant == bindparam("person"),
        or_(_d.kind == Kind.REPLY, _d.kind == Kind.REMINDER),  # a list would be put into the statement each time
        or_(_d.state == State.SENT.value, _d.state == State.LEASED.value),
    )
    .order_by(_d.id.desc())
    .limit(1)
)
_BROADCAST_TO: Select[Any] = (
    select(_b.id, _b.digest, broadcast_deliveries.c.closed_at)
    .join(broadcast_deliveries, broadcast_deliveries.c.broadcast == _b.id)
    .where(
        _b.starts_at > _SINCE,
        broadcast_deliveries.c.participant == bindparam("person"),
        broadcast_deliveries.c.state == State.SENT.value,
    )
    .order_by(_b.id.desc())
    .limit(1)
)
_REVIVE = (
    update(deliveries)
    .where(
        _d.participant == bindparam("person"),
        _d.source == bindparam("from"),
        _d.state == State.CANCELLED.value,
        _d.not_after > bindparam("now", type_=_d.not_after.type),
    )
    .values(state=State.PENDING.value, open_at=_d.due_at, closed_at=None)
)


def _next_due() -> Select[Any]:
    """Ask when the first of each kind falls due, the first that was tried of broadcasts, and what is ahead."""
    first = select(func.min(_d.open_at)).where(_d.open_at.is_not(None))
    own = [first.where(_d.kind == kind) for kind in Kind]
    again = broadcast_deliveries.c.open_at
    tried = select(func.min(again)).where(again.is_not(None))
    ahead = (
        select(func.min(_b.starts_at))
        .join(handing_out, _h.broadcast == _b.id)
        .where(_b.state == BroadcastState.RUNNING, _h.handed_to < _b.planned_to)
    )
    return select(*(each.scalar_subquery() for each in (*own, tried, ahead)))


_NEXT_DUE = _next_due()


class Latest(NamedTuple):
    """What a person was sent last, and when, in UTC; reminders are kept without their words."""

    source: str
    kind: Kind
    message: Message | None
    sent_at: datetime | None
    """None while it is on its way."""


class Outbox(Repository):
    """Repository of deliveries. `closed` counts, by channel, kind and state, what the last claim did not want."""

    closed: Mapping[tuple[str, Kind, str], int] = MappingProxyType({})

    async def put(self, owed: Sequence[Delivery]) -> None:
        """Owe these; one that is there already by source and participant stays as it is."""
        if owed:
            insert = insert_into(self._connection, deliveries).on_conflict_do_nothing()
            await execute_rows(self._connection, insert, await self._rows(owed))

    async def put_amending(self, owed: Sequence[Delivery], amendment: int) -> None:
        """Owe what takes the place of messages that went out, counted by its amendment; what is owed stays as it is."""
        if owed:
            insert = insert_into(self._connection, deliveries).on_conflict_do_nothing()
            rows = [row | {"amendment": amendment} for row in await self._rows(owed)]
            await execute_rows(self._connection, insert, rows)

    async def put_claimed(self, owed: Sequence[Delivery], *, lease: timedelta) -> list[Claimed]:
        """Owe these and hold them at once, to be sent right after the commit, in the order given.

        Left out are those that were there already, and those for people whom nothing can reach.
        """
        if not owed:
            return []
        insert = insert_into(self._connection, deliveries).on_conflict_do_nothing().returning(_d.id)
        placed = await self._connection.execute(insert, await self._rows(owed))
        ids = placed.scalars().all()
        claimed = await claim_these(self._connection, ids, self.now, lease=lease)
        order = {(delivery.participant, delivery.source): place for place, delivery in enumerate(owed)}
        return sorted(claimed, key=lambda held: order[held.delivery.participant, held.delivery.source])

    async def put_held(self, replies: Sequence[Delivery], *, lease: timedelta, language: str = "id") -> list[Claimed]:
        """Owe replies and hold them at once. They go where the person wrote from just now: nothing is asked.

        Left out are those that were there already. `language` is the person's.
        """
        held = []
        for reply, columns in zip(replies, await self._rows(replies), strict=True):
            leased = {"state": State.LEASED.value, "attempt": 1, "open_at": self.now + lease}
            row = columns | leased | {"via_channel": reply.channel, "via_address": reply.address}
            given = {name: value for name, value in row.items() if value is not None}
            placed = await self._connection.execute(put_new(self._connection.dialect.name, deliveries), given)
            number = placed.scalar_one_or_none()
            if number is not None and reply.channel is not None and reply.address is not None:
                held.append(
                    Claimed(
                        id=number,
                        attempt=1,
                        delivery=reply,
                        channel=reply.channel,
                        address=reply.address,
                        language=language,
                    )
                )
        return held

    async def claim(
        self,
        *,
        limit: int,
        lease: timedelta,
        kinds: Sequence[Kind] | None = None,
        frozen: Mapping[str, datetime] | None = None,
    ) -> list[Claimed]:
        """Take up to `limit` deliveries that are due and still wanted, the most urgent kind first.

        What is no longer wanted is closed on the way; what a `frozen` channel would carry waits for the moment
        given there. An empty list means that nothing is due.
        """
        *own, tried, ahead = (await self._connection.execute(_NEXT_DUE)).one()
        wanted = Kind if kinds is None else kinds
        due = [kind for kind, at in zip(Kind, own, strict=True) if at and at <= self.now and kind in wanted]
        broadcast = Kind.BROADCAST in wanted and (ahead or (tried and tried <= self.now))
        turn = ClaimRequest(self.now, lease, frozen or {})
        claimed = await claim(self._connection, turn, limit=limit, kinds=due) if due else []
        if broadcast and len(claimed) < limit:
            claimed += await claim_broadcasts(self._connection, turn, limit=limit - len(claimed))
        self.closed = turn.closed
        return claimed

    async def try_again(self, delivery: DeliveryId) -> None:
        """Have a delivery that was set aside, because it could not be read, taken again from `now` on.

        What can't be read of a broadcast is the broadcast itself, which waits as a whole.
        """
        if isinstance(delivery, int):
            await try_again(self._connection, delivery, self.now)

    async def still_wanted(self, ids: Sequence[DeliveryId]) -> set[DeliveryId]:
        """Return which of these claimed deliveries are wanted as before; of the others a claim makes an end."""
        return await still_wanted(self._connection, ids, self.now)

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        """Note what became of claimed deliveries; a claim that was taken over counts no more."""
        await settle(self._connection, settlements)

    async def receive(self, told: Sequence[Told]) -> Applied:
        """Note what a channel told later of what it took."""
        return await apply_receipts(self._connection, told)

    async def release(self, participant: int, channel: str, *, lease: timedelta) -> list[Claimed]:
        """Hold what waited for the person to write, who did so on `channel`, to be sent at once, oldest first.

        Left where it is: what is for another channel alone.
        """
        return await release(self._connection, participant, channel, self.now, lease=lease)

    async def is_asked(self, participant: int, since: datetime) -> bool:
        """Tell whether the person was asked after `since` to write, for an answer that still waits for that."""
        return await is_asked(self._connection, participant, since)

    async def message_to(self, reference: str, channel: str, address: str) -> Message | None:
        """Return the message of the attempt that is named so, where it went to this address and is kept."""
        return await message_of(self._connection, reference, channel, address)

    async def overtake(self) -> int:
        """Have reminders that did not arrive in hours go by the person's other channel; return how many."""
        return await overtake(self._connection, self.now)

    async def next_due(self) -> datetime | None:
        """Return when the next delivery falls due, or the next lease runs out."""
        row = (await self._connection.execute(_NEXT_DUE)).one()
        return min((moment for moment in row if moment is not None), default=None)

    async def withdraw(self, participant: int, keeping: Sequence[str]) -> None:
        """Cancel the person's pending reminders whose source is not in `keeping`."""
        await self._connection.execute(_WITHDRAW, {"person": participant, "keeping": list(keeping)})

    async def revive(self, participant: int, source: str) -> None:
        """Owe a reminder again that was cancelled, if it is still of use."""
        await self._connection.execute(_REVIVE, {"person": participant, "from": source, "now": self.now})

    async def latest_to(self, participant: int, language: str) -> Latest | None:
        """Return what the person was sent last, as long as it is kept; of broadcasts, those of the last day."""
        of_the_day = {"person": participant, "since": self.now - _A_DAY, "now": self.now}
        rows = (await self._connection.execute(_LATEST, of_the_day)).all()
        words = await read_words(self._connection, rows)
        found = zip(rows, words, strict=True)
        latest = next((Latest(row.source, row.kind, message, row.closed_at) for row, message in found), None)
        if not rows or rows[0].broadcast is None or latest is None or latest.sent_at is None:
            return latest
        sent = (await self._connection.execute(_BROADCAST_TO, of_the_day)).one_or_none()
        if sent is None or sent.closed_at < latest.sent_at:
            return latest
        message = (await BroadcastWords.of(self._connection, sent.id, sent.digest)).to(language)
        return Latest(f"broadcast/{sent.id}", Kind.BROADCAST, message, sent.closed_at)

    async def log(self, limit: int, participant: int | None = None) -> list[LogEntry]:
        """Return deliveries as they stand, newest first."""
        return await log(self._connection, limit, participant)

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the words and places of the next `few` that were closed before `before`; return how many.

        That each was sent stays known.
        """
        old = (await self._connection.execute(_WORDED, {"before": before, "few": few})).scalars().all()
        if old:
            await self._connection.execute(update(deliveries).where(_d.id.in_(old)).values(dict.fromkeys(_WORDS)))
        return len(old) + (await prune_broadcasts(self._connection, before, few - len(old)) if len(old) < few else 0)

    async def spare_words(self, few: int) -> Sequence[bytes]:
        """Find up to `few` words kept for many that no delivery needs any more; to be asked while reading."""
        return await spare_words(self._connection, few)

    async def drop_words(self, digests: Sequence[bytes]) -> int:
        """Drop these words, unless somebody is owed them by now; return how many."""
        return await drop_words(self._connection, digests)

    async def _rows(self, owed: Sequence[Delivery]) -> list[dict[str, Any]]:
        words = await write_words(self._connection, owed)
        return [row_from(delivery) | columns for delivery, columns in zip(owed, words, strict=True)]
