"""Many at once: complaints that are ticked in the list, and what is done to all of them by one press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from nicegui import ui

from bot.console import thread_sheets
from bot.console.desk import Desk, Listed
from bot.console.fields import area, typed_in
from bot.console.parts import box, button, sheet, shut_sheets, words
from bot.console.refusal_words import told_of
from bot.helpdesk.console_acts import Acted, Seen
from handlers.helpdesk.orders import Order, TicketAct
from locales import _, _n, plainly
from programme.model.tickets import Ticket


@dataclass(slots=True, eq=False)
class Many:
    """What is ticked, each as it was seen then, and the bar that acts on it."""

    desk: Desk
    bar: ui.element
    on_done: Callable[[Sequence[Acted]], Awaitable[None]]
    chosen: dict[int, Seen] = field(default_factory=dict)
    _offered: dict[int, Seen] = field(default_factory=dict)

    def offer(self, one: Ticket, read: Listed) -> bool:
        """Have a complaint of the list to tick, as it is seen now; tell whether it is ticked."""
        self._offered[one.id] = read.seen(one)
        return one.id in self.chosen

    def tick(self, number: int, *, ticked: bool) -> None:
        """Take in that somebody ticked the box before a row, or took the tick away."""
        if ticked and number in self._offered:
            self.chosen[number] = self._offered[number]
        else:
            self.chosen.pop(number, None)
        self.draw()

    def begin(self) -> None:
        """Begin a list anew: what was offered before is not any more."""
        self._offered.clear()

    def draw(self) -> None:
        """Draw the bar, where anything is ticked."""
        self.bar.clear()
        if not self.chosen:
            return
        with self.bar, box("many", role="group", aria_label=_("Yang dipilih")):
            count = len(self.chosen)
            words(plainly(_n("{count} dipilih", "{count} dipilih", count), count=count), "name")
            button(_("Semua"), self._all, css="tool").mark("pilih semua")
            button(_("Tutup"), self._close, sign="done").mark("tutup semua")
            button(_("Label"), self._label, sign="label").mark("label semua")
            button(_("Insiden"), self._tie, sign="fire").mark("ikat semua")

    def _close(self) -> None:
        with sheet(_("Tutup semua yang dipilih")):
            count = len(self.chosen)
            told = _n(
                "{count} aduan. Yang pesertanya baru menulis tidak ikut.",
                "{count} aduan. Yang pesertanya baru menulis tidak ikut.",
                count,
            )
            words(plainly(told, count=count), "quiet", "p")
            farewell = area(_("Kata penutup, boleh kosong"), _("Kata penutup, boleh kosong"))
            button(_("Tutup semua"), self._close_all, css="primary", sign="done", tells=typed_in(farewell)).mark(
                "ya tutup"
            )

    async def _close_all(self, text: str = "") -> None:
        await self._do(Order(TicketAct.CLOSE, words=text.strip()))
        shut_sheets()

    async def _label(self) -> None:
        thread_sheets.label((), await self.desk.labels(), self._do)

    async def _tie(self) -> None:
        thread_sheets.tie((await self.desk.incidents()).items(), self._do, may_open=False)

    def _all(self) -> None:
        self.chosen = dict(self._offered)
        self.draw()
        ui.run_javascript("konsol.tickAll(true)")

    def _clear(self) -> None:
        self.chosen.clear()
        self.draw()
        ui.run_javascript("konsol.tickAll(false)")

    async def _do(self, order: Order) -> None:
        done = await self.desk.act_on_many(order, dict(self.chosen))
        self._clear()
        await self.on_done(done)


def told_of_many(done: Sequence[Acted]) -> str:
    """Say how many were done, and why the others were not."""
    count = sum(one.done for one in done)
    told = plainly(_n("{count} beres.", "{count} beres.", count), count=count)
    reasons = sorted({told_of(one) for one in done if not one.done})
    if not reasons:
        return told
    others = plainly(_("{count} tidak: {why}"), count=len(done) - count, why=" ".join(reasons))
    return f"{told} {others}"
