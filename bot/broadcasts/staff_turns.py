"""Turns of the staff: who is writing is looked up, and what they ordered is carried out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot.broadcasts.amending import Amending
from bot.broadcasts.preloaded import PreloadedQueries, Question
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.telling import ask_for_approval, tell_author
from bot.store import UnitOfWork
from handlers.dialogue.staff_door import concerns_staff
from handlers.dialogue.turn_input import TurnOutcome
from handlers.staff.console import no_console, way_in
from handlers.staff.refused import refused
from locales import speaking
from programme.model.broadcast_refusals import BroadcastRefused
from programme.model.broadcasts import Broadcast, BroadcastActed, BroadcastOrder, BroadcastOrdered, BroadcastState
from programme.model.dialogues import Dialogue
from programme.model.messages import Incoming
from programme.model.staff import LINK_LASTS, ConsoleWished, StaffMember


@dataclass(slots=True)
class StaffTurns:
    """What the turn handler needs for the staff."""

    office: BroadcastService
    console_url: str | None = None
    """Where the staff find their console."""

    async def desk(
        self, tx: UnitOfWork, incoming: Incoming, dialogue: Dialogue | None, known: dict[Question, Any]
    ) -> PreloadedQueries | None:
        """Return the desk of the member who is writing; None for everybody else, and where none is needed."""
        if not concerns_staff(incoming, dialogue):
            return None
        member = await tx.staff.at(incoming.channel, incoming.address)
        return None if member is None else PreloadedQueries(member, known)

    async def carry_out(
        self, tx: UnitOfWork, outcome: TurnOutcome, desk: PreloadedQueries | None, origin: str
    ) -> TurnOutcome:
        """Carry out what was ordered; who ordered something impossible hears why instead."""
        if desk is None:
            return outcome
        try:
            for order in outcome.orders:
                if isinstance(order, ConsoleWished):
                    outcome = await self._to_console(tx, outcome, desk.member)
                    continue
                await self.obey(tx, order, desk.member, origin)
        except BroadcastRefused as refusal:
            with speaking(outcome.participant.language):
                return replace(outcome, reply=replace(refused(refusal), edits=outcome.reply.edits))
        return outcome

    async def _to_console(self, tx: UnitOfWork, outcome: TurnOutcome, member: StaffMember) -> TurnOutcome:
        """Answer with a link that lets the member in once, or say that there is no console."""
        code = await tx.doors.link(member, member.who, LINK_LASTS) if self.console_url else None
        if code is not None:
            await tx.staff.record(member.who, "console.link", member.who)
        with speaking(outcome.participant.language):
            reply = no_console() if code is None else way_in(f"{self.console_url}/konsol/masuk/{code}")
        return replace(outcome, reply=reply)

    async def stop_all(self, tx: UnitOfWork, member: StaffMember) -> list[Broadcast]:
        """Pause everything that goes out, also corrections, and tell whoever ordered it. Raises BroadcastRefused."""
        stopped = await self.office.stop_all(tx, member)
        await Amending(self.office).stop_all(tx, member)
        for each in stopped:
            await tell_author(tx, each, self.office.rules)
        return stopped

    async def obey(self, tx: UnitOfWork, order: BroadcastOrder, member: StaffMember, origin: str) -> Broadcast:
        """Carry out one order and tell those whom it concerns. Raises BroadcastRefused."""
        rules = self.office.rules
        match order:
            case BroadcastOrdered(draft, outlook):
                found = await self.office.order(tx, draft, outlook, member, origin)
                if found.state is BroadcastState.WAITING_APPROVAL:
                    await ask_for_approval(tx, found, rules)
            case BroadcastActed(number, act):
                found = await self.office.act(tx, number, act, member)
            case _:
                assert_never(order)
        await tell_author(tx, found, rules)
        return found
