"""Tallies: how many of what, by the hour or the day, counted a stretch at a time so that no question takes long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from bot.store.engine.upserts import change_many, execute_rows, insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.console import tallies
from bot.store.schema.people import addresses, history, participants, progress
from bot.store.schema.programme import roster
from bot.store.schema.traffic import deliveries
from programme.model.milestones import Milestone, Source

STRETCH = 2_000
"""Participants, or rows of the roster, that are counted by one question."""

PORTION = 10_000
"""Rows of an hour that are counted by one question."""

HOUR = timedelta(hours=1)
Place = tuple[datetime, int]
"""How far an hour is counted: the moment and the key of the last row."""

NOWHERE: Place = (datetime.min.replace(tzinfo=UTC), -1)
"""Before the first row."""

_t, _a, _p, _g, _d, _h, _r = tallies.c, addresses.c, participants.c, progress.c, deliveries.c, history.c, roster.c
_PLANS = "reminder/plan"
# As the partial indexes have it, word for word, so that they serve:
_REMINDED: ColumnElement[bool] = literal_column("kind = 2 AND state = 'sent'")
_BOUGHT: ColumnElement[bool] = literal_column("milestone = 'bought' AND undone_at IS NULL")
_NAMED: ColumnElement[bool] = literal_column("event = 'ObstacleNamed'")


@dataclass(frozen=True, slots=True)
class Group:
    """So many people of a wave who are alike: with official data or not, reachable or not, bought or not.

    `listed` says that the programme's own records have the purchase, not the person's word alone.
    """

    wave: int
    official: bool
    reachable: bool
    bought: bool
    listed: bool
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of a part, counted for the hour or the day that began `at` (UTC)."""

    at: datetime
    part: str
    count: int


class Firsts(NamedTuple):
    """When the next of each happened that is counted by the hour; None where nothing did."""

    reminder: datetime | None
    purchase: datetime | None
    obstacle: datetime | None


class Tallies(Repository):
    """Repository of counts. What begins with `count_` looks at the rows themselves, a stretch of them."""

    async def put(self, at: datetime, name: str, counts: Mapping[str, int]) -> None:
        """Keep what was counted for the stretch that began `at`, in place of what was counted of it before."""
        rows = [{"at": at, "name": name, "part": part, "count": count} for part, count in counts.items()]
        await change_many(self._connection, tallies, rows)

    async def add(self, name: str, counts: Mapping[tuple[datetime, str], int]) -> None:
        """Add to the counts of a name: each has the beginning of its hour (UTC) and its part."""
        rows = [{"at": at, "name": name, "part": part, "count": count} for (at, part), count in counts.items()]
        insert = insert_into(self._connection, tallies)
        more = insert.on_conflict_do_update(
            index_elements=[_t.at, _t.name, _t.part], set_={"count": _t.count + insert.excluded["count"]}
        )
        await execute_rows(self._connection, more, rows)

    async def since(self, name: str, since: datetime) -> list[Tally]:
        """Return the counts of a name from then on, oldest first."""
        chosen = (
            select(_t.at, _t.part, _t.count.label("n"))
            .where(_t.name == name, _t.at >= since, _t.at <= self.now)
            .order_by(_t.at, _t.part)
        )
        return [Tally(row.at, row.part, row.n) for row in await self._connection.execute(chosen)]

    async def latest(self, name: str) -> tuple[datetime | None, dict[str, int]]:
        """Return the newest counts of a name, by part, with the moment that they are kept under."""
        newest = select(func.max(_t.at)).where(_t.name == name, _t.at <= self.now).scalar_subquery()
        chosen = select(_t.at, _t.part, _t.count.label("n")).where(_t.name == name, _t.at == newest)
        rows = (await self._connection.execute(chosen)).all()
        return (rows[0].at if rows else None), {row.part: row.n for row in rows}

    async def newest(self, name: str) -> datetime | None:
        """Return the newest stretch for which anything of a name was counted."""
        found: datetime | None = (
            await self._connection.execute(select(func.max(_t.at)).where(_t.name == name))
        ).scalar()
        return found

    async def sums(self, name: str, prefix: str) -> dict[str, int]:
        """Add up all counts up to now of the parts that begin so, by part."""
        begins = (_t.name == name) & _t.part.startswith(prefix, autoescape=True) & (_t.at <= self.now)
        found = await self._connection.execute(
            select(_t.part, func.sum(_t.count).label("n")).where(begins).group_by(_t.part)
        )
        return {row.part: int(row.n) for row in found}

    async def end_of_stretch(self, after: int) -> int | None:
        """Return the last id of the stretch of people that begins after this one; None where nobody is left."""
        stretch = select(_p.id).where(_p.id > after).order_by(_p.id).limit(STRETCH).subquery()
        last: int | None = (await self._connection.execute(select(func.max(stretch.c.id)))).scalar()
        return last

    async def count_people(self, after: int, last: int) -> list[Group]:
        """Count the people of a stretch, those after one id and up to another."""
        reached = (
            select(_a.participant).where(_stretch(_a.participant, after, last), _a.reachable).distinct().subquery()
        )
        official = func.max(case((_g.source == Source.OFFICIAL, 1), else_=0)).label("listed")
        standing = and_(_stretch(_g.participant, after, last), _g.milestone == Milestone.BOUGHT, _g.undone_at.is_(None))
        steps = select(_g.participant, official).where(standing).group_by(_g.participant).subquery()
        columns = (
            _p.wave,
            _p.official,
            reached.c.participant.is_not(None).label("reachable"),
            steps.c.participant.is_not(None).label("bought"),
            (func.coalesce(steps.c.listed, 0) > 0).label("listed"),
        )
        joined = participants.outerjoin(reached, reached.c.participant == _p.id).outerjoin(
            steps, steps.c.participant == _p.id
        )
        alike = (
            select(*columns).select_from(joined).where(_stretch(_p.id, after, last), _p.wave.is_not(None)).subquery()
        )
        found = await self._connection.execute(select(*alike.c, func.count().label("n")).group_by(*alike.c))
        return [
            Group(row.wave, bool(row.official), bool(row.reachable), bool(row.bought), bool(row.listed), row.n)
            for row in found
        ]

    async def count_progress(self, after: int, last: int) -> list[tuple[int, str, int]]:
        """Count the milestones of a stretch: wave, milestone, people."""
        standing = and_(_stretch(_g.participant, after, last), _g.undone_at.is_(None), _stretch(_p.id, after, last))
        found = await self._connection.execute(
            select(_p.wave, _g.milestone, func.count().label("n"))
            .join(participants, _p.id == _g.participant)
            .where(standing, _p.wave.is_not(None))
            .group_by(_p.wave, _g.milestone)
        )
        return [(row.wave, Milestone(row.milestone).value, row.n) for row in found]

    async def count_roster(self, after: str) -> tuple[str | None, list[tuple[int, bool, int]]]:
        """Count the roster's next stretch: its last row, None at the end; wave, whether bought, how many."""
        stretch = select(_r.phone_hash, _r.wave, _r.progress).where(_r.phone_hash > after).order_by(_r.phone_hash)
        part = stretch.limit(STRETCH).subquery()
        bought = case((cast(part.c.progress, String).like('%"bought"%'), 1), else_=0).label("bought")
        grouped = select(part.c.wave, bought, func.count().label("n"), func.max(part.c.phone_hash).label("last"))
        rows = (await self._connection.execute(grouped.group_by(part.c.wave, bought))).all()
        last = max((row.last for row in rows), default=None)
        return last, [(row.wave, bool(row.bought), row.n) for row in rows]

    async def firsts(self, since: datetime) -> Firsts:
        """Return the first moments from then on at which there is anything that is counted by the hour."""
        return Firsts(*(await self._connection.execute(_FIRSTS, {"since": since})).one())

    async def count_reminders(self, hour: datetime, after: Place = NOWHERE) -> tuple[Place | None, dict[str, int]]:
        """Count the next reminders that went out within the hour that begins then, by their source.

        Return the place to go on after, None at the end of the hour; so do the next two.
        """
        return await self._portion(_REMINDERS, _from(hour, after))

    async def count_bought(
        self, hour: datetime, within: timedelta, after: Place = NOWHERE
    ) -> tuple[Place | None, dict[str, int]]:
        """Count the next purchases noted within that hour: `after`, of people reminded shortly before; `other`."""
        return await self._portion(_PURCHASES, _from(hour, after) | {"reminded_since": hour + HOUR - within})

    async def count_obstacles(self, hour: datetime, after: Place = NOWHERE) -> tuple[Place | None, dict[str, int]]:
        """Count the next reasons that people gave within the hour that begins then."""
        rows = (await self._connection.execute(_OBSTACLES, _from(hour, after))).all()
        counted = Counter(str(row.fields.get("obstacle", "other")) for row in rows)
        return ((rows[-1].at, rows[-1].id) if len(rows) == PORTION else None), dict(counted)

    async def _portion(self, chosen: Select[Any], where: Mapping[str, Any]) -> tuple[Place | None, dict[str, int]]:
        rows = (await self._connection.execute(_counted(chosen), where)).all()
        parts = {row.part: row.n for row in rows}
        if sum(parts.values()) < PORTION:
            return None, parts
        latest = max(row.at for row in rows)
        newest = await self._connection.execute(_newest(chosen), {**where, "latest": latest})
        return (latest, newest.scalar_one()), parts


def _from(hour: datetime, after: Place) -> dict[str, Any]:
    """Say which portion of an hour is meant: the next after a place."""
    moment, last = max(after[0], hour), after[1] if after[0] >= hour else -1
    return {"moment": moment, "last": last, "end": hour + HOUR, "most": PORTION}


def _next(chosen: Select[Any], at: ColumnElement[datetime], key: ColumnElement[int]) -> Select[Any]:
    """Choose the next portion of an hour, by moment and key: `_from` says which."""
    moment = bindparam("moment", type_=at.type)
    beyond = or_(at > moment, and_(at == moment, key > bindparam("last", type_=key.type)))
    within = (at >= moment, at < bindparam("end", type_=at.type))
    return chosen.where(*within, beyond).order_by(at, key).limit(bindparam("most", type_=Integer))


def _first(at: ColumnElement[datetime], which: ColumnElement[bool]) -> ScalarSelect[datetime]:
    return select(func.min(at)).where(which, at >= bindparam("since", type_=at.type)).scalar_subquery()


@cache
def _counted(chosen: Select[Any]) -> Select[Any]:
    """Count a portion by its parts."""
    portion = chosen.subquery()
    last = func.max(portion.c.at).label("at")
    return select(portion.c.part, func.count().label("n"), last).group_by(portion.c.part)


@cache
def _newest(chosen: Select[Any]) -> Select[Any]:
    """Find the last key of a portion's last moment."""
    portion = chosen.subquery()
    return select(func.max(portion.c.id)).where(portion.c.at == bindparam("latest", type_=portion.c.at.type))


_FIRSTS = select(_first(_d.closed_at, _REMINDED), _first(_g.noted_at, _BOUGHT), _first(_h.at, _NAMED))
_REMINDERS = _next(
    select(
        case((_d.source.like(f"{_PLANS}/%"), _PLANS), else_=_d.source).label("part"),
        _d.closed_at.label("at"),
        _d.id.label("id"),
    ).where(_REMINDED),
    _d.closed_at,
    _d.id,
)
_AFTER_A_REMINDER = exists().where(
    _d.participant == _g.participant,
    or_(_d.source.startswith("reminder/"), _d.source.startswith("moved/")),
    _d.state == "sent",
    _d.closed_at <= _g.noted_at,
    _d.closed_at > bindparam("reminded_since", type_=_d.closed_at.type),
)
_PURCHASES = _next(
    select(
        case((_AFTER_A_REMINDER, "after"), else_="other").label("part"),
        _g.noted_at.label("at"),
        _g.participant.label("id"),
    ).where(_BOUGHT),
    _g.noted_at,
    _g.participant,
)
_OBSTACLES = _next(select(_h.fields, _h.at, _h.id).where(_NAMED), _h.at, _h.id)


def _stretch(column: ColumnElement[int], after: int, last: int) -> ColumnElement[bool]:
    """Match the people of a stretch: said of every table, so that each is read by its index and no further."""
    return and_(column > after, column <= last)
