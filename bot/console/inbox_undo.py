"""Urungkan: what was done at the inbox is said, with a button that takes it back for as long as that is possible."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from json import dumps

from nicegui import ui

from bot.console.desk import Desk
from bot.console.many import told_of_many
from bot.console.parts import notice, safely
from bot.helpdesk.console_acts import Acted
from bot.helpdesk.undoing import WITHIN
from locales import _, _n, plainly


@dataclass(frozen=True, slots=True)
class InboxUndo:
    """The button of the toast; after it the list is read anew, and the one complaint that it was about is opened."""

    desk: Desk
    read: Callable[[], Awaitable[None]]
    open: Callable[[int], Awaitable[None]]

    async def attend(self) -> None:
        """Hear the button, and offer to take back what was done in a tab that was closed or loaded anew since."""
        ui.on("urungkan", safely(self.undo))
        if (may := await self.desk.undoable()) is not None:
            press, count, until = may
            told = plainly(_n("{count} aduan baru saja diubah.", "{count} aduan baru saja diubah.", count), count=count)
            _offer(press, told, (until - self.desk.page.console.parts.store.clock.now()).total_seconds())

    async def done(self, acted: Acted) -> None:
        """Say that it is done, and for how long it can be taken back."""
        if acted.undone:
            _offer(acted.undone, _("Beres."), WITHIN.total_seconds())
        else:
            notice(_("Beres."))

    async def done_to_many(self, done: Sequence[Acted]) -> None:
        """Say how many were done by one press, which takes all of them back."""
        press = next((one.undone for one in done if one.undone), "")
        if press:
            _offer(press, told_of_many(done), WITHIN.total_seconds())
        else:
            notice(told_of_many(done), bad=not any(one.done for one in done))
        await self.read()

    async def undo(self, press: str = "") -> None:
        """Take back what was done a moment ago; what was written is in the field again."""
        undone = await self.desk.undo(str(press))
        late = plainly(_n("{count} sudah terkirim.", "{count} sudah terkirim.", undone.late), count=undone.late)
        if not undone.words:
            notice(_("Terlambat: sudah terkirim."), bad=True)
            return
        notice(" ".join((_("Diurungkan. Tidak ada yang terkirim."), late if undone.late else "")).strip())
        await self.read()
        if len(undone.words) == 1:
            await self.open(next(iter(undone.words)))


def _offer(press: str, told: str, seconds: float) -> None:
    label = _("Urungkan")
    ui.run_javascript(f"konsol.undo({dumps(press)}, {dumps(told)}, {dumps(label)}, {max(seconds, 0):.1f})")
