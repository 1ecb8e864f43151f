"""Aduan, the inbox: the queue by nearness of the person's cutoff on one side, one complaint on the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi import Request
from nicegui import ui

from bot.console.desk import Desk, Listed
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, choice, drawn, empty, words
from bot.console.parts import field as text_field
from bot.console.shown import Shown, to_the_minute
from bot.console.still import still
from bot.console.thread_view import ThreadView
from bot.console.words import lasting, matter_of, number, state_name, to_cutoff, urgency
from bot.store.repositories.inbox_list import Pile, Place, Wanted
from handlers.phrases.matters import matters
from locales import _, _n, fill
from programme.model.participants import Participant
from programme.model.tickets import Ticket, TicketState
from programme.programme import Programme


async def draw_inbox(page: OpenPage, request: Request) -> None:
    """Draw the inbox; `?aduan=12` opens a complaint at once, `?tumpukan=milikku` another pile."""
    helpdesk = page.console.parts.helpdesk
    if helpdesk is None:
        with box("card"):
            empty(
                _("Belum ada petugas di balik bot"),
                _("Isi TELEGRAM_STAFF_GROUP supaya peserta bisa minta bantuan orang."),
            )
        return
    asked = request.query_params.get("tumpukan", "")
    pile = Pile(asked) if asked in set(Pile) else Pile.WAITING
    inbox = Inbox(page, Desk(page, helpdesk), Wanted(pile=pile))
    await inbox.draw()
    if (opened := request.query_params.get("aduan", "")).isdecimal() and len(opened) < 16:
        await inbox.open(int(opened))


@dataclass(slots=True, eq=False)
class Inbox:
    """The page as it is shown."""

    page: OpenPage
    desk: Desk
    wanted: Wanted
    _after: list[Place | None] = field(default_factory=lambda: [None])
    _read: Listed | None = None
    _fresh: int = 0
    _holder: ui.element = field(init=False)
    _rows: ui.element = field(init=False)
    _piles: ui.element = field(init=False)
    _thread: ThreadView = field(init=False)
    _shown: Shown = field(default_factory=Shown)

    async def draw(self) -> None:
        """Put list and thread side by side; a narrow screen shows one of them."""
        words(_("Aduan"), "unseen", "h1")
        async with self.page.looking() as acting:
            teams = sorted({one.team for one in await acting.tx.agents.all() if one.team})
        with box("inbox") as self._holder:
            with box("list-side", "section", aria_label=_("Daftar aduan")):
                self._draw_head(teams)
                self._rows = box("rows")
            with box("thread-side", "section", aria_label=_("Aduan yang dibuka")) as side:
                self._thread = ThreadView(self.desk, side, self.close)
                self._thread.draw_nothing()
        await self.read()
        self.page.stay_current(self.refresh)

    def _draw_head(self, teams: Sequence[str]) -> None:
        with box("list-head"):
            self._piles = box("piles", role="group", aria_label=_("Tumpukan"))
            with box("filters"):
                text_field(
                    _("Cari nomor atau kata"), self.wanted.words, self.search, placeholder=_("Cari nomor atau kata")
                )
                kinds = [("", _("Semua perihal")), *matters().items()]
                choice(_("Perihal"), kinds, self.wanted.about, self.narrow)
                if teams:
                    choice(_("Tim"), [("", _("Semua tim")), *((one, one) for one in teams)], "", self.of_team)

    async def search(self, typed: str = "") -> None:
        """List what has this number or these words."""
        await self._turn(replace(self.wanted, words=typed.strip()[:100]))

    async def narrow(self, about: str = "") -> None:
        """List one matter alone."""
        await self._turn(replace(self.wanted, about=about if about in matters() else ""))

    async def of_team(self, team: str = "") -> None:
        """List what one team has."""
        await self._turn(replace(self.wanted, team=team[:100]))

    async def choose(self, pile: Pile) -> None:
        """List another pile."""
        await self._turn(replace(self.wanted, pile=pile))

    async def _turn(self, wanted: Wanted) -> None:
        self.wanted, self._after = wanted, [None]
        await self.read()

    async def read(self) -> None:
        """Read the list anew, and show it in its own order."""
        self._fresh, self._read = 0, await self.desk.listed(self.wanted, self._after[-1])
        self._show()

    async def refresh(self) -> None:
        """Take in what changed, without moving what somebody may be about to press: what is new is counted."""
        read = await self.desk.listed(self.wanted, self._after[-1])
        before = self._read.tickets if self._read else ()
        known = {one.id: one for one in read.tickets}
        shown = [known[one.id] for one in before if one.id in known]
        if not before or not shown:
            self._read, self._fresh = read, 0
        else:
            self._fresh = len(known) - len(shown)
            self._read = replace(read, tickets=shown)
        self._show()
        await self._thread.refresh()

    async def further(self) -> None:
        """Turn to the next page of the list."""
        if self._read is not None and self._read.further is not None:
            self._after.append(self._read.further)
            await self.read()

    async def back(self) -> None:
        """Turn to the page before."""
        if len(self._after) > 1:
            self._after.pop()
            await self.read()

    async def open(self, ticket: int) -> None:
        """Show one complaint beside the list."""
        self._holder.classes(add="opened")
        await self._thread.open(ticket)
        ui.run_javascript(f"konsol.at('/konsol/aduan?tumpukan={self.wanted.pile}&aduan={ticket}')")
        self._show()

    async def close(self) -> None:
        """Go back to the list, on a narrow screen."""
        self._holder.classes(remove="opened")
        self._thread.leave()
        ui.run_javascript(f"konsol.at('/konsol/aduan?tumpukan={self.wanted.pile}')")
        self._show()

    def _show(self) -> None:
        if self._read is None:
            return
        read = self._read
        if self._shown.differs("piles", (self.wanted, read.counts)):
            self._draw_piles(read)
        seen = replace(read, now=to_the_minute(read.now))
        if self._shown.differs("rows", (self.wanted, seen, self._fresh, self._thread.number)):
            self._draw_rows(read)

    def _draw_piles(self, read: Listed) -> None:
        self._piles.clear()
        with self._piles:
            for pile, name in _piles().items():
                self._draw_pile(pile, name, read.counts.get(pile))

    def _draw_rows(self, read: Listed) -> None:
        self._rows.clear()
        with self._rows:
            _draw_fresh(self._fresh, self.read)
            if not read.tickets:
                _draw_none(self.wanted)
            with box("ticket-list", "ol"):
                for one in read.tickets:
                    self._draw_row(one, read)
            self._draw_turning()

    def _draw_pile(self, pile: Pile, name: str, count: int | None) -> None:
        async def choose() -> None:
            await self.choose(pile)

        key = button(name, choose, css="pile")
        key.props["aria-pressed"] = "true" if pile is self.wanted.pile else "false"
        if count:
            with key:
                words(number(count), "badge")

    def _draw_row(self, one: Ticket, read: Listed) -> None:
        async def open_it() -> None:
            await self.open(one.id)

        programme = self.page.console.parts.programme
        with box("", "li"):
            row = button("", open_it, css="row", named=_named(one, read, programme)).mark(f"aduan {one.id}")
            row.props["data-ticket"] = str(one.id)
            del row.props["title"]
            if one.id == self._thread.number:
                row.props["aria-current"] = "true"
            with row, still():
                draw_row(one, read, programme)

    def _draw_turning(self) -> None:
        if self._read is None or (self._read.further is None and len(self._after) == 1):
            return
        with box("turning"):
            if len(self._after) > 1:
                button(_("Sebelumnya"), self.back, sign="back")
            if self._read.further is not None:
                button(_("Berikutnya"), self.further)


def draw_row(one: Ticket, read: Listed, programme: Programme) -> None:
    """Draw what the list shows of a complaint."""
    with box("row-head"):
        words(f"#{one.id}", "ticket-number")
        words(matter_of(one, programme), "name")
        if one.cutoff is not None and one.is_open:
            words(to_cutoff(one.cutoff, read.now), f"pill {urgency(one.cutoff, read.now)}")
    words(read.said.get(one.id) or one.complaint, "said")
    with box("row-foot"):
        words(person_of(read.people.get(one.participant)))
        if one.state is not TicketState.WAITING or one.waits_since is None:
            words(_holder(one, read.names))
        if one.waits_since is not None and one.is_open:
            words(fill(_("menunggu {time}"), time=lasting(read.now - one.waits_since)))
        if one.id in read.drafts:
            with box("draft-mark"):
                drawn("note")
                words(_("draf"))


def person_of(person: Participant | None) -> str:
    """Name a person as staff may see them: the first letter, and the wave."""
    if person is None:
        return _("peserta")
    name = f"{person.name[0]}•••" if person.name else _("peserta")
    return fill(_("{name}, gel. {wave}"), name=name, wave=person.wave) if person.wave else name


def _holder(one: Ticket, names: Mapping[str, str]) -> str:
    state = state_name(one.state)
    return names.get(one.owner or "", state) if one.state is TicketState.HELD else state


def _named(one: Ticket, read: Listed, programme: Programme) -> str:
    return f"#{one.id}, {matter_of(one, programme)}, {to_cutoff(one.cutoff, read.now)}, {state_name(one.state)}"


def _piles() -> dict[Pile, str]:
    return {
        Pile.WAITING: _("Antrean"),
        Pile.MINE: _("Kupegang"),
        Pile.OPEN: _("Terbuka"),
        Pile.CLOSED: _("Ditutup"),
    }


def _draw_fresh(count: int, read: Callable[[], Awaitable[None]]) -> None:
    if count:
        button(fill(_n("{count} baru", "{count} baru", count), count=count), read, css="fresh", sign="down")


def _draw_none(wanted: Wanted) -> None:
    if wanted.words or wanted.about or wanted.team:
        empty(_("Tidak ada yang cocok"), _("Ubah kata atau perihalnya, atau lihat tumpukan lain."))
        return
    told = {
        Pile.WAITING: (
            _("Antrean kosong"),
            _("Aduan baru muncul di sini sendiri, batas terdekat paling atas."),
        ),
        Pile.MINE: (_("Kamu tidak memegang aduan"), _("Buka satu dari antrean, lalu tekan Ambil atau langsung jawab.")),
        Pile.OPEN: (_("Tidak ada aduan terbuka"), _("Semua sudah beres.")),
        Pile.CLOSED: (_("Belum ada yang ditutup"), _("Aduan yang selesai tersimpan di sini dengan riwayatnya.")),
    }
    empty(*told[wanted.pile])
