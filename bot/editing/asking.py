"""Asking: whoever may approve an edit hears in their own chat that one waits; it is decided at the console."""

from __future__ import annotations

from dataclasses import dataclass

from bot.editing.words import place_name, value_name
from bot.helpdesk.asking_staff import ask_in_chats, others_of
from bot.store import UnitOfWork
from locales import _, fill
from programme.edits import Edit
from programme.model.staff import Role, StaffMember
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit changes, and from what, in the programme as it holds."""

    edit: Edit
    before: str | None
    programme: Programme


async def ask_second_person(tx: UnitOfWork, number: int, change: Change, proposer: StaffMember, role: Role) -> None:
    """Tell everybody else whose role reaches so far that an edit waits."""
    others = await others_of(tx, proposer, role)
    await ask_in_chats(tx, f"edit/{number}/approval", others, lambda: _words(number, change, proposer))


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
