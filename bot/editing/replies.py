"""Canned replies as the staff's group changes them: proposed and approved by the same service as at the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from bot.editing.in_force import edits_in_force
from bot.editing.refusals import EditRefused, Why
from bot.editing.service import Wish, approve, propose, reject, withdraw
from bot.editing.tables import cell_of
from bot.editing.words import CANNED, why_not
from bot.helpdesk.reply_commands import WaitingReply
from bot.store import UnitOfWork
from programme.edits import Place
from programme.model.staff import StaffMember
from programme.model.zones import Zone

_MOST = 10


class GroupReplies:
    """Fills `ReplyEdits`. The source of what is written in the group is who wrote it, and when."""

    async def propose(self, tx: UnitOfWork, name: str, wanted: Mapping[str, str], member: StaffMember) -> str:
        """Propose the fields that are another; tell their numbers, or why not."""
        try:
            numbers = [await propose(tx, wish, member) for wish in await _wishes(tx, name, wanted, member)]
        except EditRefused as refused:
            return f"🚫 {escape(why_not(refused))}"
        if not numbers:
            return "🚫 Balasan itu sudah berbunyi begitu."
        told = " dan ".join(map(str, numbers))
        return f"📝 Usulan {told} untuk balasan <b>{escape(name)}</b> menunggu supervisor lain: /usulan"

    async def decide(self, tx: UnitOfWork, number: int, member: StaffMember, *, agrees: bool) -> str:
        """Approve a proposal, or reject it; one's own is withdrawn."""
        found = await tx.programme_edits.get(number)
        if found is None or found.place.file != CANNED:
            return f"🚫 {escape(why_not(EditRefused(Why.UNKNOWN)))}"
        try:
            if agrees:
                await approve(tx, number, member)
                return f"💾 Usulan {number} disetujui: balasan <b>{escape(found.place.row)}</b> berlaku."
            if found.proposed_by == member.who:
                await withdraw(tx, number, member)
                return f"Usulan {number} ditarik."
            await reject(tx, number, member)
        except EditRefused as refused:
            return f"🚫 {escape(why_not(refused))}"
        return f"Usulan {number} ditolak."

    async def waiting(self, tx: UnitOfWork) -> Sequence[WaitingReply]:
        """Return what waits for a second person."""
        found = await tx.programme_edits.open(_MOST, file=CANNED)
        names = await tx.agents.names({one.proposed_by for one in found})
        return [
            WaitingReply(
                one.id, one.place.row, one.place.field, one.edit.value, names.get(one.proposed_by, one.proposed_by)
            )
            for one in found
        ]


async def _wishes(tx: UnitOfWork, name: str, wanted: Mapping[str, str], member: StaffMember) -> list[Wish]:
    """Return what is another than what holds; of a reply that is new, its words go first."""
    edits, today = await edits_in_force(tx), tx.now.astimezone(Zone.WIB.tz).date().isoformat()
    wishes = []
    for field, value in wanted.items():
        place = Place(CANNED, name, field)
        cell = await cell_of(tx, place, edits)
        if cell is not None and cell.text != value:
            over = await tx.programme_edits.over(place)
            source = f"{member.name}, grup petugas"
            wishes.append(Wish(place=place, value=value, source=source, as_of=today, over=over))
    return wishes
