"""Broadcast service: a broadcast is ordered, approved, paused, resumed, cancelled or tried again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot.broadcasts.over_whatsapp import whatsapp_outlook
from bot.broadcasts.rules import BroadcastRules, forecast, with_implied
from bot.store import Store, UnitOfWork
from handlers.dialogue.announced import stamped
from programme.model.broadcast_refusals import (
    AlreadyOrdered,
    BroadcastRefused,
    NoSuchBroadcast,
    NotAllowed,
    NothingFailed,
    NotNow,
    OwnApproval,
    check_in_time,
)
from programme.model.broadcasts import (
    MAY_BROADCAST,
    POSSIBLE,
    Audience,
    Broadcast,
    BroadcastAct,
    BroadcastState,
    Draft,
    Forecast,
    Progress,
)
from programme.model.participants import Participant
from programme.model.staff import StaffMember
from programme.model.zones import Zone
from programme.programme import Programme
from reminders.policy import Policy


@dataclass(slots=True)
class BroadcastService:
    """Where staff orders broadcasts. Every order is checked, fenced and written into the records."""

    store: Store
    programme: Programme
    policy: Policy
    rules: BroadcastRules

    async def outlook(self, audience: Audience) -> Forecast:
        """Count an audience and tell what a broadcast to it would come to."""
        meant = self.meant(audience)
        async with self.store.reading() as tx:
            count, exclusions = await tx.broadcasts.count(meant)
            whatsapp = await whatsapp_outlook(tx, await tx.broadcasts.over_whatsapp(meant), self.rules)
        return forecast(meant, count, exclusions, self.rules, self.programme, whatsapp=whatsapp)

    async def example(self, audience: Audience, name: str | None) -> Participant | None:
        """Return somebody who is meant, called `name`: who that is concerns nobody who only looks at the words."""
        async with self.store.reading() as tx:
            number = await tx.broadcasts.example(self.meant(audience))
            person = None if number is None else await tx.people.get(number)
        return None if person is None else replace(person, name=name)

    def meant(self, audience: Audience) -> Audience:
        """Take it as bought, and so on, where a later step shows it."""
        return with_implied(audience, self.policy.implied)

    async def look_at(self, number: int) -> tuple[Broadcast, Progress] | None:
        """Return a broadcast and how far it is."""
        async with self.store.reading() as tx:
            found = await tx.broadcasts.get(number)
            return None if found is None else (found, await tx.broadcasts.told_why(number))

    async def recent(self, limit: int = 5) -> list[tuple[Broadcast, Progress]]:
        """Return the latest broadcasts, newest first."""
        async with self.store.reading() as tx:
            return [(each, await tx.broadcasts.progress(each.id)) for each in await tx.broadcasts.recent(limit)]

    async def order(
        self, tx: UnitOfWork, draft: Draft, outlook: Forecast, member: StaffMember, origin: str
    ) -> Broadcast:
        """Order a broadcast; a large one waits for a second person. Raises BroadcastRefused."""
        now = tx.now
        may_broadcast(member)
        ends = draft.not_after or outlook.not_after
        starts_at = max(draft.starts_at or now, now)
        words = stamped(draft.messages, draft.audience, now.astimezone(Zone.WIB.tz).date())
        audience = self.meant(draft.meant(now))
        meant = replace(draft, audience=audience, messages=words, starts_at=starts_at, not_after=ends)
        check_in_time(outlook, starts_at, ends, now)
        if (twin := await tx.broadcasts.same_as(meant)) is not None:
            raise AlreadyOrdered(twin.id)
        state = BroadcastState.WAITING_APPROVAL if outlook.needs_approval else BroadcastState.SCHEDULED
        number = await tx.broadcasts.add(
            meant,
            author=member.who,
            origin=origin,
            state=state,
            expected=outlook.count,
            exclusions=outlook.exclusions,
            over_whatsapp=outlook.whatsapp.reach if outlook.whatsapp else None,
        )
        if number is None:
            raise AlreadyOrdered(await _twin_of(tx, meant))
        purpose = {"again": True} if draft.again else {}
        await tx.staff.record(member.who, "order", f"broadcast/{number}", people=outlook.count, **purpose)
        return await known(tx, number)

    async def act(self, tx: UnitOfWork, number: int, act: BroadcastAct, member: StaffMember) -> Broadcast:
        """Do `act` where the broadcast's state still allows it. Raises BroadcastRefused."""
        may_broadcast(member)
        found = await known(tx, number)
        if found.state not in POSSIBLE[act]:
            raise NotNow(act, found.state)
        if act in {BroadcastAct.APPROVE, BroadcastAct.RESUME, BroadcastAct.RETRY}:
            await self._check_time(tx, found, act)
        if not await self._change(tx, found, act, member):
            now_found = await known(tx, number)
            raise OwnApproval if now_found.state is found.state else NotNow(act, now_found.state)
        await tx.staff.record(member.who, act.value, found.source)
        return await known(tx, number)

    async def stop_all(self, tx: UnitOfWork, member: StaffMember) -> list[Broadcast]:
        """Pause all that goes out or is about to, in one act; return what was stopped. Raises NotAllowed."""
        may_broadcast(member)
        stopped = [
            await known(tx, each.id)
            for each in await tx.broadcasts.active(tx.now)
            if each.state in POSSIBLE[BroadcastAct.PAUSE] and await self._change(tx, each, BroadcastAct.PAUSE, member)
        ]
        numbers = [each.id for each in stopped]
        await tx.staff.record(member.who, "broadcast.stop_all", "broadcast", stopped=numbers)
        return stopped

    async def _check_time(self, tx: UnitOfWork, found: Broadcast, act: BroadcastAct) -> None:
        """What is left to send must still be through before its last moment."""
        progress = await tx.broadcasts.progress(found.id)
        left = max(1, found.expected - progress.planned + progress.waiting)
        if act is BroadcastAct.RETRY:
            left = progress.failed + progress.gone
            if left == 0:
                raise NothingFailed
        whatsapp = await whatsapp_outlook(tx, found.over_whatsapp.of(left, found.expected), self.rules)
        outlook = forecast(found.audience, left, found.exclusions, self.rules, self.programme, whatsapp=whatsapp)
        check_in_time(outlook, max(found.starts_at, tx.now), found.not_after, tx.now)

    async def _change(self, tx: UnitOfWork, found: Broadcast, act: BroadcastAct, member: StaffMember) -> bool:
        move, rows, since = tx.broadcasts.move, tx.broadcasts.deliveries, POSSIBLE[act]
        match act:
            case BroadcastAct.APPROVE:
                return await move(
                    found.id, BroadcastState.SCHEDULED, since=since, by_other_than=member.who, approver=member.who
                )
            case BroadcastAct.PAUSE:
                return await move(found.id, BroadcastState.PAUSED, since=since) and await rows.hold(found.id) >= 0
            case BroadcastAct.RESUME:
                to = BroadcastState.SCHEDULED if found.began_at is None else BroadcastState.RUNNING
                resumed = await move(found.id, to, since=since, reason=None)
                return resumed and await rows.release(found.id) >= 0
            case BroadcastAct.CANCEL:
                return await move(found.id, BroadcastState.CANCELLED, since=since, finished_at=tx.now)
            case BroadcastAct.RETRY:
                again = await move(found.id, BroadcastState.RUNNING, since=since, finished_at=None)
                return again and await tx.broadcasts.retry(found.id) >= 0
            case _:
                assert_never(act)


def may_broadcast(member: StaffMember) -> None:
    """Let pass whose role covers broadcasts. Raises NotAllowed."""
    if not member.role.covers(MAY_BROADCAST):
        raise NotAllowed(MAY_BROADCAST)


async def known(tx: UnitOfWork, number: int) -> Broadcast:
    """Return a broadcast. Raises NoSuchBroadcast."""
    found = await tx.broadcasts.get(number)
    if found is None:
        raise NoSuchBroadcast(number)
    return found


async def _twin_of(tx: UnitOfWork, draft: Draft) -> int:
    """Find what somebody else ordered at the same moment."""
    twin = await tx.broadcasts.same_as(draft)
    if twin is None:
        raise BroadcastRefused("this order was carried out before")
    return twin.id
