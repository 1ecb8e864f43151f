"""Tools of the inbox, above its list: on duty or not, incidents, choosing many, keeping what is shown as a view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from nicegui import ui

from bot.console.desk import Desk
from bot.console.inbox_filters import InboxFilters
from bot.console.incident_desk import IncidentDesk
from bot.console.incident_sheet import IncidentSheet
from bot.console.parts import box, button
from bot.console.shown import Shown
from locales import _


@dataclass(slots=True, eq=False)
class InboxTools:
    """`set_duty` hears whether somebody wants to be given complaints, `choose` that many are to be chosen, or not."""

    desk: Desk
    filters: InboxFilters
    set_duty: Callable[[bool], Awaitable[None]]
    choose: Callable[[], None]
    choosing: bool = False
    """Whether rows have a box to tick."""
    _shown: Shown = field(default_factory=Shown)
    _duty: ui.element = field(init=False)
    _choose: ui.element = field(init=False)

    def draw(self) -> None:
        """Put them on the page."""
        with box("list-tools"):
            self._duty = box()
            button(_("Insiden"), self._incidents, css="tool", sign="fire").mark("insiden")
            self._choose = button(_("Pilih"), self._toggle_choosing, css="tool", sign="done").mark("pilih")
            keeping = button(_("Simpan"), self.filters.name_view, css="tool", sign="save", named=_("Simpan tampilan"))
            keeping.mark("simpan tampilan")

    def show(self, *, on_duty: bool) -> None:
        """Show whether one is on duty."""
        if not self._shown.differs("duty", on_duty):
            return
        self._duty.clear()
        with self._duty:
            told = _("Berjaga") if on_duty else _("Istirahat")
            key = button(told, lambda: self.set_duty(not on_duty), css="tool duty", sign="bell").mark("jaga")
            key.props["aria-pressed"] = "true" if on_duty else "false"
            key.props["title"] = _("Saat berjaga kamu diberi aduan; saat istirahat aduanmu kembali ke antrean.")

    async def _incidents(self) -> None:
        await IncidentSheet(IncidentDesk(self.desk.page, self.desk.helpdesk)).open()

    def _toggle_choosing(self) -> None:
        self.choosing = not self.choosing
        self._choose.props["aria-pressed"] = "true" if self.choosing else "false"
        self.choose()
