"""Acts at the console: the same decisions as in the staff's group, on the ticket as the agent saw it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from uuid import uuid4

from bot.helpdesk.agent_inbox import AgentInbox
from bot.helpdesk.filling import unknown_place
from bot.helpdesk.situations import InTopic
from bot.store import UnitOfWork
from handlers.helpdesk.acts import decide
from handlers.helpdesk.orders import Order, TicketAct
from handlers.helpdesk.situation import Situation, TicketDecision
from locales import speaking
from programme.model.deliveries import Claimed
from programme.model.messages import Incoming
from programme.model.staff import StaffMember
from programme.redaction.cutter import redact

_TAG = re.compile(r"<[^>]*>")
_ALWAYS = frozenset({TicketAct.NOTE, TicketAct.UNMUTE})
"""What harms nobody, however the ticket changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a page showed the ticket when the agent acted: its fence, and the last entry."""

    fence: int
    entry: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What came of an act: plain words for the agent, and what goes out at once.

    `overtaken` says that somebody else was quicker: nothing was done, and what was written is to be kept.
    """

    done: bool
    told: str = ""
    overtaken: bool = False
    claimed: Sequence[Claimed] = ()


@dataclass(frozen=True, slots=True)
class ConsoleActs:
    """Carries out what staff do at the console, each in the transaction in which they were let do it."""

    inbox: AgentInbox

    async def act(self, tx: UnitOfWork, number: int, order: Order, member: StaffMember, seen: Seen) -> Acted:
        """Carry out one order on a ticket that was `seen` so."""
        found = await tx.tickets.get(number)
        if found is None:
            return Acted(done=False)
        await tx.people.lock(found.participant)
        ticket = await tx.tickets.get(number, lock=True)
        person = await tx.people.get(found.participant)
        if ticket is None or person is None:
            return Acted(done=False)
        if ticket.fence != seen.fence and order.act not in _ALWAYS:
            return Acted(done=False, overtaken=True)
        words, redacted = redact(order.words)
        order = Order(order.act, order.target, words)
        incoming = Incoming(
            channel="console", address="", id=uuid4().hex, at=tx.now, text=words, redacted=redacted
        )  # without an id of a message: nobody sees it in the group yet
        with speaking(person.language):
            said = InTopic(ticket, member, person, incoming)
            situation = await self.inbox.situations.of(tx, said, seen_to=seen.entry)
            decided = _decided(order, situation)
            if not decided.done:
                return Acted(done=False, told=plain_told(decided.told))
            claimed = await self.inbox.carry_out(tx, order, decided, situation, incoming)
        return Acted(done=True, told=plain_told(decided.told), claimed=claimed)


def _decided(order: Order, at: Situation) -> TicketDecision:
    """Decide; {places} in an answer are filled as in a reply kept ready, and staff see it of a hidden person."""
    if order.act is not TicketAct.SAY or "{" not in order.words or unknown_place(order.words) is not None:
        return decide(order, at)
    decided = decide(Order(TicketAct.SAY, words=at.fill(order.words)), at)
    return replace(decided, said=at.show(order.words)) if decided.done else decided


def plain_told(told: str) -> str:
    """Return what the staff are told without its markup."""
    return unescape(_TAG.sub("", told))
