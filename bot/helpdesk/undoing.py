"""Undoing: for some seconds an act at the console is taken back whole, or has gone out whole; never half, never twice.

What it owes to the person lies due in the outbox that much later. A worker takes it then, whatever became of the page;
until one does, taking it back cancels it in the transaction that puts the ticket as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from html import escape
from typing import Any, Final

from bot.helpdesk.agent_inbox import Owed
from bot.store import UnitOfWork
from bot.store.repositories.undos import Undo
from handlers.helpdesk.orders import Order, TicketAct
from programme.model.staff import StaffMember
from programme.model.tickets import Ticket, TicketState

WITHIN: Final = timedelta(seconds=10)
"""For so long an act may be undone, and what it owes is held back."""

UNDOABLE: Final = frozenset(
    {
        TicketAct.SAY,
        TicketAct.ASK,
        TicketAct.CLOSE,
        TicketAct.TO_BOT,
        TicketAct.OUTSIDE,
        TicketAct.HAND,
        TicketAct.TAKE,
        TicketAct.PUT_OFF,
        TicketAct.LABEL,
        TicketAct.NOTE,
        TicketAct.REOPEN,
    }
)
_SPARE: Final = timedelta(seconds=5)  # for the way of the press, where nothing is owed to anybody
_STAYS: Final = frozenset({"id", "participant", "fence"})
_MOMENTS: Final = frozenset(field.name for field in fields(Ticket) if "datetime" in str(field.type))


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of it: the words of each ticket as they were typed, and how many acts had gone out already."""

    words: dict[int, str]
    late: int = 0


async def remember(  # noqa: PLR0917 - who did what to which, and what it owes, by which press
    tx: UnitOfWork, before: Ticket, order: Order, owed: Owed, who: str, batch: str
) -> bool:
    """Remember what an act changed, so that it can be undone; tell whether it can be."""
    after = await tx.tickets.get(before.id)
    if order.act not in UNDOABLE or after is None:
        return False
    await tx.undos.remember(
        participant=before.participant,
        ticket=before.id,
        batch=batch,
        who=who,
        act=order.act,
        until=tx.now + WITHIN,
        changed=_changed(before, after),
        source=owed.source,
        entry=owed.entry,
        words=order.words or None,
    )
    return True


async def undo(tx: UnitOfWork, batch: str, member: StaffMember) -> Undone:
    """Undo what a member did by one press, on each ticket of which nothing has gone out yet."""
    words, late = dict[int, str](), 0
    for one in await tx.undos.take(batch, member.who):
        await tx.people.lock(one.participant)
        ticket = await tx.tickets.get(one.ticket, lock=True)
        if ticket is None or not await _held_back(tx, one):
            late += 1
            continue
        await tx.tickets.save(_as_before(ticket, one))
        if one.entry is not None:
            await tx.ticket_entries.take_back(one.entry)
        told = f"↩️ {escape(member.name)} mengurungkan: {one.act}. Tidak ada yang terkirim ke peserta."
        await tx.ticket_entries.say_to_staff(ticket.id, told)
        await tx.staff.record(member.who, "ticket.undo", f"ticket/{ticket.id}", of=one.act)
        words[ticket.id] = one.words or ""
    return Undone(words, late)


async def _held_back(tx: UnitOfWork, one: Undo) -> bool:
    """Take back what is owed; where nothing is, the time alone decides."""
    if one.source is None:
        return tx.now <= one.until + _SPARE
    return await tx.undos.hold_back(one.participant, one.source)


def _changed(before: Ticket, after: Ticket) -> dict[str, list[Any]]:
    names = [field.name for field in fields(Ticket) if field.name not in _STAYS]
    return {
        name: [_written(getattr(before, name)), _written(getattr(after, name))]
        for name in names
        if getattr(before, name) != getattr(after, name)
    }


def _as_before(ticket: Ticket, one: Undo) -> Ticket:
    """Put back what is still as the act left it; what others changed since stays."""
    back = {name: was for name, (was, became) in one.changed.items() if _written(getattr(ticket, name)) == became}
    return replace(ticket, **{name: _read(name, was) for name, was in back.items()})


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    return TicketState(value) if name == "state" else value
