"""What a member of the staff had begun ends when they go: nobody is written to in the name of somebody who left."""

from __future__ import annotations

from bot.store import UnitOfWork
from programme.model.broadcasts import Broadcast, BroadcastState
from programme.model.staff import StaffMember

_NOT_BEGUN = (BroadcastState.WAITING_APPROVAL, BroadcastState.SCHEDULED)
_LEFT = "who ordered or approved it has left the staff"


async def dismiss(tx: UnitOfWork, member: StaffMember, by: str) -> list[int]:
    """Let a member go: their sessions, links, invitations and duty end at once, and so do the broadcasts returned."""
    await tx.staff.remove(member.channel, member.address)
    await tx.staff.record(by, "staff remove", member.who)
    return await end_orders(tx, member, by)


async def end_orders(tx: UnitOfWork, member: StaffMember, by: str) -> list[int]:
    """Cancel the member's broadcasts that have not begun, pause those that run; return their numbers.

    What a second person approved stands; what the member alone had approved does not.
    """
    theirs = [each for each in await tx.broadcasts.active(tx.now) if _rests_on(each, member.who)]
    ended: list[int] = []
    for each in theirs:
        if not await _end(tx, each.id):
            continue
        await tx.staff.record(by, "broadcast.end", f"broadcast/{each.id}", left=member.who)
        ended.append(each.id)
    return ended


async def _end(tx: UnitOfWork, number: int) -> bool:
    """Call off what has not begun, of which nothing is planned; hold what runs."""
    move = tx.broadcasts.move
    if await move(number, BroadcastState.CANCELLED, since=_NOT_BEGUN, finished_at=tx.now, reason=_LEFT):
        return True
    if not await move(number, BroadcastState.PAUSED, since=(BroadcastState.RUNNING,), reason=_LEFT):
        return False
    return await tx.broadcasts.deliveries.hold(number) >= 0


def _rests_on(found: Broadcast, who: str) -> bool:
    return found.approver == who or (found.author == who and found.approver is None)
