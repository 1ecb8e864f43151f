"""One row of the programme's data: its fields with source and day, the form of one that is edited, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nicegui import ui

from bot.console.access import Right
from bot.console.edit_inputs import draw_value, labelled_input
from bot.console.edit_parts import FRONT, as_of_name, draw_change, draw_history, way_to, way_to_edit
from bot.console.frame import title
from bot.console.impact_view import draw_impact
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, empty, link, words
from bot.console.programme_desk import ProgrammeDesk
from bot.console.saying_why import saying_why
from bot.console.tables import Column, Linked, table
from bot.editing.refusals import EditRefused
from bot.editing.service import Wish
from bot.editing.tables import may_be_edited, may_grow
from bot.editing.words import CANNED, field_name, row_name, sheet_name, source_name, value_name, why_not
from locales import _, plainly
from programme.edits import Place
from programme.model.zones import Zone
from programme.sheets import Cell
from reminders.policy_sheet import POLICY

_FORM: Final = "(e) => emit(Object.fromEntries(new FormData(e.target.closest('form'))))"
_HIDDEN: Final = frozenset({"wave", "note"})


@dataclass(slots=True, eq=False)
class RowView:
    """The row as it is shown; `editing` is the field of the form, empty where none is open."""

    page: OpenPage
    file: str
    row: str
    editing: str = ""
    _over: int | None = None
    _outlook: ui.element = field(init=False)

    @property
    def desk(self) -> ProgrammeDesk:
        """What it reads and does by."""
        return ProgrammeDesk(self.page)

    async def draw(self) -> None:
        """Put the row on the page."""
        programme = self.page.console.parts.programme
        cells = list((await self.desk.rows(self.file)).get(self.row, ()))
        title(row_name(self.file, self.row, programme), sheet_name(self.file))
        with box("stack"):
            link(_("Kembali ke daftar"), f"{FRONT}?lihat={self.file}", sign="back")
            if not cells and not self._may_begin():
                with box("card"):
                    empty(_("Baris ini tidak ada"), _("Mungkin alamatnya salah ketik."))
                return
            if self.editing and self._may_edit(self.editing):
                await self._draw_form(next((one for one in cells if one.place.field == self.editing), None))
            self._draw_fields(cells)
            await self._draw_history()

    def _may_begin(self) -> bool:
        """Whether a row may be begun that stands nowhere yet: a wave."""
        return may_grow(self.file) and self.row.isascii() and self.row.isdecimal() and 0 < int(self.row) < 1000

    def _may_edit(self, name: str) -> bool:
        return may_be_edited(Place(self.file, self.row, name)) and self.page.may(Right.EDIT_PROGRAMME)

    def _draw_fields(self, cells: Sequence[Cell]) -> None:
        columns = [Column(name) for name in (_("Isian"), _("Nilai"), _("Sumber"), _("Per"))]
        shown = [one for one in cells if one.place.field not in _HIDDEN]
        rows: list[list[str | Linked]] = [[self._way(one.place), *_told(one)] for one in shown]
        rows += [[self._way(place), "–", "", ""] for place in self._missing(cells)]
        with box("card", "section"):
            words(_("Isian"), "heading", "h2")
            if self.page.may(Right.EDIT_PROGRAMME):
                words(_("Tekan nama isian untuk mengubahnya."), "quiet", "p")
            table(_("Isian"), columns, rows, "fields")

    def _missing(self, cells: Sequence[Cell]) -> list[Place]:
        if self.file != "waves.tsv":
            return []
        there = {one.place.field for one in cells}
        names = ("opens", "closes", "announced_at", "cutoff", "recipients")
        return [Place(self.file, self.row, name) for name in names if name not in there]

    def _way(self, place: Place) -> str | Linked:
        """Return a field's name: a way to its form, for who may edit it."""
        name = field_name(place)
        if not self._may_edit(place.field):
            return name
        return Linked(name, way_to(self.file, self.row, place.field), plainly(_("Ubah {field}"), field=name))

    async def _draw_form(self, cell: Cell | None) -> None:
        place = Place(self.file, self.row, self.editing)
        self._over = await self.desk.over(place)
        text = cell.text if cell is not None else None
        with box("card", "section"):
            words(plainly(_("Ubah {field}"), field=field_name(place)), "heading", "h2")
            words(plainly(_("Sekarang: {value}"), value=value_name(place, text)), "quiet", "p")
            with box("edit-form", "form", autocomplete="off").on("submit.prevent", js_handler="() => {}"):
                draw_value(place, text)
                labelled_input(_("Sumber"), "source", placeholder=_("mis. @prakerja.go.id, atau alamat berita"))
                today = self.page.console.parts.store.clock.now().astimezone(Zone.WIB.tz).date()
                labelled_input(_("Hari sumber"), "as_of", kind="date", value=today.isoformat(), latest=today)
                with box("acts"):
                    button(_("Lihat dampaknya"), self._look, css="primary", tells=_FORM)
                    link(_("Batal"), way_to(self.file, self.row))
            self._outlook = box("outlook", aria_live="polite")

    async def _look(self, written: Any = None) -> None:
        """Show what the change would come to, before anything is kept."""
        wish = self._wish(written)
        self._outlook.clear()
        try:
            edit, outlook = await self.desk.preview(wish)
        except EditRefused as refused:
            with self._outlook:
                words(why_not(refused), "refused", "p")
            return
        with self._outlook:
            words(_("Menghitung siapa yang kena …"), "quiet", "p")
        counted = await self.desk.impacts(outlook)
        self._outlook.clear()
        with self._outlook:
            draw_change(edit, await self._before(), self.page.console.parts.programme)
            for found in counted:
                draw_impact(found)
            if not counted:
                words(_("Tidak ada batas beli atau pengingat yang berubah."), "told", "p")
            with box("acts"):
                button(_("Usulkan ke orang kedua"), lambda: self._propose(wish), css="primary", sign="send")

    async def _before(self) -> str | None:
        cells = (await self.desk.rows(self.file)).get(self.row, ())
        return next((one.text for one in cells if one.place.field == self.editing), None)

    def _wish(self, written: Any) -> Wish:
        form = written if isinstance(written, dict) else {}
        value = str(form.get("value", ""))
        return Wish(
            place=Place(self.file, self.row, self.editing),
            value="; ".join(filter(None, map(str.strip, value.splitlines()))) if self.editing == "texts" else value,
            source=str(form.get("source", "")),
            as_of=str(form.get("as_of", "")),
            over=self._over,
        )

    async def _propose(self, wish: Wish) -> None:
        with saying_why():
            ui.navigate.to(way_to_edit(await self.desk.propose(wish)))

    async def _draw_history(self) -> None:
        found, names = await self.desk.history((self.file, self.row))
        if found:
            with box("card", "section"):
                words(_("Riwayat"), "heading", "h2")
                draw_history(found, names, self.page.console.parts.programme)


def _told(cell: Cell) -> list[str]:
    as_of = as_of_name(cell.as_of) if cell.as_of else ""
    ours = not cell.source and cell.place.file in {CANNED, POLICY}
    source = _("ditulis untuk Sobat") if ours else source_name(cell.source)
    return [value_name(cell.place, cell.text), source, as_of]
