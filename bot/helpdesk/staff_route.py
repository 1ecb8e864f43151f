"""Route of the staff's messages: what is said in their groups goes to the helpdesk, not to a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store import InboxRow, UnitOfWork
from programme.model.deliveries import Claimed

if TYPE_CHECKING:
    from bot.helpdesk.service import Helpdesk  # only loaded where there is a staff group

_SORRY = "⚠️ Satu pesan atau tombol petugas tidak bisa diproses dan dilewati. Ulangi, atau minta operator melihat."


@dataclass(frozen=True, slots=True)
class StaffRoute:
    """Answers messages of the staff's channel; without a helpdesk, what was left of one is let go."""

    helpdesk: Helpdesk | None

    async def answer(self, row: InboxRow) -> Sequence[Claimed]:
        """Carry out what a member of the staff said; return what goes to participants at once."""
        return () if self.helpdesk is None else await self.helpdesk.staff_said(row)

    async def apologise(self, tx: UnitOfWork, row: InboxRow) -> None:
        """Tell the group that a message was passed over."""
        room = row.incoming.address.partition("/")[0]
        await tx.views.notify(f"failed/{row.id}", room, _SORRY)
