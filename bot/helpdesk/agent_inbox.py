"""Agent inbox: what is said and pressed in a ticket's topic, carried out on the ticket under its fence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.helpdesk.incident_commands import begun
from bot.helpdesk.keys import keys_to
from bot.helpdesk.situations import InTopic, Situations
from bot.helpdesk.staff_commands import StaffCommands
from bot.helpdesk.ticket_lock import Shown, owe, unless_overtaken
from bot.store import InboxRow, Store, UnitOfWork
from handlers.helpdesk.acts import decide
from handlers.helpdesk.orders import NOTE_PROMPT, Order, TicketAct, read_order, ticket_of
from handlers.helpdesk.situation import Situation, TicketDecision
from locales import speaking
from programme.helpdesk import HelpdeskRules
from programme.model.deliveries import Claimed
from programme.model.messages import Incoming, Message, Sort
from programme.model.tickets import Author, Entry, Ticket, TicketState

STAFF_CHANNEL = "telegram"
_NEVER_EDITS = frozenset({"whatsapp"})  # what is sent there stays: a correction is a message of its own
_STRANGER = "🚫 Kamu belum terdaftar sebagai petugas. Minta undangan ke supervisor (/undang)."


@dataclass(frozen=True, slots=True)
class Owed:
    """What an act owes to its person: what goes out at once, under which source, and which entry says or notes it."""

    claimed: Sequence[Claimed] = ()
    source: str | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class AgentInbox:
    """Carries out what staff want, each in one transaction; who holds a ticket is asked again in it."""

    store: Store
    rules: HelpdeskRules
    counter: StaffCommands
    situations: Situations
    held_back: timedelta | None = None
    """For how long what is owed to people waits for a worker, because it may be undone; None sends it at once."""

    async def said(self, row: InboxRow) -> Sequence[Claimed]:
        """Take in one message or press of the staff; return what goes out at once."""
        return await unless_overtaken(lambda: self._taken(row))

    async def _taken(self, row: InboxRow) -> Sequence[Claimed]:
        async with self.store.writing() as tx:
            return await self._said(tx, row.incoming) if await tx.inbox.handled(row.id) else ()

    async def _said(self, tx: UnitOfWork, incoming: Incoming) -> Sequence[Claimed]:
        room, _slash, topic = incoming.address.partition("/")
        member = await tx.staff.at(STAFF_CHANNEL, incoming.sender or "")
        ticket = await self._ticket(tx, incoming, room, topic)
        if incoming.sort is Sort.STOPPED:
            return await self._left(tx, incoming)
        if ticket is None:
            return await self.counter.said(tx, incoming, member, room)
        if member is None:
            await tx.ticket_entries.say_to_staff(ticket.id, _STRANGER)
            return ()
        person = await tx.people.get(ticket.participant)
        if person is None:
            return ()
        said = InTopic(ticket, member, person, incoming)
        if incoming.edited:
            return await self._corrected(tx, said)
        with speaking(person.language):
            situation = await self.situations.of(tx, said)
            order = await self._order(tx, ticket, incoming)
            decided = decide(order, situation)
            return (await self.carry_out(tx, order, decided, situation, incoming)).claimed

    async def _left(self, tx: UnitOfWork, incoming: Incoming) -> Sequence[Claimed]:
        """Who left the group is off duty; the rounds give their tickets to others."""
        who = f"{STAFF_CHANNEL}:{incoming.sender}"
        await tx.agents.set(who, on_duty=False)
        await tx.staff.record(who, "duty.left", who)
        return ()

    async def _ticket(self, tx: UnitOfWork, incoming: Incoming, room: str, topic: str) -> Ticket | None:
        """Find the ticket and lock its person first, as everybody does, then the ticket."""
        number = ticket_of(incoming.action)
        found = await tx.tickets.get(number) if number else await tx.tickets.in_topic(room, topic) if topic else None
        if found is None:
            return None
        await tx.people.lock(found.participant)
        return await tx.tickets.get(found.id, lock=True)

    async def _order(self, tx: UnitOfWork, ticket: Ticket, incoming: Incoming) -> Order:
        order = read_order(incoming.text, incoming.action)
        if order.act is TicketAct.SAY and incoming.answers is not None:
            answered = await tx.ticket_entries.at(ticket.id, shown=incoming.answers)
            if answered is not None and answered.text == NOTE_PROMPT:
                return Order(TicketAct.NOTE, words=order.words)
        return order

    async def carry_out(
        self, tx: UnitOfWork, order: Order, decided: TicketDecision, at: Situation, incoming: Incoming
    ) -> Owed:
        """Keep what was decided on a locked ticket, and its trace in the records; return what its person is owed."""
        before, who = at.ticket, at.member.who
        if decided.opens_incident:
            decided = await self._with_incident(tx, decided, at)
        if decided.ticket != before:
            await tx.tickets.save(decided.ticket)
            if decided.ticket.state is TicketState.HELD and before.state is not TicketState.HELD:
                await tx.dialogues.close(before.participant)
            if decided.ticket.owner == who and not at.known:
                await tx.agents.set(who, on_duty=True)  # whoever answers is at work
        if decided.muted is True:
            await tx.tickets.mute(before.participant, who)
        elif decided.muted is False:
            await tx.tickets.unmute(before.participant)
        if decided.show_card:
            await tx.views.shown(before.id, card=None, card_digest=None)
            await tx.views.stale(before.id)
        mine = Entry(ticket=before.id, at=tx.now, author=Author.NOTE, text=decided.note, who=who)
        mine = replace(mine, shown=incoming.message or incoming.pressed, origin=incoming.message)
        note = await tx.ticket_entries.say(mine) if decided.note else None
        said = replace(mine, author=Author.AGENT, text=decided.said, attachment=at.attachment)
        owed = await send(tx, decided, said, at, held_back=self.held_back)
        if note is not None and owed.entry is None:
            owed = replace(owed, entry=note.id)
        if decided.told:
            await tx.ticket_entries.say_to_staff(before.id, decided.told, keys_to(decided.keys) or None)
        if incoming.redacted:
            told = "🔒 Bagian rahasia di pesanmu dihapus sebelum disimpan dan dikirim."
            await tx.ticket_entries.say_to_staff(before.id, told)
        if decided.done:
            # A label is words about a person, and the trail is kept for good.
            details = {"target": order.target} if order.target and order.act is not TicketAct.LABEL else {}
            await tx.staff.record(who, f"ticket.{order.act}", f"ticket/{before.id}", **details)
        return owed

    async def _with_incident(self, tx: UnitOfWork, decided: TicketDecision, at: Situation) -> TicketDecision:
        """Tie the ticket to the incident of its kind, which begins with it where there is none."""
        about, concerned = at.ticket.about, at.ticket.concerned
        found = await tx.incidents.current(about, concerned)
        tied = 0
        if found is None:
            found, tied = await begun(tx, about, concerned, rules=self.rules, who=at.member.who)
        fresh = await tx.tickets.get(at.ticket.id) or at.ticket
        told = f"🔥 Diikat ke insiden {found.id}" + (f", bersama {tied - 1} aduan lain." if tied > 1 else ".")
        return replace(decided, ticket=replace(fresh, incident=found.id), told=f"{told} Kabarnya: /kabar di grup.")

    async def _corrected(self, tx: UnitOfWork, said: InTopic) -> Sequence[Claimed]:
        """Show the person what the agent changed, in place where their channel can."""
        ticket, member, incoming = said.ticket, said.member, said.incoming
        entry = await tx.ticket_entries.at(ticket.id, origin=incoming.message)
        if entry is None or incoming.text.startswith("/") or entry.who != member.who:
            return ()
        changed = replace(entry, text=incoming.text, at=tx.now, corrects=entry.id, shown=incoming.message)
        if entry.author is Author.NOTE:
            await tx.ticket_entries.say(changed)
            return ()
        with speaking(said.person.language):
            situation = await self.situations.of(tx, replace(said, incoming=replace(incoming, answers=None)))
            decided = decide(Order(TicketAct.SAY, words=incoming.text), situation)
        if not situation.owns or not decided.done:
            told = "🚫 Suntingan tidak terkirim: aduan ini tidak kamu pegang."
            await tx.ticket_entries.say_to_staff(ticket.id, told)
            return ()
        place = await tx.ticket_entries.carried(entry.corrects or entry.id)
        await tx.staff.record(member.who, "ticket.edit", f"ticket/{ticket.id}")
        if place is not None and place[0] in _NEVER_EDITS:
            place = None
        if place is None:
            decided = replace(decided, replies=(Message(f"✏️ {decided.replies[0].text}"),))
        return (await send(tx, decided, changed, situation, instead_of=place)).claimed


async def send(
    tx: UnitOfWork,
    decided: TicketDecision,
    mine: Entry,
    at: Situation,
    instead_of: Shown | None = None,
    *,
    held_back: timedelta | None = None,
) -> Owed:
    """Owe the person what was decided, under the entry that says it; held back, or to be sent at once."""
    if not decided.replies:
        return Owed()
    entry = mine
    source = f"ticket/{at.ticket.id}/{{entry}}"
    if mine.text or any(reply.attachment for reply in decided.replies):
        entry = await tx.ticket_entries.say(mine, source=source)
    first = source.format(entry=entry.id or f"{at.ticket.fence}-{tx.now:%Y%m%d%H%M%S%f}")
    claimed = await owe(tx, at.ticket, first, decided.replies, instead_of, held_back=held_back)
    return Owed(claimed, first, entry.id or None)
