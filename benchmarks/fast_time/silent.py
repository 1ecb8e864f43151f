"""The silent: people of the wave who came to the bot, write nothing, and are only told. There can be thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select

from benchmarks.fast_time.journal import Life
from benchmarks.fast_time.messengers import NightTelegram
from benchmarks.fast_time.model import ANNOUNCED, FIRST_CUTOFF
from bot.store import Store
from bot.store.schema.people import addresses, participants, progress
from bot.store.schema.traffic import reminder_rows
from programme.model.milestones import Milestone, Source
from programme.model.zones import Zone

_FIRST_CHAT: Final = 2_000_000
_PORTION: Final = 5_000
_ZONES: Final = (*[Zone.WIB] * 8, Zone.WITA, Zone.WIT)
_TOLD: Final = {"welcomed": True, "told_cutoff": FIRST_CUTOFF, "reminder_level": "all"}


async def settle(store: Store, telegram: NightTelegram, count: int) -> dict[int, Life]:
    """Have them there as if each had come right after the announcement and heard a cutoff; return them by number."""
    for start in range(0, count, _PORTION):
        numbers = range(start + 1, min(start + _PORTION, count) + 1)
        async with store.writing() as tx:
            for table, rows in (
                (participants, map(_person, numbers)),
                (addresses, map(_address, numbers)),
                (reminder_rows, map(_reminder, numbers)),
            ):
                await tx.connection.execute(insert(table), list(rows))
    async with store.writing() as tx:  # who comes of themselves is numbered after these
        counter = func.pg_get_serial_sequence("participants", "id")
        await tx.connection.execute(select(func.setval(counter, max(count, 1))))
    return dict(_lives(telegram, count))


async def have_bought(store: Store, people: Mapping[int, Life], numbers: Sequence[int]) -> None:
    """Note that they bought, as the programme's own list tells, and no more than that: what waits is not withdrawn."""
    async with store.writing() as tx:
        known = {"milestone": Milestone.BOUGHT, "source": Source.OFFICIAL, "noted_at": tx.now}
        if numbers:
            await tx.connection.execute(insert(progress), [{"participant": each, **known} for each in numbers])
    async with store.reading() as tx:
        for each in numbers:
            people[each].bought = people[each].told = tx.now


def _lives(telegram: NightTelegram, count: int) -> Iterator[tuple[int, Life]]:
    for number in range(1, count + 1):
        chat = telegram.user(_FIRST_CHAT + number, name="Sri").chat
        yield number, Life(addresses=(("telegram", str(chat.id)),), joined=ANNOUNCED, silent=True)


def _zone(number: int) -> Zone:
    return _ZONES[number % len(_ZONES)]


def _person(number: int) -> dict[str, Any]:
    who = {"id": number, "name": "Sri", "language": "id", "zone": _zone(number), "wave": 21, "official": False}
    return {**who, "joined_at": ANNOUNCED, **_TOLD}


def _address(number: int) -> dict[str, Any]:
    place = {"channel": "telegram", "address": str(_FIRST_CHAT + number)}
    return {"participant": number, **place, "heard_at": ANNOUNCED, "reachable": True}


def _reminder(number: int) -> dict[str, Any]:
    day = ANNOUNCED.date() + timedelta(days=1)
    return {"participant": number, "at": datetime.combine(day, time(9), _zone(number).tz)}
