"""Acts at the console: the same decisions as in the staff's group, on the ticket as the agent saw it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from uuid import uuid4

from bot.helpdesk.agent_inbox import AgentInbox
from bot.helpdesk.filling import refused_words
from bot.helpdesk.situations import InTopic
from bot.helpdesk.undoing import WITHIN, remember
from bot.store import UnitOfWork
from handlers.helpdesk.acts import decide
from handlers.helpdesk.orders import Order, TicketAct
from handlers.helpdesk.refusals import Refusal
from handlers.helpdesk.situation import Situation, TicketDecision
from locales import speaking
from programme.model.messages import Incoming
from programme.model.participants import Participant
from programme.model.staff import StaffMember
from programme.redaction.cutter import redact
from programme.typed_facts import typed_in_talk

_TAG = re.compile(r"<[^>]*>")
_ANSWERS = frozenset({TicketAct.SAY, TicketAct.CLOSE})
"""What the participant hears as it was written here."""

_ALWAYS = frozenset({TicketAct.NOTE, TicketAct.UNMUTE, TicketAct.LABEL})
"""What harms nobody, however the ticket changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a page showed the ticket when the agent acted: its fence, and the last entry."""

    fence: int
    entry: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What came of an act: plain words for the agent, or why it was refused, by kind.

    `overtaken` says that somebody else was quicker: nothing was done, and what was written is to be kept. What may be
    `undone` names the press that did it.
    """

    done: bool
    told: str = ""
    refusal: Refusal | None = None
    overtaken: bool = False
    undone: str = ""


@dataclass(frozen=True, slots=True)
class ConsoleActs:
    """Carries out what staff do at the console, each in the transaction in which they were let do it."""

    inbox: AgentInbox

    async def act(  # noqa: PLR0917 - who does what to which, as it was seen, by which press
        self, tx: UnitOfWork, number: int, order: Order, member: StaffMember, seen: Seen, press: str
    ) -> Acted:
        """Carry out one order on a ticket that was `seen` so. What is done by one `press` is undone by one."""
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
            inbox = replace(self.inbox, held_back=WITHIN)
            situation = await inbox.situations.of(tx, said, seen_to=seen.entry)
            if (wrong := self._wrong(order, person)) is not None:
                return Acted(done=False, refusal=wrong)
            decided = _decided(order, situation)
            if not decided.done:
                return Acted(done=False, told=plain_told(decided.told), refusal=decided.refusal)
            owed = await inbox.carry_out(tx, order, decided, situation, incoming)
        may = await remember(tx, ticket, order, owed, member.who, press)
        return Acted(done=True, told=plain_told(decided.told), undone=press if may else "")

    def _wrong(self, order: Order, person: Participant) -> Refusal | None:
        """Say what of an answer can't go out: a place that nobody can fill, a fact that a place would fill."""
        if order.act not in _ANSWERS:
            return None
        typed = typed_in_talk(order.words, self.inbox.situations.programme, person.wave)
        return refused_words(order.words, typed)


def _decided(order: Order, at: Situation) -> TicketDecision:
    """Decide; {places} in an answer are filled as in a reply kept ready, and staff see it of a hidden person."""
    if order.act not in _ANSWERS or "{" not in order.words:
        return decide(order, at)
    decided = decide(replace(order, words=at.fill(order.words)), at)
    return replace(decided, said=at.show(order.words)) if decided.done else decided


def plain_told(told: str) -> str:
    """Return what the staff are told without its markup."""
    return unescape(_TAG.sub("", told))
