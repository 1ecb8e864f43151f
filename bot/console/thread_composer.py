"""Where an answer is written: the field, replies kept ready, the draft, and what becomes of the words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from json import dumps
from typing import Any, Final

from nicegui import ui

from bot.console.desk import Desk, Thread
from bot.console.parts import Words, box, button, safely, words
from bot.console.still import still
from handlers.helpdesk.orders import Order, TicketAct
from locales import _

WRITTEN: Final = "(e) => emit(document.querySelector('.composer textarea').value)"
"""The function of the browser's with which a button tells what is written."""

_TYPED: Final = "(e) => { clearTimeout(konsol.typing); konsol.typing = setTimeout(() => emit(e.target.value), 500); }"
_CHOSEN: Final = (
    "(e) => { const one = e.target.closest('.canned-reply'); "
    "if (one) konsol.draft(one.querySelector('.said').textContent); }"
)
_WRITES: Final = "(e) => { if (Date.now() - konsol.wrote > 2500) { konsol.wrote = Date.now(); emit(1); } }"


@dataclass(slots=True, eq=False)
class ThreadComposer:
    """The field below a complaint; what is typed is kept as a draft, and colleagues see that somebody writes."""

    desk: Desk
    number: int
    tab: str
    do: Callable[[Order], Awaitable[None]]
    _kept: Words = field(init=False)

    def draw(self, read: Thread) -> None:
        """Draw it, with the draft that was left."""
        with box("composer"):
            _draw_canned(read)
            area = box("input", "textarea", rows="3", maxlength="4096", aria_label=_("Jawaban untuk peserta"))
            area.props["placeholder"] = _("Tulis jawaban, atau / untuk balasan siap. {nama} diisi saat dikirim.")
            area.on("input", safely(self._typed), js_handler=_TYPED)
            area.on("keydown", safely(self._writes), js_handler=_WRITES)
            area.mark("jawaban")
            self._kept = words("", "quiet kept")
            with box("acts"):
                button(_("Kirim ke peserta"), self._say, css="primary", sign="send", tells=WRITTEN).mark("kirim")
                button(_("Catat"), self._note, sign="note", key="n", tells=WRITTEN).mark("catat")
                button(_("Kirim dan tutup"), self._say_and_close, sign="done", tells=WRITTEN).mark("kirim-tutup")
        if read.draft:
            ui.run_javascript(f"konsol.draft({dumps(read.draft)})")

    async def _typed(self, text: Any = "") -> None:
        await self.desk.keep(self.number, str(text))
        self._kept.text = _("Draf tersimpan.") if str(text).strip() else ""

    def _writes(self, _once: Any = None) -> None:
        self.desk.page.console.live.presence.write(self.tab)

    async def _say(self, text: Any = "") -> None:
        await self.do(Order(TicketAct.SAY, words=str(text).strip()))

    async def _say_and_close(self, text: Any = "") -> None:
        await self.do(Order(TicketAct.CLOSE, words=str(text).strip()))

    async def _note(self, text: Any = "") -> None:
        await self.do(Order(TicketAct.NOTE, words=str(text).strip()))


def _draw_canned(read: Thread) -> None:
    listed = box("canned", hidden="hidden", role="group", aria_label=_("Balasan siap"))
    listed.on("click", js_handler=_CHOSEN)
    with listed, still():
        for one in read.canned.values():
            if not one.text:
                continue
            with box("canned-reply", "button", type="button", data_name=one.name):
                words(one.name, "name")
                words(one.text, "said")
