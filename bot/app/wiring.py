"""Wiring: the one place where all parts of the application are put together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app.following import Following
from bot.app.jobs import Jobs
from bot.app.model_following import ModelFollowing
from bot.app.number_keys import open_keys
from bot.app.secret import Secrets
from bot.broadcasts.jobs import BroadcastJobs
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.staff_turns import StaffTurns
from bot.channels.channel import Channel
from bot.channels.groups import STAFF
from bot.editing.in_force import policy_of, programme_in_force
from bot.editing.replies import GroupReplies
from bot.helpdesk.staff_route import StaffRoute
from bot.importing.trainings import from_document
from bot.inbound.processor import InboxProcessor
from bot.inbound.turn_handler import TurnHandler
from bot.outbound.sender import Sender
from bot.outbound.traffic_observer import UNOBSERVED, TrafficObserver
from bot.store import Store, open_store
from bot.store.store import Timed
from programme.model.clock import Clock
from programme.model.controllers import DataController
from programme.model.windows import WINDOWS
from programme.programme import Programme
from reminders.planner import Planner
from reminders.policy import Policy

if TYPE_CHECKING:
    from bot.helpdesk.service import Helpdesk, StaffRooms
    from programme.helpdesk import HelpdeskRules


log = logging.getLogger(__name__)


@dataclass(slots=True, repr=False, eq=False)
class App:
    """The running parts, for whoever drives them: the command line, the web page, a test."""

    store: Store
    clock: Clock
    programme: Programme
    policy: Policy
    inbox_processor: InboxProcessor
    sender: Sender
    jobs: Jobs
    staff: StaffTurns
    following: Following
    helpdesk: Helpdesk | None = None


@asynccontextmanager
async def build_app(
    *,
    database: str | None,
    clock: Clock,
    channels: Mapping[str, Channel],
    key: bytes,
    former_keys: Sequence[bytes] = (),
    programme: Programme | None = None,
    rate: float | None = None,
    whatsapp_rate: float | None = None,
    whatsapp_tier: int | None = None,
    staff_rooms: StaffRooms | None = None,
    helpdesk_rules: HelpdeskRules | None = None,
    console_url: str | None = None,
    controller: DataController | None = None,
    serving: bool = False,
    observer: TrafficObserver = UNOBSERVED,
    timed: Timed | None = None,
) -> AsyncIterator[App]:
    """Open the store, prepare it, and yield the app; `database` None keeps everything in memory.

    `key` is the secret behind phone hashes, `former_keys` are those of before that are still accepted. Raises
    OtherSecret where the database was made with neither. With `staff_rooms`, which may hold no group, there is a
    helpdesk; without, nobody is promised a person. Broadcasts are reckoned at `rate` messages a second; None is what
    Telegram allows for nothing. `whatsapp_rate` is that of the number on WhatsApp, `whatsapp_tier` the people a day
    it may write to who have not written; None is what Meta permits at first, and told last. `console_url` is where
    the staff find their console; None where there is none. `controller` is whom /privasi names. When `serving`, an
    SQLite file is this process's alone: what one that died had in hand is free at once. Raises ServedAlready.
    `observer` hears of what passes, `timed` how long transactions take, to count it.
    """
    store = open_store(database, clock)
    store.timed = timed or store.timed
    try:
        alone = serving and store.hold()
        await store.prepare()
        if alone:
            await _free_leases(store)
        numbers = await open_keys(store, Secrets.of(key, former_keys))
        known, version = await _in_force(store, programme)
        policy = await policy_of(store)
        rules = load_broadcast_rules(rate, whatsapp_rate, whatsapp_tier)
        sender = Sender(store, clock, known, channels, observer=observer, policy=policy)
        helpdesk: Helpdesk | None = None
        if staff_rooms is not None:
            from bot.helpdesk.service import open_helpdesk  # only where there is staff

            helpdesk = open_helpdesk(
                store, known, sender.send, staff_rooms, replies=GroupReplies(), rules=helpdesk_rules
            )
        staff = StaffTurns(BroadcastService(store, known, policy, rules), console_url)
        may_wait = any(name in WINDOWS for name in channels)
        planner = Planner(known, policy)
        turn_handler = TurnHandler(known, policy, planner, staff, helpdesk, may_wait, numbers.names, controller)
        inbox_processor = InboxProcessor(store, turn_handler, sender, numbers, {STAFF: StaffRoute(helpdesk)})
        jobs = Jobs(store, known, policy, sender, BroadcastJobs(store, known, rules))

        async def follow_cutoffs() -> None:
            await jobs.follow_moved_cutoffs()
            if helpdesk is not None:
                await helpdesk.follow_cutoffs()

        async def plan_anew() -> None:
            await follow_cutoffs()
            await jobs.follow_policy()

        await follow_cutoffs()
        following = Following(store, known, policy, plan_anew, version, ModelFollowing(store))
        await following.understanding.look()
        yield App(store, clock, known, policy, inbox_processor, sender, jobs, staff, following, helpdesk)
    finally:
        await store.close()


async def _free_leases(store: Store) -> None:
    async with store.writing() as tx:
        freed = await tx.free_leases()
    if freed:
        log.info("%d deliveries were in hand when Sobat ended, and go out now", freed)


async def _in_force(store: Store, given: Programme | None) -> tuple[Programme, int]:
    """Return the programme and the version of it that is taken up; one that is `given` holds until the next."""
    async with store.reading() as tx:
        version = await tx.programme_edits.version()
        if given is None:
            return await programme_in_force(tx), version
        return given.with_trainings([from_document(one) for one in (await tx.trainings.all()).values()]), version
