"""Impor: bring a list, see what was brought lately, and open one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fastapi import Request
from nicegui import ui

from bot.console.frame import title
from bot.console.import_view import ImportView
from bot.console.import_words import list_name, state_name, tint
from bot.console.live import import_version
from bot.console.open_page import OpenPage
from bot.console.parts import box, drawn, empty, link, words
from bot.console.shown import Shown
from bot.console.still import still
from bot.console.uploads import IMPORTS
from bot.console.words import number, wib
from bot.importing.folder import TAKEN
from bot.importing.rolls import LISTS
from locales import _, plainly
from programme.model.imports import ListImport

ROWS: Final = 25


@dataclass(slots=True, eq=False)
class ImportPage:
    """The page without an import: where to drop a list, and the latest ones."""

    page: OpenPage
    _shown: Shown = field(default_factory=Shown)
    _holder: ui.element = field(init=False)

    async def draw(self) -> None:
        """Put both on the page, and keep the latest current."""
        told = _("Bawa daftar dari kantor. Bedanya dilihat dulu, orang kedua menyetujui, dan semuanya bisa dibatalkan.")
        title(_("Impor"), told)
        with box("stack"):
            with box("card", "section"), still():
                words(_("Bawa daftar"), "heading", "h2")
                _draw_bringing()
            self._holder = box("card", "section")
        await self.refresh()
        self.page.stay_current(self.refresh, version=import_version)

    async def refresh(self) -> None:
        """Draw the latest imports."""
        async with self.page.looking() as acting:
            found = await acting.tx.imports.recent(ROWS)
            names = await acting.tx.agents.names({one.author for one in found})
        if not self._shown.differs("latest", [(one.id, one.version, one.kept, one.done) for one in found]):
            return
        self._holder.clear()
        with self._holder, still():
            words(_("Impor terakhir"), "heading", "h2")
            if not found:
                told = _(
                    "Yang dibawa dari sini atau dengan perintah sobat import tampil di sini, dengan siapa dan hasilnya."
                )
                empty(_("Belum ada daftar yang dibawa"), told)
            for one in found:
                _draw_row(one, names.get(one.author, one.author))


def _draw_bringing() -> None:
    """Draw what to bring and where to drop it.

    Which list it is, the browser alone minds: asked of us, it could be dropped as another one before we answered, and
    what we draw anew loses the file that somebody is about to choose.
    """
    with box("drop-holder"):
        with box("input", "select", aria_label=_("Daftar apa")):
            for name in LISTS:
                words(list_name(name), tag="option").props["value"] = name
        _draw_zone()
        link(_("Unduh contoh dengan kolomnya"), f"{IMPORTS}/contoh/{next(iter(LISTS))}.csv", sign="save")


def _draw_zone() -> None:
    zone = box("drop", "label")
    zone.props["data-sending"] = _("Mengirim")
    zone.props["data-failed"] = _("Kiriman terputus. Periksa sambunganmu, lalu jatuhkan berkasnya lagi.")
    with zone:
        drawn("file", "large")
        words(_("Jatuhkan berkas CSV atau XLSX di sini"), "name")
        words(_("atau tekan untuk memilih. Sampai 256 MB; terkirim sepotong-sepotong."), "quiet")
        box("unseen", "input", type="file", accept=",".join(TAKEN), aria_label=_("Berkas daftar"))
        with box("sending"):
            box("", "progress", max="100", value="0", aria_label=_("Terkirim"))
            words("", "sent-share")


def _draw_row(one: ListImport, who: str) -> None:
    with box("import-row", "a", href=f"{IMPORTS}?nomor={one.id}"):
        with box("told"):
            words(one.file, "name")
            words(" · ".join((list_name(one.list), who, wib(one.created_at))), "quiet")
        words(_kept(one), "count")
        words(state_name(one.state), f"pill {tint(one.state)}")


def _kept(one: ListImport) -> str:
    if one.kept:
        return plainly(_("{kept} dari {of} masuk"), kept=number(one.kept), of=number(max(one.changes, one.kept)))
    return plainly(_("{of} beda"), of=number(one.changes)) if one.changes else ""


async def draw_imports(page: OpenPage, request: Request) -> None:
    """Draw the page; `?nomor=12` shows one import."""
    asked = request.query_params.get("nomor", "")
    if asked.isdecimal() and len(asked) < 12:
        await ImportView(page, int(asked)).draw()
    else:
        await ImportPage(page).draw()
