"""Aduan, the inbox: the queue by nearness of the person's cutoff on one side, one complaint on the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from json import dumps
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from nicegui import ui

from bot.console.access import NEEDS, Right
from bot.console.desk import Desk, Listed
from bot.console.desk_reads import ROWS
from bot.console.inbox_address import ASKED, wanted_by
from bot.console.inbox_filters import InboxFilters
from bot.console.inbox_piles import Piles
from bot.console.inbox_rows import Standing, TicketRows, draw_none
from bot.console.inbox_tools import InboxTools
from bot.console.inbox_undo import InboxUndo
from bot.console.many import Many
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, empty, link, safely, words
from bot.console.shown import Shown
from bot.console.thread_view import ThreadView
from bot.console.turning import Turning
from bot.console.words import here_words
from bot.store.repositories.inbox_list import Place, Wanted
from locales import _, _n, plainly

_ROW: Final = "(e) => { const row = e.target.closest('[data-ticket]'); if (row) emit(row.dataset.ticket); }"
_TICK: Final = "(e) => { if (e.target.dataset.tick) emit(e.target.dataset.tick, e.target.checked); }"


async def draw_inbox(page: OpenPage, request: Request) -> None:
    """Draw the inbox; `?aduan=12` opens a complaint at once, `?tumpukan=milikku` another pile."""
    helpdesk = page.console.parts.helpdesk
    if helpdesk is None:
        with box("card"):
            empty(
                _("Belum ada petugas di balik bot"),
                _("Isi CONSOLE_URL atau TELEGRAM_STAFF_GROUP supaya peserta bisa minta bantuan orang."),
            )
        return
    desk = Desk(page, helpdesk)
    inbox = Inbox(page, desk, InboxFilters(desk, wanted_by(request.query_params)))
    await inbox.draw()
    if (opened := request.query_params.get("aduan", "")).isdecimal() and len(opened) < 16:
        await inbox.open(int(opened))


@dataclass(slots=True, eq=False)
class Inbox:
    """The page as it is shown."""

    page: OpenPage
    desk: Desk
    filters: InboxFilters
    _read: Listed | None = None
    _fresh: int = 0
    _holder: ui.element = field(init=False)
    _rows: ui.element = field(init=False)
    _piles: Piles = field(init=False)
    _news: ui.element = field(init=False)
    _list: TicketRows = field(init=False)
    _turns: ui.element = field(init=False)
    _tools: InboxTools = field(init=False)
    _many: Many = field(init=False)
    _undo: InboxUndo = field(init=False)
    _thread: ThreadView = field(init=False)
    _shown: Shown = field(default_factory=Shown)
    _here: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    _turning: Turning[Place] = field(init=False)

    def __post_init__(self) -> None:
        self._turning = Turning(self.read)
        self._undo = InboxUndo(self.desk, self.read, self.open)
        self._tools = InboxTools(self.desk, self.filters, self._set_duty, self._begin_choosing)
        self.filters.changed = self._begin

    @property
    def wanted(self) -> Wanted:
        """What is listed."""
        return self.filters.wanted

    async def _begin(self) -> None:
        self._turning.begin()
        await self.read()
        self._at(self._thread.number)

    async def draw(self) -> None:
        """Put list and thread side by side; a narrow screen shows one of them."""
        words(_("Aduan"), "unseen", "h1")
        async with self.page.looking() as acting:
            teams = sorted({one.team for one in await acting.tx.agents.all() if one.team})
        with box("inbox") as self._holder:
            with box("list-side", "section", aria_label=_("Daftar aduan")):
                self._draw_head(teams)
                self._rows = box("rows")
                self._many = Many(self.desk, box(), self._undo.done_to_many)
            with box("thread-side", "section", aria_label=_("Aduan yang dibuka")) as side:
                self._thread = ThreadView(self.desk, side, self.close, self._undo.done, self._go_on, self.neighbour)
                self._thread.draw_nothing()
        await self.read()
        await self.filters.draw_views()
        self.page.stay_current(self.refresh, self.greet)
        self._leave_with_the_tab()
        await self._undo.attend()

    def _leave_with_the_tab(self) -> None:
        """Say that nobody looks here any more when the tab is gone."""
        client, presence = ui.context.client, self.page.console.live.presence
        client.on_disconnect(lambda: presence.leave(client.id))
        client.on_delete(lambda: presence.leave(client.id))

    def _draw_head(self, teams: Sequence[str]) -> None:
        with box("list-head"):
            self._tools.draw()
            self._piles = Piles(self.filters.choose)
            self._piles.draw()
            self.filters.draw(teams)

    async def read(self) -> None:
        """Read the list anew, and show it in its own order."""
        self._fresh, self._read = 0, await self.desk.listed(self.wanted, self._turning.after)
        self._show()

    async def refresh(self) -> None:
        """Take in what changed, without moving what somebody may be about to press.

        What is new is counted; what belongs to another pile by now stays in its place until the list is read anew.
        """
        async with self.page.looking_together() as reads:
            before = self._read.tickets if self._read else ()
            read = await self.desk.listed_of(reads, self.wanted, self._turning.after, before)
            self._read, self._fresh = read.in_place_of(before)
            self._show()
            thread_changed = await self._thread.differs(reads)
        if thread_changed:
            await self._thread.refresh()
        self._thread.greet()

    async def greet(self) -> None:
        """Show who looks at what, and who writes: in the rows where that is another one than before."""
        here = self._others()
        changed = {number for number in here.keys() | self._here.keys() if here.get(number) != self._here.get(number)}
        self._fill_rows(changed)
        self._thread.greet()

    async def open(self, ticket: int) -> None:
        """Show one complaint beside the list."""
        self._holder.classes(add="opened")
        await self._thread.open(ticket)
        self._at(ticket)
        self._show()

    def neighbour(self) -> int | None:
        """Return the complaint that stands below the one that is open, the first of all below the last."""
        return None if self._read is None else self._read.next_to(self._thread.number)

    async def _go_on(self, ticket: int | None) -> None:
        await (self.close() if ticket is None else self.open(ticket))

    def _at(self, ticket: int | None) -> None:
        """Write in the address what is shown, so that it is there again after a reload."""
        asked = {"tumpukan": self.wanted.pile.value} | {key: getattr(self.wanted, name) for name, key in ASKED.items()}
        shown = {name: value for name, value in asked.items() if value} | ({"aduan": str(ticket)} if ticket else {})
        ui.run_javascript(f"konsol.at({dumps(f'/konsol/aduan?{urlencode(shown)}')})")

    async def close(self) -> None:
        """Go back to the list, on a narrow screen."""
        self._holder.classes(remove="opened")
        await self._thread.leave()
        self._at(None)
        self._show()

    async def _set_duty(self, on_duty: bool) -> None:
        await self.desk.set_duty(on_duty=on_duty)
        if self._read is not None:
            self._read = replace(self._read, on_duty=on_duty)
            self._show()

    def _begin_choosing(self) -> None:
        self._many.chosen.clear()
        self._many.draw()
        self._show()

    def _show(self) -> None:
        if self._read is None:
            return
        read = self._read
        self._piles.show(self.wanted.pile, read.counts)
        self._tools.show(on_duty=read.on_duty)
        if self._shown.differs("filters", (read.labels, self.filters.times_set)):
            self.filters.draw_choices(read.labels)
        numbers = [one.id for one in read.tickets]
        standing = (self.wanted, self._tools.choosing, self._turning.after, bool(numbers))
        if self._shown.differs("list", standing) or not self._list.keeps(numbers):
            self._draw_rows(read, numbers)
        if self._shown.differs("fresh", self._fresh):
            self._draw_fresh()
        if self._shown.differs("turning", (standing, read.further)):
            self._draw_turning()
        self._fill_rows()

    def _draw_rows(self, read: Listed, numbers: Sequence[int]) -> None:
        self._rows.clear()
        self._many.begin()
        with self._rows:
            self._news = box("contents")
            if self.wanted.of:
                self._draw_number()
            if not read.tickets:
                draw_none(self.wanted, more=read.further is not None)
            self._list = TicketRows(self._draw_list(), self.page.console.parts.programme)
            self._list.begin(numbers)
            self._turns = box("contents")
        for part in ("fresh", "turning"):
            self._shown.forget(part)

    def _others(self) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Who else looks at complaints of the list, and who writes."""
        listed = {one.id for one in self._read.tickets} if self._read else set()
        return self.page.console.live.presence.others(self.page.session.member.who, listed)

    def _fill_rows(self, only: Collection[int] | None = None) -> None:
        """Draw in each row, or in some only, what it shows by now; one that shows the same as before stays as it is."""
        if (read := self._read) is None:
            return
        self._here = others = self._others()
        left = {one.id for one in read.left}
        for one in read.tickets:
            if only is not None and one.id not in only:
                continue
            ticked = self._many.offer(one, read) if self._tools.choosing else None
            here = here_words(*others[one.id]) if one.id in others else ""
            self._list.show(one, read, Standing(one.id == self._thread.number, ticked, here, left=one.id in left))

    def _draw_list(self) -> ui.element:
        """Draw what holds the rows and hears of presses on all of them: else each would take two elements more."""
        rows = box("ticket-list", "ol").mark("daftar")
        rows.on("click", safely(self._open_row), js_handler=_ROW)
        rows.on("change", safely(self._tick_row), js_handler=_TICK)
        return rows

    async def _open_row(self, number: str = "") -> None:
        if str(number).isdecimal():
            await self.open(int(number))

    def _tick_row(self, told: Any = None) -> None:
        if isinstance(told, list) and len(told) == 2 and str(told[0]).isdecimal():
            self._many.tick(int(told[0]), ticked=told[1] is True)

    def _draw_number(self) -> None:
        with box("chips"):
            told = plainly(_("Nomor yang berakhir {digits}, semua tumpukan"), digits=self.filters.ending)
            button(told, partial(self.filters.set_to, replace(self.wanted, of=())), css="chip", sign="close")

    def _draw_fresh(self) -> None:
        self._news.clear()
        with self._news:
            if count := self._fresh:
                told = plainly(_n("{count} baru", "{count} baru", count), count=count)
                button(told, self.read, css="fresh", sign="down")

    def _draw_turning(self) -> None:
        self._turns.clear()
        if self._read is None:
            return
        with self._turns, box("turning"):
            found_few = bool(self.wanted.looked_for) and len(self._read.tickets) < ROWS
            on = _("Cari lebih jauh") if found_few else _("Berikutnya")
            self._turning.draw(self._read.further, back=_("Sebelumnya"), on=on)
            if self._read.tickets and self.page.session.member.role.covers(NEEDS[Right.SAVE_TICKETS]):
                asked = {key: getattr(self.wanted, name) for name, key in ASKED.items()}
                link(
                    _("Unduh daftar"),
                    f"/konsol/aduan.csv?{urlencode(asked | {'tumpukan': self.wanted.pile})}",
                    sign="save",
                )
