"""Program: what Sobat may say, with source and day; edited by two of the staff, and in force without a restart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from fastapi import Request
from nicegui import ui

from bot.console.access import Right
from bot.console.decision_view import DecisionView
from bot.console.edit_parts import FRONT, as_of_name, by_whom, draw_change, draw_history, way_to, way_to_edit
from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import box, empty, link, words
from bot.console.policy_view import draw_policy
from bot.console.programme_desk import ROWS, ProgrammeDesk, edits_version
from bot.console.row_view import RowView
from bot.console.shown import Shown
from bot.console.tables import Column, Linked, table
from bot.editing.tables import TABLES, Rows
from bot.editing.words import CANNED, field_name, row_name, sheet_name, source_name, value_name
from locales import _, plainly
from programme.edits import Place, ProposedEdit
from programme.programme import Programme
from programme.sheets import Cell
from reminders.policy_sheet import POLICY

_HISTORY: Final = "riwayat"
_WAVES: Final = "waves.tsv"
_RULES: Final = "rules.toml"
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    _WAVES: ("cutoff", "announced_at", "opens", "closes", "recipients"),
    "platforms.toml": ("contacts.0.value", "url"),
    "partners.toml": ("kind", "contacts.0.value"),
    "contacts.toml": ("value",),
    "failures.toml": ("texts", "partner"),
    CANNED: ("text",),
}
"""The columns of each file's table; a row's own view has all fields."""


@dataclass(slots=True, eq=False)
class ProgrammePage:
    """The page as it is shown: one file's rows, the reminders, or the history; above it what waits."""

    page: OpenPage
    shown: str
    before: int | None = None
    _drawn: Shown = field(default_factory=Shown)
    _waiting: ui.element = field(init=False)

    @property
    def desk(self) -> ProgrammeDesk:
        """What it reads by."""
        return ProgrammeDesk(self.page)

    async def draw(self) -> None:
        """Put everything on the page; what waits is kept current."""
        title(_("Program"), _("Yang boleh dikatakan Sobat, dengan sumber dan harinya. Perubahan butuh dua orang."))
        with box("stack"):
            self._waiting = box("waiting-list")
            _draw_tabs(self.shown)
            with box("card", "section"):
                await self._draw_shown()
        await self.refresh()
        self.page.stay_current(self.refresh, version=edits_version)

    async def refresh(self) -> None:
        """Draw what waits for a second person, where that has changed."""
        found, names = await self.desk.open()
        if not self._drawn.differs("waiting", [one.id for one in found]):
            return
        self._waiting.clear()
        with self._waiting:
            if found:
                _draw_waiting(found, names, self.page.console.parts.programme)

    async def _draw_shown(self) -> None:
        programme = self.page.console.parts.programme
        match self.shown:
            case "policy.toml":
                draw_policy(self.page.console.parts.policy, await self.desk.rows(POLICY))
            case "riwayat":
                await self._draw_history(programme)
            case "rules.toml":
                _draw_rules(await self.desk.rows(_RULES), programme)
            case file:
                _draw_rows(file, await self.desk.rows(file), programme, self.page.console.parts.store.clock.now())
                if file == _WAVES and self.page.may(Right.EDIT_PROGRAMME):
                    _draw_next(programme)

    async def _draw_history(self, programme: Programme) -> None:
        found, names = await self.desk.history(before=self.before)
        words(_("Riwayat"), "heading", "h2")
        if not found:
            empty(_("Belum ada perubahan"), _("Yang disetujui, ditolak, dan ditarik tercatat di sini."))
            return
        draw_history(found[:ROWS], names, programme)
        if len(found) > ROWS:
            link(_("Lebih lama"), f"{FRONT}?lihat={_HISTORY}&sebelum={found[ROWS - 1].id}")


async def draw_programme(page: OpenPage, request: Request) -> None:
    """Draw a file's rows, one row (`?berkas=…&baris=…`), or a proposal (`?usulan=…`)."""
    asked = request.query_params
    number, file, row = asked.get("usulan", ""), asked.get("berkas", ""), asked.get("baris", "")[:40]
    if _is_number(number):
        await DecisionView(page, int(number)).draw()
    elif row and file in TABLES:
        await RowView(page, file, row, asked.get("isian", "")[:60]).draw()
    else:
        shown, before = asked.get("lihat", _WAVES), asked.get("sebelum", "")
        last = int(before) if _is_number(before) else None
        await ProgrammePage(page, shown if shown in _tabs() else _WAVES, last).draw()


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) < 16


def _tabs() -> dict[str, str]:
    return {**{table: sheet_name(table) for table in TABLES}, _HISTORY: _("Riwayat")}


def _draw_tabs(here: str) -> None:
    with box("tabs", "nav", aria_label=_("Bagian")):
        for name, told in _tabs().items():
            way = words(told, "pile", "a")
            way.props["href"] = f"{FRONT}?lihat={name}"
            if name == here:
                way.props["aria-current"] = "true"


def _draw_waiting(found: Sequence[ProposedEdit], names: Mapping[str, str], programme: Programme) -> None:
    with box("card", "section"):
        words(_("Menunggu orang kedua"), "heading", "h2")
        for one in found:
            with box("waiting"):
                draw_change(one.edit, one.before, programme)
                words(by_whom(one.proposed_by, one.proposed_at, names), "quiet")
                link(plainly(_("Periksa usulan {number}"), number=one.id), way_to_edit(one.id))


def _draw_rows(file: str, rows: Rows, programme: Programme, now: datetime) -> None:
    """Draw one line a row, as the file has them; of waves the one whose cutoff comes next, and then the latest."""
    columns = [Column(field_name(Place(file, "", name))) for name in _FIELDS[file]]
    ordered = _by_cutoff(programme, now) if file == _WAVES else list(rows)
    lines = [_line(file, row, rows[row], programme) for row in ordered if row in rows]
    words(sheet_name(file), "heading", "h2")
    table(sheet_name(file), [Column(_("Nama")), *columns, Column(_("Sumber")), Column(_("Per"))], lines, "dated")


def _by_cutoff(programme: Programme, now: datetime) -> list[str]:
    ahead = {wave: cutoff.at for wave in programme.waves if (cutoff := programme.cutoff(wave)) and cutoff.at > now}
    past = sorted(programme.waves.keys() - ahead.keys(), reverse=True)
    return [str(wave) for wave in (*sorted(ahead, key=lambda one: ahead[one]), *past)]


def _line(file: str, row: str, cells: Sequence[Cell], programme: Programme) -> list[str | Linked]:
    there = {cell.place.field: cell for cell in cells}
    values = [value_name(Place(file, row, name), there[name].text if name in there else None) for name in _FIELDS[file]]
    chief = next((there[name] for name in ("cutoff", *_FIELDS[file]) if name in there), cells[0])
    told = [source_name(chief.source), as_of_name(chief.as_of)] if chief.source else [_("ditulis untuk Sobat"), ""]
    return [Linked(row_name(file, row, programme), way_to(file, row)), *values, *told]


def _draw_rules(rows: Rows, programme: Programme) -> None:
    """Draw the schemes side by side, a rule a line."""
    rules = list(dict.fromkeys(cell.place.field for cells in rows.values() for cell in cells))
    found = {(row, cell.place.field): cell for row, cells in rows.items() for cell in cells}
    ways = [Linked(_("Sumber, ubah"), way_to(_RULES, row), _named(row, programme)) for row in rows]
    lines: list[list[str | Linked]] = [["", *ways]]
    lines += [
        [field_name(Place(_RULES, "", rule)), *(_value(found.get((row, rule))) for row in rows)] for rule in rules
    ]
    words(sheet_name(_RULES), "heading", "h2")
    table(sheet_name(_RULES), [Column(""), *(Column(row_name(_RULES, row, programme)) for row in rows)], lines)


def _named(row: str, programme: Programme) -> str:
    return plainly(_("{scheme}: sumber, ubah"), scheme=row_name(_RULES, row, programme))


def _value(cell: Cell | None) -> str:
    return value_name(cell.place, cell.text) if cell is not None else "–"


def _draw_next(programme: Programme) -> None:
    wave = max(programme.waves) + 1
    link(plainly(_("Tambah gelombang {wave}"), wave=wave), way_to(_WAVES, str(wave), "opens"), sign="note")
