"""One import: its columns, what it would change, who approves it, how far it is, and the way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from nicegui import ui

from bot.console.access import Right
from bot.console.fields import choice
from bot.console.import_difference import draw_difference, draw_refused
from bot.console.import_sentences import in_words
from bot.console.import_words import (
    column_name,
    doubts,
    list_name,
    stage_name,
    standing,
    state_name,
    tint,
    why,
)
from bot.console.live import import_version
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, drawn, link, words
from bot.console.saying_why import saying_why
from bot.console.shown import Shown
from bot.console.still import still
from bot.console.uploads import IMPORTS
from bot.console.words import number, wib
from bot.importing.orders import ImportOrders, known
from bot.importing.recognising import Recognised
from bot.importing.rolls import LISTS
from bot.store import UnitOfWork
from locales import _, plainly
from programme.model.imports import (
    UNKEPT,
    ImportState,
    ListImport,
)

_STEPS: Final = (
    (ImportState.UPLOADING, ImportState.RECOGNISING),
    (ImportState.COLUMNS,),
    (ImportState.COMPARING, ImportState.COMPARED),
    (ImportState.ORDERED,),
    (ImportState.KEEPING, ImportState.KEPT, ImportState.STOPPED, ImportState.UNDOING, ImportState.UNDONE),
)

Do = Callable[[UnitOfWork, str], Awaitable[None]]


@dataclass(slots=True, eq=False)
class ImportView:
    """The page of one import. `places` is what was chosen of its columns and not confirmed yet."""

    page: OpenPage
    number: int
    places: dict[str, int] = field(default_factory=dict)
    _orders: ImportOrders = field(default_factory=ImportOrders)
    _asking: str = ""
    _names: dict[str, str] = field(default_factory=dict)
    _shown: Shown = field(default_factory=Shown)
    _head: ui.element = field(init=False)
    _body: ui.element = field(init=False)
    _progress: ui.element = field(init=False)

    async def draw(self) -> None:
        """Put it on the page, and keep it current."""
        self._head, self._progress, self._body = box("title"), box("stack import-progress"), box("stack")
        await self.refresh()
        self.page.stay_current(self.refresh, version=import_version)

    async def refresh(self) -> None:
        """Draw how it stands."""
        async with self.page.looking() as acting:
            one = await acting.tx.imports.get(self.number)
            now = acting.tx.now
            if one is not None:
                self._names = await acting.tx.agents.names({one.author, one.approver or ""})
        if one is None:
            self._draw_missing()
            return
        undoable = one.can_be_undone(now)
        if self._shown.differs("progress", (one.version, one.stage, one.done, one.total, one.kept, one.undone)):
            self._draw_progress(one)
        if not self._shown.differs("body", (one.version, self._asking, undoable)):
            return
        self._draw_head(one)
        self._body.clear()
        with self._body:
            self._draw_body(one, undoable=undoable)

    def _draw_missing(self) -> None:
        self._head.clear()
        with self._head:
            words(_("Impor ini tidak ada"), "name", "h1")
            link(_("Semua impor"), IMPORTS, sign="back")

    def _draw_head(self, one: ListImport) -> None:
        self._head.clear()
        with self._head, still():
            with box("import-head"):
                with box("round", "a", href=IMPORTS, aria_label=_("Semua impor"), title=_("Semua impor")):
                    drawn("back")
                with box("told"):
                    words(one.file, "name", "h1")
                    words(" · ".join((list_name(one.list), self._who(one.author), wib(one.created_at))), "quiet", "p")
                words(state_name(one.state), f"pill {tint(one.state)}")
            _draw_steps(one)

    def _draw_progress(self, one: ListImport) -> None:
        self._progress.clear()
        if not (one.state.works or one.state is ImportState.UPLOADING):
            return
        done, total = one.done, one.total
        if one.state is ImportState.UPLOADING:
            done, total = one.size, one.total
        percent = min(99, 100 * done // total) if total else 0
        with self._progress, box("card", "section"), still():
            sending = one.state is ImportState.UPLOADING
            words(_("Berkas sedang dikirim") if sending else stage_name(one), "heading", "h2")
            bar = box("wide-bar", "progress", max="100", value=str(percent), aria_label=state_name(one.state))
            if not total:
                del bar.props["value"]
            words(f"{percent}%", "quiet figure-line")
            words(_("Boleh ditutup: pekerjaannya jalan terus, dan dilanjutkan kalau konsol mati."), "quiet", "p")

    def _draw_body(self, one: ListImport, *, undoable: bool) -> None:
        if told := why(one):
            with box("card warned", "section"), still():
                words(in_words(told), "", "p")
        if one.state is ImportState.COLUMNS:
            self._draw_columns(one)
        if one.found is not None:
            draw_difference(one, one.found)
        self._draw_acts(one, undoable=undoable)
        if one.found is not None:
            draw_refused(one.found)

    def _draw_columns(self, one: ListImport) -> None:
        assert one.columns is not None  # noqa: S101 - recognised
        found = Recognised.from_document(one.columns)
        self.places = dict(found.places)
        mine = one.author == self._me
        with box("card", "section"):
            words(_("Kolom mana yang dibaca?"), "heading", "h2")
            told = _("Judul kolom ada di baris {row}. Yang dikenali sudah dipilih; benarkan yang keliru.")
            words(plainly(told, row=found.row), "quiet", "p")
            if found.lacks(LISTS[one.list].columns):
                words(_("Ada kolom wajib yang judulnya tidak dikenali. Pilih sendiri kolomnya."), "doubt", "p")
            cells = [("", _("tidak dibaca"))]
            cells += [(str(at), _cell(found, at)) for at, cell in enumerate(found.cells) if cell]
            with box("column-rows"):
                for column in LISTS[one.list].columns:
                    self._draw_column(column.name, cells, needed=column.required, mine=mine)

    def _draw_column(self, name: str, cells: list[tuple[str, str]], *, needed: bool, mine: bool) -> None:
        at = str(self.places[name]) if name in self.places else ""
        label = column_name(name)
        with box("column-row"):
            with box("told"), still():
                words(label, "name")
                if needed:
                    words(_("wajib"), "pill soon" if not at else "pill")
            if mine:
                choice(label, cells, at, lambda chosen="", name=name: self.place(name, chosen))
            else:
                words(dict(cells)[at], "quiet")

    async def place(self, name: str, chosen: str) -> None:
        """Read a column from another cell, or not at all."""
        await self.refresh()
        self.places.pop(name, None)
        if chosen.isdecimal():
            self.places[name] = int(chosen)

    def _draw_acts(self, one: ListImport, *, undoable: bool) -> None:
        mine = one.author == self._me
        with box("card acts-card", "section"):
            if self._asking:
                self._draw_question(one)
                return
            self._draw_standing(one)
            with box("acts"):
                if one.state is ImportState.COLUMNS and mine:
                    button(_("Kolomnya benar, lihat bedanya"), lambda: self._confirm(one), css="primary", sign="done")
                if one.state is ImportState.COMPARED and mine:
                    button(
                        _("Minta persetujuan"), lambda: self._do(one, self._orders.order), css="primary", sign="done"
                    )
                if one.state is ImportState.ORDERED and not mine:
                    button(_("Setujui dan masukkan"), lambda: self._ask("approve"), css="primary", sign="done")
                if one.state is ImportState.KEEPING:
                    button(_("Hentikan"), lambda: self._do(one, self._orders.stop), sign="pause")
                if one.state is ImportState.STOPPED and one.approver and one.kept < one.changes:
                    button(_("Lanjutkan"), lambda: self._do(one, self._orders.go_on), css="primary", sign="play")
                if undoable:
                    button(_("Batalkan seluruh impor"), lambda: self._ask("undo"), sign="back")
                if one.state in UNKEPT:
                    button(_("Buang"), lambda: self._ask("drop"), sign="close")
                if one.found and one.found["bad"]:
                    link(_("Unduh baris ditolak"), f"{IMPORTS}/{one.id}/ditolak.csv", sign="save")
                link(_("Jejaknya"), f"/konsol/jejak?pada=import/{one.id}", sign="trail")

    def _draw_standing(self, one: ListImport) -> None:
        """Tell what is waited for, or what came of it."""
        with still():
            words(standing(one, self._me, self._names), "", "p")

    def _draw_question(self, one: ListImport) -> None:
        asked: Mapping[str, tuple[str, str, Do]] = {
            "approve": (
                plainly(_("Masukkan {count} perubahan ke data peserta sekarang?"), count=number(one.changes)),
                _("Ya, masukkan"),
                lambda tx, who: self._orders.approve(tx, who, one),
            ),
            "undo": (
                plainly(_("Kembalikan {count} perubahan ke keadaan sebelumnya?"), count=number(one.kept)),
                _("Ya, batalkan semuanya"),
                lambda tx, who: self._orders.undo(tx, who, one),
            ),
            "drop": (
                _("Buang daftar ini? Berkasnya dihapus."),
                _("Ya, buang"),
                lambda tx, who: self._orders.drop(tx, who, one),
            ),
        }
        question, yes, do = asked[self._asking]
        with still():
            words(question, "name", "p")
            for each in doubts(one.found) if self._asking == "approve" and one.found else ():
                words(each, "doubt", "p")
        with box("acts"):
            button(yes, lambda: self._carry_out(do), css="primary", sign="done")
            button(_("Tidak jadi"), lambda: self._ask(""))

    async def _ask(self, asking: str) -> None:
        self._asking = asking
        await self.refresh()

    async def _do(self, one: ListImport, act: Callable[[UnitOfWork, str, ListImport], Awaitable[None]]) -> None:
        await self._carry_out(lambda tx, who: act(tx, who, one))

    async def _confirm(self, one: ListImport) -> None:
        await self._carry_out(lambda tx, who: self._orders.confirm(tx, who, one, self.places))

    async def _carry_out(self, do: Do) -> None:
        """Do something to the import, unless it is no longer as it is shown."""
        self._asking = ""
        with saying_why():
            async with self.page.acting(Right.IMPORT) as acting:
                await known(acting.tx, self.number)
                await do(acting.tx, acting.member.who)
        self.page.console.parts.imports.call()
        await self.refresh()

    @property
    def _me(self) -> str:
        return self.page.session.member.who

    def _who(self, who: str) -> str:
        return self._names.get(who, who)


def _draw_steps(one: ListImport) -> None:
    """Show the way of a list from being sent to being in, and where this one is."""
    names = (_("Kirim"), _("Kolom"), _("Beda"), _("Persetujuan"), _("Dimasukkan"))
    here = next((at for at, states in enumerate(_STEPS) if one.state in states), None)
    if here is None:
        return
    with box("steps", "ol"):
        for at, name in enumerate(names):
            step = words(name, "step done" if at < here else "step", "li")
            if at == here:
                step.props["aria-current"] = "step"


def _cell(found: Recognised, at: int) -> str:
    example = found.examples[at] if at < len(found.examples) else ""
    return f"{found.cells[at]} · {example}" if example else found.cells[at]
