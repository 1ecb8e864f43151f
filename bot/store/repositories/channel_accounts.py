"""What is known of our accounts with channels: their limits, whom we approached lately, what they charge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import BigInteger, Table, Text, bindparam, func, select, text
from sqlalchemy.dialects.sqlite import Insert

from bot.store.engine.bulk import Types, bound, given
from bot.store.engine.upserts import insert_on, insert_or_change
from bot.store.repositories.repository import Repository
from bot.store.schema.people import participants
from bot.store.schema.traffic import (
    UNARRIVED,
    approached,
    broadcast_deliveries,
    channel_facts,
    charges,
    deliveries,
    templates,
)
from programme.model.messages import Kind
from programme.model.zones import Zone

A_DAY = timedelta(hours=24)
_WORTH_KNOWING = timedelta(hours=6)  # what was taken before that and never told of belongs to phones that are off


class Fact(NamedTuple):
    """What a channel told, and when, in UTC."""

    value: str
    at: datetime


class Charge(NamedTuple):
    """So many messages of one kind and category arrived on a day of WIB."""

    day: date
    kind: Kind
    category: str
    billable: bool
    messages: int


class Untold(NamedTuple):
    """So much was taken and not told of, the oldest at `since`; `told_at` is when a receipt came last. Both in UTC."""

    waiting: int
    since: datetime | None
    told_at: datetime | None


class TemplateRow(NamedTuple):
    """How a text stands with WhatsApp; moments in UTC."""

    name: str
    language: str
    state: str
    quality: str | None
    used_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """How an account stands: what its channel told, what it took and told nothing of, whom we approached today."""

    facts: Mapping[str, Fact]
    untold: Untold
    approached: int


_PERSON: Types = (("person", BigInteger()),)


@cache
def _approach(dialect: str) -> Insert:
    """Note many people in one statement; who was forgotten meanwhile is left out."""
    a, which = approached.c, given(dialect, _PERSON).c
    moment = bindparam("moment", type_=a.at.type)
    known = select(participants.c.id, bindparam("via", type_=Text), moment).where(participants.c.id == which.person)
    put = insert_on(dialect, approached).from_select([a.participant, a.channel, a.at], known)
    return put.on_conflict_do_update(index_elements=[a.participant, a.channel], set_={"at": put.excluded.at})


@cache
def _add_up(dialect: str) -> Insert:
    """Add a row's count to the one that is there."""
    adding = insert_on(dialect, charges)
    more = {"count": charges.c["count"] + adding.excluded["count"]}
    return adding.on_conflict_do_update(index_elements=list(charges.primary_key.columns), set_=more)


class ChannelAccounts(Repository):
    """Repository of what channels tell of our accounts."""

    async def facts(self, channel: str) -> dict[str, Fact]:
        """Return everything that is known of the account, by its name."""
        rows = await self._connection.execute(select(channel_facts).where(channel_facts.c.channel == channel))
        return {row.name: Fact(row.value, row.at) for row in rows}

    async def standing(self, channel: str, grace: timedelta) -> AccountStanding | None:
        """Return how the account stands; None, after one look, where the channel never told anything."""
        facts = await self.facts(channel)
        if not facts:
            return None
        untold = await self.untold(channel, grace, facts)
        return AccountStanding(facts, untold, await self.approached_lately(channel))

    async def learn(self, channel: str, facts: Mapping[str, str], at: datetime | None = None) -> None:
        """Note facts as of `at`, in place of older ones."""
        put = insert_or_change(self._connection.dialect.name, channel_facts)
        for name, value in sorted(facts.items()):
            row = {"channel": channel, "name": name, "value": value, "at": at or self.now}
            await self._connection.execute(put, row)

    async def count_up(self, channel: str, counts: Mapping[str, int]) -> None:
        """Add to counts that are kept as facts, such as of what could not be read."""
        known = await self.facts(channel)
        more = {name: str(int(known[name].value if name in known else 0) + add) for name, add in counts.items()}
        await self.learn(channel, more)

    async def templates(self) -> list[TemplateRow]:
        """Return how the texts stand that WhatsApp approves, by name and language."""
        t = templates.c
        chosen = select(t.name, t.language, t.state, t.quality, t.used_at, t.stopped_at).order_by(t.name, t.language)
        return [TemplateRow(*row) for row in await self._connection.execute(chosen)]

    async def approach(self, channel: str, people: Sequence[int]) -> None:
        """Note whom we wrote to although they had not written within a day."""
        values = bound(self._connection, _PERSON, [(each,) for each in sorted(set(people))])
        put = _approach(self._connection.dialect.name)
        await self._connection.execute(put, {"via": channel, "moment": self.now, **values})

    async def approached_lately(self, channel: str) -> int:
        """Count the people approached in the last 24 hours."""
        a = approached.c
        lately = select(func.count()).where(a.channel == channel, a.at > self.now - A_DAY)
        return int((await self._connection.execute(lately)).scalar_one())

    async def was_approached(self, channel: str, person: int) -> bool:
        """Tell whether the person was approached in the last 24 hours."""
        a = approached.c
        lately = select(a.at).where(a.channel == channel, a.participant == person, a.at > self.now - A_DAY)
        return (await self._connection.execute(lately)).scalar() is not None

    async def next_free(self, channel: str, most: int) -> datetime | None:
        """Return when fewer than `most` people will have been approached within 24 hours; None where that is now."""
        a = approached.c
        latest = select(a.at).where(a.channel == channel, a.at > self.now - A_DAY).order_by(a.at.desc())
        nth: datetime | None = (await self._connection.execute(latest.offset(most - 1).limit(1))).scalar()
        return None if nth is None else nth + A_DAY

    async def charge(self, channel: str, counts: Mapping[tuple[Kind, str, bool], int]) -> None:
        """Add messages that are charged for to the day's."""
        day = self.now.astimezone(Zone.WIB.tz).date()
        for (kind, category, billable), count in sorted(counts.items()):
            key = {"day": day, "channel": channel, "kind": kind.value, "category": category, "billable": billable}
            await self._connection.execute(_add_up(self._connection.dialect.name), {**key, "count": count})

    async def charges(self, channel: str, since: date) -> list[Charge]:
        """Return what was charged from a day on, by day."""
        c = charges.c
        chosen = select(c.day, c.kind, c.category, c.billable, c["count"]).where(c.channel == channel, c.day >= since)
        rows = await self._connection.execute(chosen.order_by(c.day, c.kind, c.category))
        return [Charge(row[0], Kind(row[1]), row[2], row[3], row[4]) for row in rows]

    async def untold(self, channel: str, grace: timedelta, facts: Mapping[str, Fact] | None = None) -> Untold:
        """Count what was taken more than `grace` ago, after the last receipt came, and has none itself.

        `facts` are what is known of the account, where that was looked up already.
        """
        facts = await self.facts(channel) if facts is None else facts
        told_at = facts["receipt_at"].at if "receipt_at" in facts else None
        begin = self.now - _WORTH_KNOWING
        since = begin if told_at is None else max(begin, told_at)
        own = await self._untold(deliveries, channel, since, self.now - grace)
        many = await self._untold(broadcast_deliveries, channel, since, self.now - grace)
        oldest = [first for _count, first in (own, many) if first is not None]
        return Untold(own[0] + many[0], min(oldest, default=None), told_at)

    async def _untold(
        self, table: Table, channel: str, since: datetime, until: datetime
    ) -> tuple[int, datetime | None]:
        d = table.c
        chosen = select(func.count(), func.min(d.closed_at)).where(text(UNARRIVED), d.receipt.is_(None))
        chosen = chosen.where(d.via_channel == channel)
        row = (await self._connection.execute(chosen.where(d.closed_at > since, d.closed_at <= until))).one()
        return row[0], row[1]
