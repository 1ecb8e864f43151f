"""Amending: a broadcast that went out is taken back, or corrected where it stands; a large correction needs two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.broadcasts.service import BroadcastService, known, may_broadcast
from bot.store import UnitOfWork
from handlers.dialogue.announced import stamped
from programme.model.amendments import Amendment, AmendmentKind, AmendmentState
from programme.model.broadcast_refusals import BeingAmended, NothingSent, OwnApproval, SameWords
from programme.model.broadcasts import POSSIBLE, Broadcast, BroadcastAct, BroadcastState
from programme.model.messages import Message
from programme.model.staff import StaffMember
from programme.model.zones import Zone

_UNDER_WAY = frozenset({AmendmentState.WAITING_APPROVAL, AmendmentState.COLLECTING})


@dataclass(frozen=True, slots=True)
class Amending:
    """What may be done to messages that went out. Every act is checked, fenced and written into the records."""

    office: BroadcastService

    async def withdraw(self, tx: UnitOfWork, number: int, member: StaffMember, origin: str) -> Amendment:
        """Stop a broadcast for good, and take it back where it went out; asking twice takes it back once.

        Nobody else has to agree: what is taken back says nothing. Raises BroadcastRefused.
        """
        found = await self._sent(tx, number, member)
        if found.state in POSSIBLE[BroadcastAct.CANCEL]:
            await self.office.act(tx, number, BroadcastAct.CANCEL, member)
        for each in await tx.amendments.of(number):
            if each.kind is AmendmentKind.WITHDRAW:
                return each
            await self._stop(tx, each)
        added = await tx.amendments.add(
            number,
            AmendmentKind.WITHDRAW,
            author=member.who,
            origin=origin,
            begins=True,
            messages={},
            former=found.messages,
        )
        return await self._recorded(tx, added, member, "broadcast.withdraw", found)

    async def edit(
        self, tx: UnitOfWork, number: int, messages: Mapping[str, Message], member: StaffMember, origin: str
    ) -> Amendment:
        """Hold a broadcast, and have it say something else: where it went out, and for those still to come.

        Its picture stays. One that needed a second person's approval needs it for its new words as well, and says the
        former ones until then. It goes on when somebody resumes it. Raises BroadcastRefused.
        """
        found = await self._sent(tx, number, member)
        pictured = {language: _with_picture(each, found) for language, each in messages.items()}
        today = tx.now.astimezone(Zone.WIB.tz).date()
        words = stamped(pictured, found.audience, today)
        if words == stamped(found.messages, found.audience, today):
            raise SameWords
        before = await tx.amendments.of(number)
        if any(each.kind is AmendmentKind.WITHDRAW or each.state in _UNDER_WAY for each in before):
            raise BeingAmended
        if found.state is BroadcastState.RUNNING:
            await self.office.act(tx, number, BroadcastAct.PAUSE, member)
        begins = found.expected <= self.office.rules.approval_above
        if begins:
            await tx.broadcasts.reword(number, words)
        added = await tx.amendments.add(
            number,
            AmendmentKind.EDIT,
            author=member.who,
            origin=origin,
            begins=begins,
            messages=words,
            former=found.messages,
        )
        return await self._recorded(tx, added, member, "broadcast.edit", found)

    async def approve(self, tx: UnitOfWork, number: int, member: StaffMember) -> Amendment:
        """Let a correction begin that somebody else wrote. Raises BroadcastRefused."""
        may_broadcast(member)
        found = await tx.amendments.get(number)
        waiting = {AmendmentState.WAITING_APPROVAL}
        if found is None or found.state not in waiting:
            raise BeingAmended
        values = {"approver": member.who, "begun_at": tx.now}
        if not await tx.amendments.move(
            number, AmendmentState.COLLECTING, since=waiting, by_other_than=member.who, **values
        ):
            raise OwnApproval
        await tx.broadcasts.reword(found.broadcast, found.messages)
        return await self._recorded(tx, number, member, "broadcast.edit.approve", await known(tx, found.broadcast))

    async def stop(self, tx: UnitOfWork, number: int, member: StaffMember) -> Amendment:
        """Call off a correction; where it stands already it stays. Raises BroadcastRefused."""
        may_broadcast(member)
        found = await tx.amendments.get(number)
        if found is None or found.kind is AmendmentKind.WITHDRAW or not await self._stop(tx, found):
            raise BeingAmended
        return await self._recorded(tx, number, member, "broadcast.edit.stop", await known(tx, found.broadcast))

    async def stop_all(self, tx: UnitOfWork, member: StaffMember) -> list[Amendment]:
        """Call off every correction that is on its way. Raises NotAllowed."""
        may_broadcast(member)
        going = await tx.amendments.correcting()
        for each in going:
            await self.stop(tx, each.id, member)
        return going

    async def _stop(self, tx: UnitOfWork, amendment: Amendment) -> bool:
        since = {*_UNDER_WAY, AmendmentState.COLLECTED}
        moved = await tx.amendments.move(amendment.id, AmendmentState.STOPPED, since=since)
        return moved and await tx.amendments.stop(amendment) >= 0

    async def _sent(self, tx: UnitOfWork, number: int, member: StaffMember) -> Broadcast:
        may_broadcast(member)
        found = await known(tx, number)
        progress = await tx.broadcasts.progress(number)
        if not progress.sent + progress.unknown and not (found.state is BroadcastState.RUNNING and progress.waiting):
            raise NothingSent
        return found

    async def _recorded(
        self, tx: UnitOfWork, added: int | None, member: StaffMember, act: str, found: Broadcast
    ) -> Amendment:
        amendment = None if added is None else await tx.amendments.get(added)
        if amendment is None:
            raise BeingAmended
        await tx.staff.record(member.who, act, found.source, amendment=amendment.id)
        return amendment


def _with_picture(message: Message, found: Broadcast) -> Message:
    before = found.messages["id"]
    return replace(message, picture=before.picture, attachment=before.attachment)
