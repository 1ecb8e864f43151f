"""Tallies: how many of what, by the hour or the day, counted a stretch at a time so that no question takes long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal_column, or_, select

from bot.store.engine.upserts import change_many
from bot.store.repositories.repository import Repository
from bot.store.schema.tables import addresses, deliveries, history, participants, progress, roster, tallies
from programme.model.milestones import Milestone, Source

STRETCH = 5_000
"""Participants, or rows of the roster, that are counted by one question."""

HOUR = timedelta(hours=1)
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


class Tallies(Repository):
    """Repository of counts. What begins with `count_` looks at the rows themselves, a stretch of them."""

    async def put(self, at: datetime, name: str, counts: Mapping[str, int]) -> None:
        """Keep what was counted for the stretch that began `at`, in place of what was counted of it before."""
        rows = [{"at": at, "name": name, "part": part, "count": count} for part, count in counts.items()]
        await change_many(self._connection, tallies, rows)

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

    async def last_person(self) -> int:
        """Return the id of whoever came last; 0 where nobody did."""
        return (await self._connection.execute(select(func.max(_p.id)))).scalar() or 0

    async def count_people(self, after: int) -> list[Group]:
        """Count the people of the stretch that begins after this id."""
        reached = select(_a.participant).where(_stretch(_a.participant, after), _a.reachable).distinct().subquery()
        official = func.max(case((_g.source == Source.OFFICIAL, 1), else_=0)).label("listed")
        standing = and_(_stretch(_g.participant, after), _g.milestone == Milestone.BOUGHT, _g.undone_at.is_(None))
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
        alike = select(*columns).select_from(joined).where(_stretch(_p.id, after), _p.wave.is_not(None)).subquery()
        found = await self._connection.execute(select(*alike.c, func.count().label("n")).group_by(*alike.c))
        return [
            Group(row.wave, bool(row.official), bool(row.reachable), bool(row.bought), bool(row.listed), row.n)
            for row in found
        ]

    async def count_progress(self, after: int) -> list[tuple[int, str, int]]:
        """Count the milestones of the stretch that begins after this id: wave, milestone, people."""
        standing = and_(_stretch(_g.participant, after), _g.undone_at.is_(None), _stretch(_p.id, after))
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

    async def count_reminders(self, hour: datetime) -> dict[str, int]:
        """Count the reminders that went out within the hour that begins then, by their source."""
        source = case((_d.source.like(f"{_PLANS}/%"), _PLANS), else_=_d.source).label("source")
        sent = and_(_REMINDED, _d.closed_at >= hour, _d.closed_at < hour + HOUR)
        found = await self._connection.execute(select(source, func.count().label("n")).where(sent).group_by(source))
        return {row.source: row.n for row in found}

    async def count_bought(self, hour: datetime, within: timedelta) -> dict[str, int]:
        """Count the purchases noted within that hour: `after`, of people reminded shortly before; `other`."""
        reminded = exists().where(
            _d.participant == _g.participant,
            or_(_d.source.startswith("reminder/"), _d.source.startswith("moved/")),
            _d.state == "sent",
            _d.closed_at <= _g.noted_at,
            _d.closed_at > hour + HOUR - within,
        )
        noted = and_(_BOUGHT, _g.noted_at >= hour, _g.noted_at < hour + HOUR)
        part = case((reminded, "after"), else_="other").label("part")
        flags = select(part).select_from(progress).where(noted).subquery()
        found = await self._connection.execute(select(flags.c.part, func.count().label("n")).group_by(flags.c.part))
        return {row.part: row.n for row in found}

    async def count_obstacles(self, hour: datetime) -> dict[str, int]:
        """Count the reasons that people gave within the hour that begins then."""
        named = and_(_NAMED, _h.at >= hour, _h.at < hour + HOUR)
        counts: dict[str, int] = {}
        for fields in (await self._connection.execute(select(_h.fields).where(named))).scalars():
            name = str(fields.get("obstacle", "other"))
            counts[name] = counts.get(name, 0) + 1
        return counts


def _stretch(column: ColumnElement[int], after: int) -> ColumnElement[bool]:
    """Match the people of a stretch: said of every table, so that each is read by its index and no further."""
    return and_(column > after, column <= after + STRETCH)
