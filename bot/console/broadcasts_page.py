"""Siaran: all broadcasts, how far each is, and the one red button that stops them all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from fastapi import Request
from nicegui import ui

from bot.channels.plain import plain
from bot.console.broadcast_desk import BroadcastDesk, Listed
from bot.console.broadcast_words import at_wib, for_whom, out_of, pill_of, state_name
from bot.console.frame import title
from bot.console.live import broadcast_version
from bot.console.open_page import OpenPage
from bot.console.parts import asked, box, empty, link, notice, words
from bot.console.saying_why import saying_why
from bot.console.shown import Shown, to_the_minute
from bot.console.still import still
from bot.console.turning import Turning
from bot.console.words import number
from locales import _, _n, plainly
from programme.model.broadcasts import Broadcast, BroadcastState, Progress

AT = "/konsol/siaran"
COMPOSE = f"{AT}/baru"
LOOK = f"{AT}/lihat"


@dataclass(slots=True, eq=False)
class Broadcasts:
    """The page as it is shown."""

    desk: BroadcastDesk
    _red: ui.element = field(init=False)
    _rows: ui.element = field(init=False)
    _shown: Shown = field(default_factory=Shown)
    _turning: Turning[int] = field(init=False)

    def __post_init__(self) -> None:
        self._turning = Turning(self.refresh)

    async def draw(self) -> None:
        """Put the list on the page, and keep it current."""
        with box("title-row"):
            with box("told"):
                title(_("Siaran"), _("Satu pesan untuk banyak orang: ditulis, disetujui, dikirim, dan bisa ditarik."))
            with box("acts"):
                self._red = box("contents")
                link(_("Tulis siaran"), COMPOSE, css="primary", sign="megaphone")
        self._rows = box("card", "section", aria_label=_("Daftar siaran"))
        await self.refresh()
        self.desk.page.stay_current(self.refresh, version=broadcast_version)

    async def refresh(self) -> None:
        """Draw anew what changed."""
        read = await self.desk.listed(self._turning.after)
        if self._shown.differs("red", read.goes_out):
            self._red.clear()
            with self._red:
                self._draw_red(read.goes_out)
        if self._shown.differs("rows", replace(read, now=to_the_minute(read.now))):
            self._rows.clear()
            with self._rows:
                self._draw_rows(read)

    def _draw_red(self, goes_out: bool) -> None:
        if goes_out:
            question = _("Jeda semua siaran yang sedang dikirim atau dijadwalkan? Tiap siaran bisa dilanjutkan lagi.")
            asked(_("Hentikan semua"), question, _("Ya, hentikan semua"), self.stop_all, css="danger", sign="stop")

    async def stop_all(self) -> None:
        """Pause everything that goes out."""
        with saying_why():
            count = len(await self.desk.stop_all())
            notice(plainly(_n("{count} siaran dihentikan.", "{count} siaran dihentikan.", count), count=count))
            await self.refresh()

    def _draw_rows(self, read: Listed) -> None:
        if not read.found:
            empty(
                _("Belum ada siaran"),
                _("Tulis satu: pilih penerimanya, lihat di ponsel, coba ke dirimu sendiri, lalu kirim."),
            )
            return
        with still(), box("broadcast-list", "ol"):
            for found, progress in read.found:
                _draw_row(found, progress, read.names.get(found.author, found.author))
        if read.further is None and self._turning.is_first:
            return
        with box("turning"):
            self._turning.draw(read.further, back=_("Lebih baru"), on=_("Lebih lama"))


async def draw_broadcasts(page: OpenPage, _request: Request) -> None:
    """Draw the list."""
    await Broadcasts(BroadcastDesk(page)).draw()


def address_of(found: int) -> str:
    """Return where one broadcast is looked at."""
    return f"{LOOK}?{urlencode({'nomor': found})}"


def _draw_row(found: Broadcast, progress: Progress, author: str) -> None:
    with box("", "li"), box("broadcast-row", "a", href=address_of(found.id)):
        with box("row-head"):
            words(f"#{found.id}", "ticket-number")
            words(for_whom(found.audience), "name")
            words(state_name(found.state), pill_of(found.state))
        words(first_line(found), "said")
        draw_bar(progress, found.expected)
        with box("row-foot"):
            if progress.planned:
                words(out_of(progress, found.expected))
            else:
                words(plainly(_("{count} orang"), count=number(found.expected)))
            words(author)
            words(at_wib(found.starts_at) if found.state is not BroadcastState.CANCELLED else "")


def first_line(found: Broadcast) -> str:
    """Return the beginning of what it says, without markup."""
    return plain(found.messages["id"].text).split("\n")[0][:160]


def draw_bar(progress: Progress, expected: int) -> None:
    """Draw how many are through, and how: sent, lost, or not needed any more."""
    whole = max(expected, progress.planned, 1)
    lost = progress.failed + progress.gone + progress.unknown + progress.expired
    with box("bar stacked", aria_hidden="true"):
        for css, count in (("sent", progress.sent), ("lost", lost), ("cancelled", progress.cancelled)):
            if count:
                box(f"fill {css}").style(f"width: {100 * count / whole:.2f}%")
