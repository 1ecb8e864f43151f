"""Who is meant by a broadcast, as conditions on the tables: to count people, to plan for them, to ask again."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.states import State
from bot.store.schema.broadcasting import amendments, audience_people
from bot.store.schema.people import addresses, participants, progress
from bot.store.schema.programme import roster
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.broadcasts import Audience, Exclusions
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from programme.model.whatsapp_outlook import OverWhatsApp
from programme.model.windows import MARGIN, WINDOWS
from programme.model.zones import Zone

EVERYBODY = 2**40 - 1
"""No participant's number is higher."""

_p, _r = participants.c, roster.c
_places = addresses.alias("places")
_a, _elsewhere = _places.c, addresses.alias("elsewhere").c
_others = broadcast_deliveries.alias("others")
_other = _others.c
_HEARD = [State.SENT.value, State.UNKNOWN.value, State.LEASED.value]
_WANTED = "wanted"
_PORTION = (_p.id > bindparam("after"), _p.id <= bindparam("upto"))

COUNTED_AT_ONCE: Final = 20_000
"""People, or lines of the official list, that one statement counts."""

_There = Callable[[Select[Any]], ColumnElement[bool]]


async def count(connection: AsyncConnection, audience: Audience) -> tuple[int, Exclusions]:
    """Count the people meant, and those left out by the first reason that fits."""
    fits = {name: and_(*wanted) for name, wanted in _fits(audience, exists).items() if wanted}
    reason = case(*((not_(fitting), name) for name, fitting in fits.items()), else_=literal(_WANTED))
    named = select(reason.label("reason")).where(_in_waves(audience), *_PORTION).subquery()
    counting = select(named.c.reason, func.count().label("people")).group_by(named.c.reason)
    found: Counter[str] = Counter()
    async for portion in _portions(connection, audience):
        found.update({row.reason: row.people for row in await connection.execute(counting, portion)})
    wanted = found.pop(_WANTED, 0)
    if audience.waves:
        everybody = (await connection.execute(select(func.count()).select_from(participants))).scalar_one()
        found["other_wave"] = everybody - wanted - found.total()
    if audience.got is not None or audience.listed is not None or audience.linked:
        return wanted, Exclusions(**found)  # whom no channel knows is not among these anyway
    return wanted, Exclusions(**found, unknown=await _only_listed(connection, audience))


async def over_whatsapp(connection: AsyncConnection, audience: Audience, now: datetime) -> OverWhatsApp:
    """Count who is meant and was heard last on WhatsApp, as a claim finds it; where nobody is, nothing is looked at."""
    if (await connection.execute(select(_a.id).where(_a.channel == "whatsapp").limit(1))).first() is None:
        return OverWhatsApp(0, 0)
    closed = _a.heard_at <= now - WINDOWS["whatsapp"] + MARGIN
    fits = _fits(audience, exists)
    del fits["unreachable"]  # they are reached there
    later = (_elsewhere.heard_at > _a.heard_at) | ((_elsewhere.heard_at == _a.heard_at) & (_elsewhere.id > _a.id))
    nearer = exists(
        select(_elsewhere.id).where(
            _elsewhere.participant == _a.participant, _elsewhere.reachable, _elsewhere.channel != "web", later
        )
    )
    people = select(func.count(), func.coalesce(func.sum(case((closed, 1), else_=0)), 0))
    theirs = people.select_from(_places.join(participants, _p.id == _a.participant))
    there = (_a.channel == "whatsapp", _a.reachable, ~nearer, _in_waves(audience), *_PORTION)
    counting = theirs.where(*there, *(fit for wanted in fits.values() for fit in wanted))
    all_of_them = outside = 0
    async for portion in _portions(connection, audience):
        row = (await connection.execute(counting, portion)).one()
        all_of_them, outside = all_of_them + row[0], outside + row[1]
    return OverWhatsApp(all_of_them, outside)


async def _portions(connection: AsyncConnection, audience: Audience) -> AsyncIterator[dict[str, int]]:
    """Go through the people of these waves so many at a time: one statement over a million would take seconds."""
    after = 0
    while (upto := await stretch(connection, audience, after, COUNTED_AT_ONCE)) is not None:
        yield {"after": after, "upto": upto}
        after = upto


async def _only_listed(connection: AsyncConnection, audience: Audience) -> int:
    """Count those on the official list who fit as far as it tells, and whom no channel knows."""
    lines = select(_r.phone_hash, _r.wave, _r.zone, _r.progress).where(_r.phone_hash > bindparam("after"))
    part = lines.order_by(_r.phone_hash).limit(COUNTED_AT_ONCE).subquery().c
    told = type_coerce(part.progress, Text)  # a list of steps
    fits = and_(
        *([part.wave.in_(audience.waves)] if audience.waves else []),
        *([func.coalesce(part.zone, Zone.WIB.value).in_([*audience.zones])] if audience.zones else []),
        *(told.contains(f'"{milestone}"') for milestone in audience.reached),
        *(not_(told.contains(f'"{milestone}"')) for milestone in audience.not_reached),
        ~exists(select(_p.id).where(_p.phone_hash == part.phone_hash)),
    )
    counting = select(func.max(part.phone_hash).label("last"), func.count().filter(fits).label("people"))
    after, found = "", 0
    while (row := (await connection.execute(counting, {"after": after})).one()).last is not None:
        after, found = row.last, found + row.people
    return found


async def stretch(connection: AsyncConnection, audience: Audience, after: int, most: int) -> int | None:
    """Return the last id of the next `most` people of these waves after the id `after`; None past the end."""
    ids = select(_p.id).where(_in_waves(audience), _p.id > after).order_by(_p.id).limit(most).subquery()
    last: int | None = (await connection.execute(select(func.max(ids.c.id)))).scalar()
    return last


def everybody_meant(audience: Audience, *columns: ColumnElement[Any]) -> Select[Any]:
    """Select these columns for everybody meant, from the id `after` up to `upto`, both parameters."""
    fits = [fit for wanted in _fits(audience, exists).values() for fit in wanted]
    return select(*columns).where(_in_waves(audience), *_PORTION, *fits).order_by(_p.id)


async def sample(connection: AsyncConnection, audience: Audience, most: int) -> list[int]:
    """Return up to `most` of those meant, from all over them and the same each time."""
    meant = everybody_meant(audience, _p.id).order_by(None).order_by((_p.id * _FAR) % _PRIME, _p.id).limit(most)
    found = await connection.execute(meant, {"after": 0, "upto": EVERYBODY})
    return list(found.scalars())


_FAR, _PRIME = 7_919, 104_729


async def example(connection: AsyncConnection, audience: Audience) -> int | None:
    """Return somebody who is meant."""
    first = everybody_meant(audience, _p.id).limit(1)
    found: int | None = (await connection.execute(first, {"after": 0, "upto": EVERYBODY})).scalar()
    return found


def no_longer_meant(audience: Audience) -> ColumnElement[bool]:
    """Tell of a delivery with its participant, or none, whether a broadcast is not for them any more."""
    # Scalar subqueries: of an EXISTS here, PostgreSQL makes a hash of the whole table, at every claim.
    fits = _fits(
        audience, lambda rows: rows.limit(1).scalar_subquery().is_not(None), own=broadcast_deliveries.c.broadcast
    )
    del fits["unreachable"]  # which has a name of its own among the ends of a delivery
    wanted = and_(_in_waves(audience), *(fit for wanted in fits.values() for fit in wanted))
    return not_(func.coalesce(wanted, false()))


def _in_waves(audience: Audience) -> ColumnElement[bool]:
    return _p.wave.in_(audience.waves) if audience.waves else _p.id.is_not(None)


def _fits(
    audience: Audience, there: _There, own: ColumnElement[int] | None = None
) -> dict[str, list[ColumnElement[bool]]]:
    """Tell what a person must fit, by the reason for leaving them out; `there` asks whether there are such rows.

    `own` is the broadcast whose delivery is asked about, which does not speak against itself.
    """

    def has(milestones: tuple[Milestone, ...]) -> ColumnElement[bool]:
        standing = progress.c.milestone.in_(milestones), progress.c.undone_at.is_(None)
        return there(select(progress.c.id).where(progress.c.participant == _p.id, *standing))

    zones = [zone.value for zone in audience.zones]
    reachable = select(addresses.c.id).where(addresses.c.participant == _p.id, addresses.c.reachable)
    return {
        "other_zone": [func.coalesce(_p.zone, Zone.WIB.value).in_(zones)] if zones else [],
        "milestone": [
            *(has((milestone,)) for milestone in audience.reached),
            *([not_(has(audience.not_reached))] if audience.not_reached else []),
        ],
        "not_chosen": list(_chosen(audience, there)),
        "opted_out": [_p.reminder_level != ReminderLevel.NONE],
        "unreachable": [there(reachable)],
        "heard": [not_(there(_with_words(audience.new_to, own)))] if audience.new_to else [],
    }


def _chosen(audience: Audience, there: _There) -> Iterator[ColumnElement[bool]]:
    """Tell what a person must fit to be among those who were chosen one by one, or by chance."""
    if audience.linked is not None:
        yield _p.official.is_(audience.linked)
    if audience.got is not None:
        yield there(_who_got(audience.got))
        if audience.left_with_it:
            amended = deliveries.c.amendment.in_(select(amendments.c.id).where(amendments.c.broadcast == audience.got))
            theirs = deliveries.c.participant == _p.id
            yield not_(there(select(deliveries.c.id).where(theirs, amended, deliveries.c.state == State.SENT.value)))
    if audience.listed is not None:
        on_it = (audience_people.c.list == audience.listed) & (audience_people.c.participant == _p.id)
        yield there(select(audience_people.c.participant).where(on_it))
    if audience.share is not None:
        yield (_p.id * _SCATTER) % _PERCENT < audience.share


_SCATTER, _PERCENT = 37, 100  # without a common factor: numbers that follow each other fall far apart


def _who_got(number: int) -> Select[Any]:
    theirs = (_other.broadcast == number) & (_other.participant == _p.id)
    return select(_other.participant).select_from(_others).where(theirs, _other.state.in_(_HEARD))


def _with_words(fingerprint: str, own: ColumnElement[int] | None) -> Select[Any]:
    """Find the person's deliveries with these words that arrived, perhaps arrived, or are on their way."""
    theirs = (_other.broadcast == broadcasts.c.id) & (_other.participant == _p.id)
    rows = select(_other.participant).select_from(broadcasts.join(_others, theirs))
    found = rows.where(broadcasts.c.fingerprint == fingerprint, _other.state.in_(_HEARD))
    return found if own is None else found.where(_other.broadcast != own)
