"""The amendments: what is done to messages of a broadcast that went out, collected a stretch at a time, and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, exists, func, select, update

from bot.store.delivery_queue.outbox import Outbox
from bot.store.delivery_queue.states import State
from bot.store.engine.upserts import insert_into
from bot.store.repositories.broadcast_rows import words_to
from bot.store.repositories.repository import Repository
from bot.store.schema.broadcasting import amendments
from bot.store.schema.codec import message_from_json
from bot.store.schema.people import participants
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.amendments import DELETABLE, Amendment, AmendmentKind, AmendmentProgress, AmendmentState
from programme.model.deliveries import Delivery
from programme.model.messages import Kind, Message
from programme.model.windows import WINDOWS

UNCHANGEABLE: Final = (*WINDOWS, "terminal")
"""The channels on which nothing that was sent can be changed."""

STILL_COMING: Final = timedelta(minutes=3)
"""For so long after an amendment began a worker may still have had the former words in hand: longer than its lease."""

_a, _d, _o, _p = amendments.c, broadcast_deliveries.c, deliveries.c, participants.c


class Amendments(Repository):
    """Repository of amendments."""

    async def add(
        self,
        broadcast: int,
        kind: AmendmentKind,
        *,
        author: str,
        origin: str,
        begins: bool,
        messages: Mapping[str, Message],
        former: Mapping[str, Message],
    ) -> int | None:
        """Keep an amendment; None where one of its kind is under way, or this `origin` ordered one before."""
        adding = insert_into(self._connection, amendments).values(
            broadcast=broadcast,
            kind=kind,
            state=AmendmentState.COLLECTING if begins else AmendmentState.WAITING_APPROVAL,
            words=words_to(messages),
            former=words_to(former),
            author=author,
            origin=origin,
            twin=f"{broadcast}/{kind.value}",
            created_at=self.now,
            begun_at=self.now if begins else None,
            planned_to=0,
        )
        added = await self._connection.execute(adding.on_conflict_do_nothing().returning(_a.id))
        number: int | None = added.scalar_one_or_none()
        return number

    async def get(self, number: int) -> Amendment | None:
        """Return one of them, or None."""
        return await self._one(select(amendments).where(_a.id == number), _amendment)

    async def of(self, broadcast: int) -> list[Amendment]:
        """Return those of a broadcast, oldest first."""
        return await self._all(select(amendments).where(_a.broadcast == broadcast).order_by(_a.id), _amendment)

    async def collecting(self) -> list[Amendment]:
        """Return those that still look for whom they concern, oldest first."""
        under_way = select(amendments).where(_a.twin.is_not(None), _a.state == AmendmentState.COLLECTING)
        return await self._all(under_way.order_by(_a.id), _amendment)

    async def correcting(self) -> list[Amendment]:
        """Return the corrections that are on their way into chats, oldest first."""
        waits = exists().where(_o.amendment == _a.id, _o.state == State.PENDING.value)
        lately = (_a.state == AmendmentState.COLLECTED) & (_a.finished_at > self.now - DELETABLE) & waits
        chosen = (_a.kind == AmendmentKind.EDIT) & ((_a.state == AmendmentState.COLLECTING) | lately)
        return await self._all(select(amendments).where(chosen).order_by(_a.id), _amendment)

    async def move(
        self,
        number: int,
        to: AmendmentState,
        *,
        since: Collection[AmendmentState],
        by_other_than: str | None = None,
        **values: Any,
    ) -> bool:
        """Change the state where it is still one of `since`; tell whether that was so."""
        this = update(amendments).where(_a.id == number, _a.state.in_(since))
        if by_other_than is not None:
            this = this.where(_a.author != by_other_than)
        if to in {AmendmentState.COLLECTED, AmendmentState.STOPPED}:
            values |= {"twin": None, "finished_at": self.now}
        return (await self._connection.execute(this.values(state=to, **values))).rowcount == 1

    async def collect(self, amendment: Amendment, most: int) -> int:
        """Owe the next stretch of those who got it what it takes; return how many people were looked at.

        At the end it looks once more at whom a worker had in hand meanwhile, then it is collected. A stretch is taken
        wholly or not at all, and nobody is owed the same twice.
        """
        row = (await self._connection.execute(select(_a.planned_to).where(_a.id == amendment.id))).one()
        found = await self._sent(amendment.broadcast, row.planned_to, most)
        upto = found[-1].participant if found else row.planned_to
        taken = update(amendments).where(
            _a.id == amendment.id, _a.state == AmendmentState.COLLECTING, _a.planned_to == row.planned_to
        )
        if (await self._connection.execute(taken.values(planned_to=upto))).rowcount == 0:
            return 0
        await Outbox(self._connection, self.now).put_amending(list(self._owed(amendment, found)), amendment.id)
        if len(found) < most:
            await self._end_of_the_row(amendment)
        return len(found)

    async def _sent(self, broadcast: int, after: int, most: int) -> list[Any]:
        here = (_d.broadcast == broadcast) & (_d.participant > after) & (_d.state == State.SENT.value)
        columns = (_d.participant, _d.provider_id, _d.via_channel, _d.via_address, _d.closed_at, _p.language)
        people = select(*columns).join(participants, _p.id == _d.participant)
        rows = await self._connection.execute(people.where(here).order_by(_d.participant).limit(most))
        return list(rows)

    def _owed(self, amendment: Amendment, rows: Sequence[Any]) -> Iterator[Delivery]:
        taken_back = Message("", takes_back=True)
        for row in rows:
            if not self._can(amendment, row):
                continue
            words = amendment.messages.get(row.language, amendment.messages.get("id", taken_back))
            withdraws = amendment.kind is AmendmentKind.WITHDRAW
            yield Delivery(
                participant=row.participant,
                source=amendment.source,
                kind=Kind.BROADCAST,
                due_at=self.now,
                not_after=row.closed_at + DELETABLE if withdraws else None,
                message=taken_back if withdraws else words,
                channel=row.via_channel,
                address=row.via_address,
                edits=row.provider_id,
            )

    def _can(self, amendment: Amendment, row: Row[Any]) -> bool:
        """Whether what somebody got can be changed at all, and has the former words."""
        known = row.provider_id is not None and row.via_address is not None and row.via_channel not in UNCHANGEABLE
        if amendment.kind is AmendmentKind.WITHDRAW:
            return known and row.closed_at > self.now - DELETABLE
        return known and row.closed_at <= (amendment.begun_at or self.now) + STILL_COMING

    async def _end_of_the_row(self, amendment: Amendment) -> None:
        held = select(func.min(_d.participant)).where(_d.broadcast == amendment.broadcast)
        first: int | None = (
            await self._connection.execute(held.where(_d.state == State.LEASED.value, _d.open_at.is_not(None)))
        ).scalar()
        if first is not None and self.now < (amendment.begun_at or self.now) + STILL_COMING:
            this = update(amendments).where(_a.id == amendment.id)
            await self._connection.execute(this.values(planned_to=first - 1))
            return
        await self.move(amendment.id, AmendmentState.COLLECTED, since={AmendmentState.COLLECTING})

    async def stop(self, amendment: Amendment) -> int:
        """Call off what is still owed by it; return how many messages stay as they are."""
        waits = (_o.amendment == amendment.id) & (_o.state == State.PENDING.value)
        closed = {"state": State.CANCELLED.value, "open_at": None, "closed_at": self.now}
        return (await self._connection.execute(update(deliveries).where(waits).values(closed))).rowcount

    async def progress(self, amendment: Amendment, known: AmendmentProgress | None = None) -> AmendmentProgress:
        """Count what was done, and who keeps the former words. Goes through all rows: only for reading.

        Of one that is collected, who can't be reached by it does not change any more, and may be `known` already.
        """
        owed = select(_o.state, func.count().label("many")).where(_o.amendment == amendment.id).group_by(_o.state)
        states = {State(row.state): row.many for row in await self._connection.execute(owed)}
        done = states.pop(State.SENT, 0)
        waiting = sum(states.pop(state, 0) for state in (State.PENDING, State.LEASED))
        failed = sum(states.values())
        if known is not None:
            return replace(known, done=done, waiting=waiting, failed=failed)
        unchangeable = _d.via_channel.in_(UNCHANGEABLE)
        got = select(_d.state, unchangeable.label("stays"), func.count().label("many")).where(
            _d.broadcast == amendment.broadcast, _d.state.in_([State.SENT.value, State.UNKNOWN.value])
        )
        if amendment.kind is AmendmentKind.EDIT and amendment.begun_at is not None:
            got = got.where(_d.closed_at <= amendment.begun_at + STILL_COMING)
        rows = (await self._connection.execute(got.group_by(_d.state, unchangeable))).all()
        sent = {bool(row.stays): row.many for row in rows if row.state == State.SENT}
        unsure = sum(row.many for row in rows if row.state == State.UNKNOWN)
        counted = AmendmentProgress(done=done, waiting=waiting, failed=failed, no_way=sent.get(True, 0), unsure=unsure)
        rest = sent.get(False, 0) - done - waiting - failed
        if amendment.state is AmendmentState.COLLECTED:
            return replace(counted, too_late=max(0, rest))
        return replace(counted, waiting=waiting + max(0, rest))


def _amendment(row: Row[Any]) -> Amendment:
    return Amendment(
        id=row.id,
        broadcast=row.broadcast,
        kind=row.kind,
        state=row.state,
        messages={language: message_from_json(content) for language, content in (row.words or {}).items()},
        author=row.author,
        approver=row.approver,
        created_at=row.created_at,
        begun_at=row.begun_at,
        finished_at=row.finished_at,
    )
