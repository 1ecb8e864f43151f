"""Jejak: who of the staff did what, when and to what; and what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from nicegui import ui

from bot.console.access import NEEDS, Right
from bot.console.act_words import act_name, details_told
from bot.console.fields import choice, text_field
from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, empty, link, words
from bot.console.subject_words import subject_meant, subject_name
from bot.console.tables import Column, table
from bot.console.words import wib
from bot.store.repositories.staff import AuditEntry
from locales import _, _n

ROWS: Final = 50
_ON: Final = "on:"
"""Before what acts are done to, in the list of sorts."""


@dataclass(slots=True, eq=False)
class Trail:
    """The page as it is shown."""

    page: OpenPage
    who: str = ""
    act: str = ""
    about: str = ""
    """What acts of one sort are done to, where their names have no beginning in common."""
    subject: str = ""
    _before: list[int | None] = field(default_factory=lambda: [None])
    _last: int | None = None
    _holder: ui.element = field(init=False)

    async def draw(self) -> None:
        """Put filters and rows on the page."""
        title(_("Jejak"), _("Semua tindakan petugas, dan semua yang ditolak. Baris hanya pernah ditambah."))
        async with self.page.looking() as acting:
            members = await acting.tx.staff.everybody()
        with box("card"):
            with box("filters wide"):
                people = [("", _("Semua orang")), *((one.who, one.name) for one in members)]
                choice(_("Siapa"), people, self.who, self.by)
                choice(_("Tindakan"), _acts(), self.act, self.of)
                text_field(_("Pada"), self.subject, self.on, placeholder=_("mis. aduan 12"))
            self._holder = box("stack")
        await self.read()

    async def by(self, who: str = "") -> None:
        """Show what one member did."""
        self.who, self._before = who, [None]
        await self.read()

    async def of(self, act: str = "") -> None:
        """Show acts of one sort."""
        self.act, self.about = ("", act.removeprefix(_ON)) if act.startswith(_ON) else (act, "")
        self._before = [None]
        await self.read()

    async def on(self, subject: str = "") -> None:
        """Show what was done to one thing."""
        self.subject, self._before = subject_meant(subject[:100]), [None]
        await self.read()

    async def read(self) -> None:
        """Read a page of it, and show it."""
        async with self.page.looking() as acting:
            found = await acting.tx.staff.trail(
                ROWS + 1, before=self._before[-1], who=self.who, act=self.act, subject=self.subject or self.about
            )
            people = {each for _number, entry in found for each in (entry.who, entry.subject) if ":" in each}
            names = await acting.tx.agents.names(people)
        self._last = found[ROWS - 1][0] if len(found) > ROWS else None
        rows = [_row(one, names) for _n, one in found[:ROWS]]
        self._holder.clear()
        with self._holder:
            self._show(rows)

    def _show(self, rows: list[list[str]]) -> None:
        if not rows:
            empty(_("Tidak ada jejak yang cocok"), _("Longgarkan saringannya."))
            return
        names = (_("Waktu"), _("Siapa"), _("Tindakan"), _("Pada"), _("Rincian"))
        table(_("Jejak"), [Column(name) for name in names], rows)
        with box("turning"):
            if len(self._before) > 1:
                button(_("Lebih baru"), self.newer, sign="back")
            if self._last is not None:
                button(_("Lebih lama"), self.older)
            if self.page.session.member.role.covers(NEEDS[Right.SAVE_TRAIL]):
                asked = urlencode({"who": self.who, "act": self.act, "subject": self.subject or self.about})
                link(_("Unduh CSV"), f"/konsol/jejak.csv?{asked}", sign="save")
            else:
                words(_("Unduhan hanya untuk admin."), "quiet")

    async def older(self) -> None:
        """Turn to older acts."""
        if self._last is not None:
            self._before.append(self._last)
            await self.read()

    async def newer(self) -> None:
        """Turn back to newer acts."""
        if len(self._before) > 1:
            self._before.pop()
            await self.read()


async def draw_trail(page: OpenPage, request: Request) -> None:
    """Draw the trail; `?pada=ticket/12` shows what was done to one thing."""
    await Trail(page, subject=request.query_params.get("pada", "")[:100]).draw()


def _row(one: AuditEntry, names: Mapping[str, str]) -> list[str]:
    who, what = names.get(one.who, one.who), subject_name(one.subject, names)
    return [wib(one.at), who, act_name(one.act), what, details_told(one.details)]


def _acts() -> list[tuple[str, str]]:
    return [
        ("", _("Semua tindakan")),
        ("ticket.", _("Aduan")),
        ("person.", _n("Peserta", "Peserta", 2)),
        (f"{_ON}broadcast", _("Siaran")),
        ("programme.", _("Program")),
        ("incident.", _("Insiden")),
        ("import.", _("Impor")),
        ("console.refused", _("Ditolak di konsol")),
        ("console.", _("Konsol")),
        ("staff", _("Staf")),
        ("understanding", _("Pemahaman")),
        ("duty.", _("Jaga dan istirahat")),
    ]
