"""The broadcasts: ordered, moved from state to state, planned a stretch at a time, counted.

A change of state names the states it may come from, in the statement itself: of two operators who press at
once, one changes something and the other is told so.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue import audiences
from bot.store.delivery_queue.broadcast_deliveries import BroadcastDeliveries, Result
from bot.store.delivery_queue.broadcast_planning import plan
from bot.store.delivery_queue.states import State
from bot.store.engine.upserts import insert_into
from bot.store.repositories.broadcast_rows import WORDLESS, broadcast_from, draft_to, words_to
from bot.store.repositories.repository import Repository
from bot.store.schema.broadcasting import amendments
from bot.store.schema.staff import broadcasts, handing_out
from bot.store.schema.traffic import deliveries
from programme.model.amendments import DELETABLE, AmendmentState
from programme.model.broadcasts import (
    Audience,
    Broadcast,
    BroadcastState,
    Draft,
    Exclusions,
    Progress,
)
from programme.model.messages import Message
from programme.model.whatsapp_outlook import OverWhatsApp

_b = broadcasts.c


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a broadcast ended in which state, up to the participant `upto`; it was `since` before."""

    number: int
    since: int
    upto: int
    counts: Mapping[str, int]


class Broadcasts(Repository):
    """Repository of broadcasts."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        super().__init__(connection, now)
        self.deliveries = BroadcastDeliveries(connection, now)

    async def count(self, audience: Audience) -> tuple[int, Exclusions]:
        """Count who is meant, and who is left out for which reason. Takes a second a million: only for reading."""
        return await audiences.count(self._connection, audience)

    async def over_whatsapp(self, audience: Audience) -> OverWhatsApp:
        """Count who of those meant would get it over WhatsApp, and who of them is outside of their window."""
        return await audiences.over_whatsapp(self._connection, audience, self.now)

    async def example(self, audience: Audience) -> int | None:
        """Return a participant who is meant; None where nobody is."""
        return await audiences.example(self._connection, audience)

    async def sample(self, audience: Audience, most: int) -> list[int]:
        """Return up to `most` participants who are meant, from all over them. Only for reading."""
        return await audiences.sample(self._connection, audience, most)

    async def add(
        self,
        draft: Draft,
        *,
        author: str,
        origin: str,
        state: BroadcastState,
        expected: int,
        exclusions: Exclusions,
        over_whatsapp: OverWhatsApp | None = None,
    ) -> int | None:
        """Keep a broadcast; None where the same is under way, or this `origin` ordered one before."""
        content = draft_to(draft, self.now)
        added = await self._connection.execute(
            insert_into(self._connection, broadcasts)
            .values(
                **content,
                state=state,
                twin=content["digest"],
                origin=origin,
                author=author,
                created_at=self.now,
                starts_at=draft.starts_at or self.now,
                not_after=draft.not_after,
                expected=expected,
                exclusions={name: count for name, count in asdict(exclusions).items() if count},
                over_whatsapp=over_whatsapp and over_whatsapp.people,
                outside_window=over_whatsapp and over_whatsapp.outside,
                planned_to=0,
                planned_all=False,
                planned=0,
                tally={},
                tallied_to=0,
                told=0,
            )
            .on_conflict_do_nothing()
            .returning(_b.id)
        )
        number: int | None = added.scalar_one_or_none()
        if number is not None:
            await self._connection.execute(insert(handing_out).values(broadcast=number, handed_to=0))
        return number

    async def same_as(self, draft: Draft) -> Broadcast | None:
        """Return the latest equal broadcast that is under way."""
        equal = (_b.digest == draft_to(draft, self.now)["digest"]) & _b.twin.is_not(None)
        return await self._one(select(broadcasts).where(equal).order_by(_b.id.desc()), broadcast_from)

    async def in_hand(self, fingerprint: str) -> bool:
        """Tell whether a worker still holds these words for somebody, from a broadcast that has ended."""
        ended = _b.state.in_([state for state in BroadcastState if state.is_final])
        same = select(_b.id).where(_b.fingerprint == fingerprint, ended)
        return await self.deliveries.any_held((await self._connection.execute(same)).scalars().all())

    async def was_said(self, fingerprint: str) -> bool:
        """Tell whether any broadcast said these words."""
        same = select(_b.id).where(_b.fingerprint == fingerprint).limit(1)
        return (await self._connection.execute(same)).first() is not None

    async def get(self, number: int) -> Broadcast | None:
        """Return one broadcast, or None."""
        return await self._one(select(broadcasts).where(_b.id == number), broadcast_from)

    async def recent(self, limit: int = 10, before: int | None = None) -> list[Broadcast]:
        """Return the latest broadcasts, newest first; with `before`, those ordered before that one."""
        latest = select(broadcasts).order_by(_b.id.desc()).limit(limit)
        return await self._all(latest if before is None else latest.where(_b.id < before), broadcast_from)

    async def active(self, since: datetime) -> list[Broadcast]:
        """Return the broadcasts that are under way, or were until `since`, oldest first, without their words."""
        at_work = _b.twin.is_not(None) | (_b.finished_at > since)
        return await self._all(select(*WORDLESS).where(at_work).order_by(_b.id), broadcast_from)

    async def version(self) -> tuple[object, ...]:
        """Return something that differs as soon as anything changed that is shown of broadcasts; for reading alone.

        As long as one goes out, each moment is another one.
        """
        states = select(_b.state, func.count()).group_by(_b.state).order_by(_b.state)
        counted = [tuple(row) for row in await self._connection.execute(states)]
        newest = (await self._connection.execute(select(func.max(_b.id), func.max(_b.finished_at)))).one()
        lately = select(amendments.c.id).where(amendments.c.created_at > self.now - DELETABLE)
        open_ones = select(deliveries.c.id).where(
            deliveries.c.amendment.in_(lately), deliveries.c.state.in_([State.PENDING.value, State.LEASED.value])
        )
        amended = select(amendments.c.state, func.count()).group_by(amendments.c.state).order_by(amendments.c.state)
        counted += [tuple(row) for row in await self._connection.execute(amended)]
        moves = any(state in {BroadcastState.RUNNING, AmendmentState.COLLECTING} for state, _count in counted)
        moves = moves or (await self._connection.execute(open_ones.limit(1))).first() is not None
        return (*counted, *newest, self.now if moves else None)

    async def next_start(self) -> datetime | None:
        """Return when the next scheduled broadcast begins."""
        scheduled = select(func.min(_b.starts_at)).where(_b.state == BroadcastState.SCHEDULED)
        moment: datetime | None = (await self._connection.execute(scheduled)).scalar()
        return moment

    async def move(
        self,
        number: int,
        to: BroadcastState,
        *,
        since: Collection[BroadcastState],
        by_other_than: str | None = None,
        **values: Any,
    ) -> bool:
        """Change the state where it is still one of `since`; tell whether that was so.

        `by_other_than` refuses where that person is the author. `values` are columns to set as well.
        """
        this = update(broadcasts).where(_b.id == number, _b.state.in_(since))
        if by_other_than is not None:
            this = this.where(_b.author != by_other_than)
        if to.is_final:
            values["twin"] = None
        else:
            values["twin"] = func.coalesce(_b.twin, f"again/{number}")
        moved = await self._connection.execute(this.values(state=to, **values))
        return moved.rowcount == 1

    async def reword(self, number: int, messages: Mapping[str, Message]) -> None:
        """Have it say something else from now on. Whom the former words reached keeps counting as having them."""
        words = words_to(messages)
        digest = hashlib.sha256(orjson.dumps([number, words])).hexdigest()
        await self._connection.execute(update(broadcasts).where(_b.id == number).values(words=words, digest=digest))

    async def plan(self, number: int, most: int | None = None) -> int | None:
        """Put the next stretch of people into the outbox: `most` of the waves, or all of them in one statement.

        Return how many rows that made; None where nothing is left to plan, or the broadcast is not running.
        Two planners never plan the same stretch, and a stretch is planned wholly or not at all.
        """
        return await plan(self._connection, number, most)

    async def is_planned(self, number: int) -> bool:
        """Tell whether everybody meant has had their row."""
        planned: bool | None = (await self._connection.execute(select(_b.planned_all).where(_b.id == number))).scalar()
        return bool(planned)

    async def progress(self, number: int) -> Progress:
        """Count how many messages stand where. What was tallied is not counted again."""
        row = (await self._connection.execute(select(*WORDLESS).where(_b.id == number))).one()
        counted = dict(row.tally)
        for state, count in (await self.deliveries.count(number, row.tallied_to, row.planned_to)).items():
            counted[state] = counted.get(state, 0) + count
        if row.state is BroadcastState.CANCELLED:  # closed or not yet: the rounds do that, a few at a time
            counted["cancelled"] = counted.get("cancelled", 0) + counted.pop("pending", 0)
        waiting = counted.pop("pending", 0) + counted.pop("leased", 0)
        return Progress(planned=row.planned, waiting=waiting, **counted)

    async def told_why(self, number: int) -> Progress:
        """Count the same, with the reasons of what did not arrive, and how far the rest came; only for reading."""
        upto, over_whatsapp = (
            await self._connection.execute(select(_b.planned_to, _b.over_whatsapp).where(_b.id == number))
        ).one()
        why = await self.deliveries.reasons(number, upto)
        receipts = await self.deliveries.receipts(number, upto, "whatsapp") if over_whatsapp else {}
        return replace(await self.progress(number), reasons=tuple(why), receipts=receipts)

    async def untallied(self, number: int) -> Tally | None:
        """Count the rows that became final since the last tally; None where there are none."""
        row = (await self._connection.execute(select(*WORDLESS).where(_b.id == number))).one()
        first_open = await self.deliveries.first_open(number)
        upto = row.planned_to if first_open is None else first_open - 1
        if upto <= row.tallied_to:
            return None
        counts = dict(row.tally)
        for state, count in (await self.deliveries.count(number, row.tallied_to, upto)).items():
            counts[state] = counts.get(state, 0) + count
        return Tally(number, row.tallied_to, upto, counts)

    async def tally(self, tally: Tally) -> None:
        """Write the counts down, so that progress need not look at those rows again; once, whoever comes first."""
        this = (_b.id == tally.number) & (_b.tallied_to == tally.since) & (_b.state == BroadcastState.RUNNING)
        await self._connection.execute(
            update(broadcasts).where(this).values(tally=dict(tally.counts), tallied_to=tally.upto)
        )

    async def retry(self, number: int) -> int:
        """Open again what failed or found nobody; what was sent, or may have been, stays as it is."""
        await self._connection.execute(update(broadcasts).where(_b.id == number).values(tally={}, tallied_to=0))
        return await self.deliveries.reopen(number, await self._planned_to(number))

    async def results(self, number: int) -> AsyncIterator[Result]:
        """Go through what became of each person's message, in the order in which they were planned."""
        async for result in self.deliveries.results(number, await self._planned_to(number)):
            yield result

    async def _planned_to(self, number: int) -> int:
        planned_to: int = (await self._connection.execute(select(_b.planned_to).where(_b.id == number))).scalar_one()
        return planned_to

    async def note_told(self, number: int, told: int) -> bool:
        """Take the turn to tell the author how far it is; False where another worker has it."""
        turn = update(broadcasts).where(_b.id == number, _b.told == told - 1).values(told=told, told_at=self.now)
        return (await self._connection.execute(turn)).rowcount == 1

    async def told(self, number: int) -> tuple[int, datetime | None]:
        """Return how many times the author was told how far it is, and when last."""
        row = (await self._connection.execute(select(_b.told, _b.told_at).where(_b.id == number))).one()
        return row.told, row.told_at
