"""Many people at once, put straight into the tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bot.broadcasts.jobs import BroadcastJobs
from bot.broadcasts.rules import BroadcastRules, load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.staff_turns import StaffTurns
from bot.store import Store, UnitOfWork
from bot.store.schema.people import addresses, participants, progress
from programme.model.broadcasts import (
    Audience,
    Broadcast,
    BroadcastAct,
    BroadcastActed,
    BroadcastOrdered,
    Draft,
    Forecast,
)
from programme.model.clock import SetClock
from programme.model.deliveries import Claimed, Outcome, Settlement
from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone, Source
from programme.model.participants import ReminderLevel
from programme.model.staff import Role, StaffMember
from programme.model.zones import Zone
from programme.programme import load_programme
from reminders.policy import load_policy

MONDAY = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)
CUTOFF = datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)
RINA = StaffMember(channel="telegram", address="901", role=Role.SUPERVISOR, name="Rina")
JOKO = StaffMember(channel="telegram", address="902", role=Role.ADMIN, name="Joko")
AGENT = StaffMember(channel="telegram", address="903", role=Role.AGENT, name="Agus")
NOT_BOUGHT = Audience(waves=(21,), not_reached=(Milestone.BOUGHT,))


async def settle_in(
    tx: UnitOfWork,
    ids: range,
    *,
    wave: int = 21,
    zone: Zone | None = None,
    language: str = "id",
    level: ReminderLevel = ReminderLevel.ALL,
    reachable: bool = True,
    reached: Milestone | None = None,
) -> None:
    """Put people with these ids into the store."""
    connection = tx.connection
    person = {"language": language, "wave": wave, "zone": zone, "official": False, "welcomed": True}
    person |= {"joined_at": MONDAY, "reminder_level": level}
    await connection.execute(insert(participants), [{"id": number, **person} for number in ids])
    place = {"channel": "telegram", "heard_at": MONDAY, "reachable": reachable}
    rows = [{"participant": number, "address": str(1000 + number), **place} for number in ids]
    await connection.execute(insert(addresses), rows)
    if reached is not None:
        step = {"milestone": reached, "source": Source.SELF, "noted_at": MONDAY}
        await connection.execute(insert(progress), [{"participant": number, **step} for number in ids])


class Bureau:
    """Staff at work over a store, on a clock that can be set."""

    def __init__(self, store: Store, rules: BroadcastRules | None = None) -> None:
        self.store = store
        self.clock = store.clock = SetClock(MONDAY)
        self.rules = rules or load_broadcast_rules()
        self.programme = load_programme()
        self.office = BroadcastService(store, self.programme, load_policy(), self.rules)
        self.turns = StaffTurns(self.office)
        self.rounds = BroadcastJobs(store, self.programme, self.rules)
        self._orders = 0

    async def orders(
        self,
        text: str = "Halo",
        member: StaffMember = RINA,
        audience: Audience = NOT_BOUGHT,
        *,
        again: bool = False,
        **when: datetime,
    ) -> Broadcast:
        draft = Draft(audience=audience, messages={"id": Message(text)}, again=again, **when)
        self._orders += 1
        wanted = BroadcastOrdered(draft, await self.office.outlook(draft.meant(self.clock.now())))
        async with self.store.writing() as tx:
            return await self.turns.obey(tx, wanted, member, f"{id(self)}/{self._orders}")

    async def acts(self, number: int, act: BroadcastAct, member: StaffMember = RINA) -> Broadcast:
        async with self.store.writing() as tx:
            return await self.turns.obey(tx, BroadcastActed(number, act), member, "")

    async def outlook(self, audience: Audience = NOT_BOUGHT) -> Forecast:
        return await self.office.outlook(audience)

    async def claim(self, limit: int = 1000) -> list[Claimed]:
        async with self.store.writing() as tx:
            return await tx.outbox.claim(limit=limit, lease=timedelta(minutes=1), kinds=[Kind.BROADCAST])

    async def sends(self, limit: int = 1000, outcome: Outcome = Outcome.SENT) -> list[int]:
        """Claim and settle; return to whom."""
        claimed = await self.claim(limit)
        settled = [Settlement(one, outcome, self.clock.now(), provider_id="1") for one in claimed]
        async with self.store.writing() as tx:
            await tx.outbox.settle(settled)
        return [one.delivery.participant for one in claimed]

    async def state(self, number: int) -> str:
        looked_at = await self.office.look_at(number)
        assert looked_at is not None
        return looked_at[0].state.value
