"""Puts the house together: one place where every part meets its neighbours."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app.jobs import Errands
from bot.app.number_keys import open_keys
from bot.app.secret import Secrets
from bot.broadcasts.jobs import BroadcastRounds
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastOffice
from bot.broadcasts.staff_turns import StaffTurns
from bot.channels.channel import Channel
from bot.importing.trainings import from_document
from bot.inbound.processor import Reception
from bot.inbound.turn_handler import Turns
from bot.outbound.sender import Courier
from bot.store import Store, open_store
from programme.model.clock import Clock
from programme.programme import Programme, load_programme
from programme.trainings import Training
from reminders.planner import Desk
from reminders.policy import Policy, load_policy

if TYPE_CHECKING:
    from bot.helpdesk.service import Helpdesk, StaffRooms
    from programme.helpdesk import HelpdeskRules


log = logging.getLogger(__name__)


@dataclass(slots=True, repr=False, eq=False)
class House:
    """The running parts, for whoever drives them: the command line, the web page, a test."""

    store: Store
    clock: Clock
    programme: Programme
    policy: Policy
    reception: Reception
    courier: Courier
    errands: Errands
    staff: StaffTurns
    helpdesk: Helpdesk | None = None


@asynccontextmanager
async def open_house(
    *,
    database: str | None,
    clock: Clock,
    channels: Mapping[str, Channel],
    key: bytes,
    former_keys: Sequence[bytes] = (),
    programme: Programme | None = None,
    rate: float | None = None,
    staff_rooms: StaffRooms | None = None,
    helpdesk_rules: HelpdeskRules | None = None,
    serving: bool = False,
) -> AsyncIterator[House]:
    """Open the store, prepare it, and yield the house; `database` None keeps everything in memory.

    `key` is the secret behind phone hashes, `former_keys` are those of before that are still accepted. Raises
    OtherSecret where the database was made with neither. With `staff_rooms` there is a helpdesk;
    without, nobody is promised a person. Announcements are reckoned at `rate` messages a second; None is what
    Telegram allows for nothing. When `serving`, an SQLite file is this process's alone: what one that died had
    in hand is free at once. Raises ServedAlready.
    """
    store = open_store(database)
    try:
        alone = serving and store.hold()
        await store.prepare()
        if alone:
            await _free_leases(store, clock)
        numbers = await open_keys(store, Secrets.of(key, former_keys), clock.now())
        known = programme or load_programme()
        known = known.with_trainings(await _imported(store))
        policy = load_policy()
        rules = load_broadcast_rules(rate)
        courier = Courier(store, clock, known, channels)
        office = BroadcastOffice(store, clock, known, policy, rules)
        turns = Turns(known, policy, Desk(known, policy), StaffTurns(office))
        reception = Reception(store, clock, turns, courier, numbers)
        errands = Errands(store, clock, known, policy, courier, BroadcastRounds(store, clock, known, rules))
        await errands.follow_moved_cutoffs()
        house = House(store, clock, known, policy, reception, courier, errands, turns.staff)
        if staff_rooms is not None:
            from bot.helpdesk.service import open_helpdesk  # only where there is a staff group to work in

            house.helpdesk = open_helpdesk(store, clock, known, courier.send, staff_rooms, rules=helpdesk_rules)
            turns.helpdesk = house.helpdesk
            await house.helpdesk.follow_cutoffs()
        yield house
    finally:
        await store.close()


async def _free_leases(store: Store, clock: Clock) -> None:
    async with store.writing() as tx:
        freed = await tx.free_leases(clock.now())
    if freed:
        log.info("%d deliveries were in hand when Sobat ended, and go out now", freed)


async def _imported(store: Store) -> list[Training]:
    async with store.reading() as tx:
        return [from_document(document) for document in (await tx.trainings.all()).values()]
