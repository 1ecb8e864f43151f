"""What a machine watches of the whole service: what is due by channel, tickets, and who still waits to be reminded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, case, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.broadcast_deliveries import BroadcastDeliveries
from bot.store.delivery_queue.states import State
from bot.store.repositories.queue_stats import Queue, QueueStats
from bot.store.schema.helpdesk import tickets
from bot.store.schema.people import addresses, participants, progress
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel

ANY = "any"
"""The channel of what has none yet: it is chosen when a worker takes it."""

_TRIED_WITHIN = timedelta(days=14)  # tickets opened before that and answered only now are few, and no index finds them
_d, _p, _a, _t = deliveries.c, participants.c, addresses.c, tickets.c

STRETCH = 5_000
"""People of a wave that are counted by one question: counting 750,000 at once would hold the database for 10 s."""

MANY = 10_000
"""So many of one kind are counted without a look at each."""

Due = Mapping[tuple[str, Kind], Queue]
"""What is due, by channel and kind."""


class TicketMoments(NamedTuple):
    """When an open ticket was opened, first answered, and which cutoff it has; in UTC."""

    opened_at: datetime
    answered_at: datetime | None
    cutoff: datetime | None


@dataclass(frozen=True, slots=True)
class Unreminded:
    """People of one wave on one channel who wait to be reminded of their cutoff, and whom nothing shows to have bought.

    Of these, so many had no reminder at all `since_yesterday` (the morning of the day before), and so many none
    since the last call began.
    """

    people: int = 0
    since_yesterday: int = 0
    since_last_call: int = 0

    def __add__(self, more: Unreminded) -> Unreminded:
        """Return both together."""
        called = self.since_last_call + more.since_last_call
        return Unreminded(self.people + more.people, self.since_yesterday + more.since_yesterday, called)


async def due(connection: AsyncConnection, stats: QueueStats) -> Due:
    """Tell by the channel it goes to what is due, as far as that is known before it is taken.

    Of a kind of which MANY are due, hardly any has a channel yet, and none is looked for.
    """
    few = [kind for kind, queue in stats.due.items() if queue.waiting <= MANY]
    found = {(ANY, kind): queue for kind, queue in stats.due.items() if kind not in few}
    via = func.coalesce(_d.channel, _d.via_channel, ANY)
    own = select(_d.kind, via, func.count(), func.min(_d.open_at)).group_by(_d.kind, via)
    for row in await connection.execute(own.where(_d.open_at <= stats.at, _d.kind.in_(few))):
        found[row[1], row[0]] = Queue(row[2], row[3])
    if Kind.BROADCAST in few:
        for channel, queue in await _announced(connection, stats.at):
            found[channel, Kind.BROADCAST] = found.get((channel, Kind.BROADCAST), Queue()) + queue
    return {key: queue for key, queue in found.items() if queue.waiting}


async def _announced(connection: AsyncConnection, now: datetime) -> list[tuple[str, Queue]]:
    b = broadcast_deliveries.c
    via = func.coalesce(b.via_channel, ANY)
    again = select(via, func.count(), func.min(b.open_at)).where(b.open_at <= now).group_by(via)
    rows = [(row[0], Queue(row[1], row[2])) for row in await connection.execute(again)]
    return [*rows, (ANY, Queue(*await BroadcastDeliveries(connection, now).ahead()))]


async def open_tickets(connection: AsyncConnection) -> list[TicketMoments]:
    """Return the moments of every open ticket."""
    chosen = select(_t.opened_at, _t.answered_at, _t.cutoff).where(_t.state != "closed")
    return [TicketMoments(*row) for row in await connection.execute(chosen)]


async def first_answers(connection: AsyncConnection, after: datetime, upto: datetime) -> list[timedelta]:
    """Return how long people waited whose ticket was first answered in this time."""
    lately = _t.opened_at > after - _TRIED_WITHIN
    chosen = select(_t.opened_at, _t.answered_at).where(lately, _t.answered_at > after, _t.answered_at <= upto)
    return [row.answered_at - row.opened_at for row in await connection.execute(chosen)]


async def count_unreminded(
    connection: AsyncConnection,
    wave: int,
    *,
    yesterday: datetime | None,
    last_call: datetime | None,
    after: int,
    into: dict[str, Unreminded],
) -> int | None:
    """Count the next stretch of a wave's people who are to be reminded, by channel, into `into`.

    Whoever came later than `yesterday` was told then; without it nobody is looked at for that, and where the last call
    is still ahead, `last_call` is None and everybody waits for it. Return whom the stretch ended with, None where
    nobody is left.
    """
    stretch = select(_p.id).where(_p.wave == wave, _p.id > after).order_by(_p.id).limit(STRETCH).subquery()
    last, size = (await connection.execute(select(func.max(stretch.c.id), func.count()).select_from(stretch))).one()
    early = false() if yesterday is None else and_(_untold(yesterday), _p.joined_at < yesterday)
    called = true() if last_call is None else _untold(last_call)
    each = (
        select(
            latest_channel().label("channel"),
            case((early, 1), else_=0).label("early"),
            case((called, 1), else_=0).label("called"),
        )
        .where(*waits(wave), _p.id > after, _p.id <= (last or after))
        .subquery()
        .c
    )
    counted = select(each.channel, func.count(), func.sum(each.early), func.sum(each.called)).group_by(each.channel)
    for channel, people, missed, waiting in await connection.execute(counted.where(each.channel.is_not(None))):
        into[channel] = into.get(channel, Unreminded()) + Unreminded(people, int(missed), int(waiting))
    return None if size < STRETCH else last


def _untold(since: datetime) -> ColumnElement[bool]:
    went = (_d.participant == _p.id, _d.kind == Kind.REMINDER, _d.state == State.SENT.value, _d.closed_at >= since)
    return _none(deliveries, and_(*went))


_SHOWS_BUYING = (
    Milestone.BOUGHT,
    Milestone.COMPLETED,
    Milestone.CERTIFIED,
    Milestone.REVIEWED,
    Milestone.INCENTIVE_PAID,
)


def waits(wave: int) -> tuple[ColumnElement[bool], ...]:
    """Return what tells who of a wave is to be reminded of the cutoff: nothing shows that they have bought."""
    bought = and_(
        progress.c.participant == _p.id, progress.c.milestone.in_(_SHOWS_BUYING), progress.c.undone_at.is_(None)
    )
    return _p.wave == wave, _p.reminder_level != ReminderLevel.NONE, _none(progress, bought)


def _none(table: Table, which: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~select(table.c.id).where(which).correlate(participants).exists()


def latest_channel() -> ColumnElement[str | None]:
    """Return the channel on which somebody is reached: where they wrote last; the page where nothing else is."""
    found = select(_a.channel).where(_a.participant == _p.id, _a.reachable)
    latest = found.order_by(_a.channel == "web", _a.heard_at.desc(), _a.id.desc()).limit(1)
    return latest.correlate(participants).scalar_subquery()
