"""One proposal: what it changes, whom it touches, and the second person's decision."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from nicegui import ui

from bot.console.access import Right
from bot.console.edit_parts import FRONT, by_whom, draw_change, way_to
from bot.console.frame import title
from bot.console.impact_view import draw_impact
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, empty, link, notice, words
from bot.console.programme_desk import Decision, ProgrammeDesk, edits_version
from bot.console.saying_why import saying_why
from bot.console.shown import Shown
from bot.editing.words import state_of
from locales import _, plainly
from programme.edits import EditState
from reminders.policy_sheet import POLICY

_REASON: Final = "(e) => emit(e.target.closest('form').elements.reason.value)"


@dataclass(slots=True, eq=False)
class DecisionView:
    """The proposal as it is shown."""

    page: OpenPage
    number: int
    _drawn: Shown = field(default_factory=Shown)
    _holder: ui.element = field(init=False)

    @property
    def desk(self) -> ProgrammeDesk:
        """What it reads and does by."""
        return ProgrammeDesk(self.page)

    async def draw(self) -> None:
        """Put the proposal on the page; whom it touches is counted once a browser is there."""
        title(plainly(_("Usulan {number}"), number=self.number), _("Berlaku setelah disetujui orang kedua."))
        with box("stack"):
            link(_("Kembali ke Program"), FRONT, sign="back")
            self._holder = box("stack", aria_live="polite")
        read = await self.desk.decision(self.number)
        self._drawn.differs("standing", _standing(read))
        below = self._draw(read)
        self.page.stay_current(self.refresh, version=edits_version)
        if read is not None and below is not None:
            self.page.once_there(lambda: self._weigh(read, below))

    async def refresh(self) -> None:
        """Draw how it stands, where that has changed."""
        read = await self.desk.decision(self.number)
        if not self._drawn.differs("standing", _standing(read)):
            return
        below = self._draw(read)
        if read is not None and below is not None:
            self.page.aside(lambda: self._weigh(read, below))

    def _draw(self, read: Decision | None) -> ui.element | None:
        """Draw what is changed and how it stands; return where it is decided, None where that is done."""
        self._holder.clear()
        with self._holder, box("card", "section"):
            if read is None:
                empty(_("Usulan ini tidak ada"), _("Mungkin alamatnya salah ketik."))
                return None
            draw_change(read.found.edit, read.found.before, self.page.console.parts.programme)
            _draw_standing(read)
            if read.found.state is not EditState.PROPOSED:
                return None
            with box("outlook") as below:
                words(_("Menghitung siapa yang kena …"), "quiet", "p")
        return below

    async def _weigh(self, read: Decision, holder: ui.element) -> None:
        """Tell whom it touches, and only then offer to decide."""
        counted = await self.desk.impacts(read.outlook)
        holder.clear()
        with holder:
            for found in counted:
                draw_impact(found)
            self._draw_acts(read)

    def _draw_acts(self, read: Decision) -> None:
        if not self.page.may(Right.EDIT_PROGRAMME):
            words(_("Disetujui atau ditolak oleh supervisor."), "told", "p")
            return
        if read.overtaken:
            words(_("Nilainya sudah berubah sejak diusulkan, jadi ini tidak bisa disetujui lagi."), "refused", "p")
        if read.found.proposed_by == self.page.session.member.who:
            words(_("Ini usulanmu: orang lain yang menyetujui."), "told", "p")
            with box("acts"):
                button(_("Tarik usulan"), self._withdraw, sign="close")
            return
        with box("decide", "form").on("submit.prevent", js_handler="() => {}"):
            label = _("Alasan kalau ditolak")
            box("input", "input", type="text", name="reason", maxlength="300", aria_label=label, placeholder=label)
            with box("acts"):
                if not read.overtaken:
                    button(_("Setujui dan berlakukan"), self._approve, css="primary", sign="done")
                button(_("Tolak"), self._reject, sign="close", tells=_REASON)

    async def _approve(self) -> None:
        await self._do(self.desk.approve(self.number), _("Disetujui. Berlaku di semua tempat dalam beberapa detik."))

    async def _reject(self, reason: Any = "") -> None:
        await self._do(self.desk.reject(self.number, str(reason)), _("Ditolak."))

    async def _withdraw(self) -> None:
        await self._do(self.desk.withdraw(self.number), _("Ditarik."))

    async def _do(self, act: Awaitable[None], done: str) -> None:
        with saying_why():
            await act
            notice(done)
        await self.refresh()


def _standing(read: Decision | None) -> Decision | None:
    """Return what has to change before the page is drawn anew: not the time."""
    return None if read is None else replace(read, now=read.found.proposed_at)


def _draw_standing(read: Decision) -> None:
    found = read.found
    with box("facts", "dl"):
        _fact(_("Diusulkan"), by_whom(found.proposed_by, found.proposed_at, read.names))
        _fact(state_of(found.state).capitalize(), by_whom(found.decided_by, found.decided_at, read.names))
        _fact(_("Alasan"), found.reason)
    if found.state is EditState.APPROVED:
        words(_told(read), "told", "p")
    with box("acts"):
        link(_("Lihat barisnya"), way_to(found.place.file, found.place.row))


def _told(read: Decision) -> str:
    """Tell whether an approved edit holds, and how far what hangs on it is."""
    if read.followed_by is not None:
        return plainly(_("Tidak berlaku lagi: diganti usulan {number}."), number=read.followed_by)
    if not read.holds:
        return _("Tidak berlaku lagi: yang di berkas, atau yang diubah dari grup, lebih baru.")
    if read.found.place.file not in {"waves.tsv", POLICY}:
        return _("Berlaku.")
    if read.planned:
        return _("Berlaku. Pengingatnya sudah direncanakan ulang.")
    return _("Berlaku. Pengingatnya sedang direncanakan ulang.")


def _fact(name: str, told: str) -> None:
    if told:
        words(name, tag="dt")
        words(told, tag="dd")
