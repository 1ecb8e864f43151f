"""Asking staff: whoever may decide something hears in their own chat with the bot that it waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.store import UnitOfWork
from locales import SOURCE, speaking
from programme.model.deliveries import Delivery
from programme.model.messages import Kind, Message
from programme.model.staff import Role, StaffMember


async def others_of(tx: UnitOfWork, member: StaffMember, role: Role) -> list[StaffMember]:
    """Return everybody else whose role reaches so far."""
    return [one for one in await tx.staff.everybody() if one.who != member.who and one.role.covers(role)]


async def ask_in_chats(tx: UnitOfWork, source: str, members: Sequence[StaffMember], words: Callable[[], str]) -> None:
    """Put a message to each in the outbox, HTML in their language; who never wrote to the bot sees it elsewhere."""
    asked = [await _request(tx, source, member, words) for member in members]
    await tx.outbox.put([each for each in asked if each is not None])


async def _request(tx: UnitOfWork, source: str, member: StaffMember, words: Callable[[], str]) -> Delivery | None:
    person = await tx.people.who(member.channel, member.address)
    if person is None:
        return None
    known = await tx.people.get(person)
    with speaking(known.language if known is not None else SOURCE):
        message = Message(words())
    return Delivery(
        participant=person,
        source=source,
        kind=Kind.STAFF,
        due_at=tx.now,
        message=message,
        channel=member.channel,
        address=member.address,
    )
