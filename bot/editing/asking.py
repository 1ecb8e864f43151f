"""Asking: whoever may approve an edit hears in their own chat that one waits; it is decided at the console."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.editing.words import place_name, value_name
from bot.store import UnitOfWork
from locales import SOURCE, _, fill, speaking
from programme.edits import Edit
from programme.model.deliveries import Delivery
from programme.model.messages import Kind, Message
from programme.model.staff import StaffMember
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit changes, and from what, in the programme as it holds."""

    edit: Edit
    before: str | None
    programme: Programme


async def ask_second_person(
    tx: UnitOfWork, number: int, change: Change, proposer: StaffMember, others: Sequence[StaffMember]
) -> None:
    """Put a message to each of the others in the outbox; who never wrote to the bot sees it at the console."""
    asked = [await _request(tx, number, change, proposer, each) for each in others]
    await tx.outbox.put([each for each in asked if each is not None])


async def _request(
    tx: UnitOfWork, number: int, change: Change, proposer: StaffMember, member: StaffMember
) -> Delivery | None:
    person = await tx.people.who(member.channel, member.address)
    if person is None:
        return None
    known = await tx.people.get(person)
    with speaking(known.language if known is not None else SOURCE):
        message = Message(_words(number, change, proposer))
    return Delivery(
        participant=person,
        source=f"edit/{number}/approval",
        kind=Kind.STAFF,
        due_at=tx.now,
        message=message,
        channel=member.channel,
        address=member.address,
    )


def _words(number: int, change: Change, proposer: StaffMember) -> str:
    edit = change.edit
    return fill(
        _(
            "📝 {name} mengusulkan perubahan {number}, dan butuh persetujuanmu:\n\n"
            "<b>{what}</b>\n{before} → <b>{after}</b>\nSumber: {source}\n\n"
            "Periksa dampaknya di konsol, halaman <b>Program</b>: /konsol"
        ),
        name=proposer.name,
        number=number,
        what=place_name(edit.place, change.programme),
        before=value_name(edit.place, change.before),
        after=value_name(edit.place, edit.value),
        source=edit.source,
    )
