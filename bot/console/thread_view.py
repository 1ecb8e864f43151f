"""The thread of one complaint: the person's card, what was said and sent, and what the agent does about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from nicegui import ui

from bot.console import thread_sheets
from bot.console.access import NEEDS, Right
from bot.console.desk import ENTRIES, Desk, Thread
from bot.console.parts import Words, box, button, drawn, empty, link, notice, words
from bot.console.presence import Here
from bot.console.refusal_words import told_of
from bot.console.shared_reads import Reads
from bot.console.shown import Shown, to_the_minute
from bot.console.still import still
from bot.console.thread_card import draw_card
from bot.console.thread_composer import WRITTEN, ThreadComposer
from bot.console.thread_entries import draw_entry
from bot.console.words import here_words, lasting, matter_of, state_name, to_cutoff, urgency, wib
from bot.helpdesk.console_acts import Acted
from handlers.helpdesk.orders import Order, TicketAct
from locales import _, plainly
from programme.model.tickets import TicketState


@dataclass(slots=True, eq=False)
class ThreadView:
    """The side of the page that shows one complaint; nothing of it is lost when the page is."""

    desk: Desk
    side: ui.element
    on_close: Callable[[], Awaitable[None]]
    on_done: Callable[[Acted], Awaitable[None]]
    on_next: Callable[[int | None], Awaitable[None]]
    neighbour: Callable[[], int | None]
    number: int | None = None
    _most: int = ENTRIES
    _read: Thread | None = None
    _head: ui.element = field(init=False)
    _acts: ui.element = field(init=False)
    _card: ui.element = field(init=False)
    _talk: ui.element = field(init=False)
    _here: Words = field(init=False)
    _shown: Shown = field(init=False)

    def draw_nothing(self) -> None:
        """Say what will be here."""
        self.side.clear()
        with self.side:
            empty(_("Pilih satu aduan"), _("Tekan J atau K untuk berpindah, T untuk mengambil, ? untuk semua tombol."))

    async def leave(self) -> None:
        """Show nothing any more."""
        self.number = self._read = None
        self._presence.leave(self._tab)
        self.draw_nothing()

    async def open(self, number: int) -> None:
        """Show a complaint."""
        self.number, self._most, self._read = number, ENTRIES, await self.desk.thread(number)
        self.side.clear()
        if self._read is None:
            with self.side:
                empty(_("Aduan ini tidak ada"), _("Mungkin orangnya meminta semua datanya dihapus."))
            return
        with self.side:
            with box("thread-head"):
                self._head, self._here = box(), words("", "here", "p")
                self._acts, self._card = box("acts", role="group", aria_label=_("Tindakan")), box()
            self._talk = box("thread-talk", role="log", aria_label=_("Percakapan"), tabindex="0")
            ThreadComposer(self.desk, number, self._tab, self._do).draw(self._read)
        self._shown = Shown()
        self._show_head(self._read)
        self._draw_talk(self._read)
        self._look()

    async def differs(self, reads: Reads) -> bool:
        """Tell whether there is more to show than what is shown; it tells the others as well that it is looked at."""
        if self._read is None:
            return False
        self._look()
        return not await self.desk.is_as_before(reads, self._read)

    async def refresh(self) -> None:
        """Show what changed; what is being written stays untouched."""
        if self.number is None or self._read is None:
            return
        read = await self.desk.thread(self.number, self._most)
        if read is None:
            await self.on_close()
            return
        before, self._read = self._read, read
        self._show_head(read)
        if read.entries != before.entries:
            self._draw_talk(read)
        self._look()

    def greet(self) -> None:
        """Show who else is here, and who writes."""
        if self.number is not None and self._read is not None:
            me = self.desk.page.session.member.who
            self._here.text = here_words(*self._presence.others(me, {self.number}).get(self.number, ((), ())))

    def _look(self) -> None:
        """Tell the others that somebody looks at this one, also after the browser had lost its way here."""
        if self.number is not None:
            member = self.desk.page.session.member
            self._presence.look(self._tab, Here(member.who, member.name, self.number))
            self.greet()

    @property
    def _presence(self) -> Any:
        return self.desk.page.console.live.presence

    @property
    def _tab(self) -> str:
        return self.side.client.id

    def _show_head(self, read: Thread) -> None:
        known = replace(read, now=to_the_minute(read.now), draft="", entries=(), canned={})
        if self._shown.differs("head", replace(known, colleagues=())):
            self._draw_head(read)
        ticket, me = read.ticket, self.desk.page.session.member.who
        mine = ticket.state is TicketState.HELD and ticket.owner == me
        if self._shown.differs("acts", (ticket.is_open, mine, read.muted)):
            self._draw_acts(read)
        if self._shown.differs("card", (replace(ticket, fence=0, labels=None), read.person, read.sent)):
            self._card.clear()
            with self._card, still():
                draw_card(read, self.desk.page.console.parts.programme, self.desk.page.console.parts.policy)

    def _draw_head(self, read: Thread) -> None:
        ticket, programme = read.ticket, self.desk.page.console.parts.programme
        self._head.clear()
        with self._head:
            with box("thread-title"):
                button("", self.on_close, css="round back", sign="back", named=_("Kembali ke daftar"))
                with box("told"):
                    words(f"#{ticket.id} {matter_of(ticket, programme)}", "name", "h2")
                    words(self._standing(read), "quiet", "p")
                if ticket.cutoff is not None:
                    words(to_cutoff(ticket.cutoff, read.now), f"pill {urgency(ticket.cutoff, read.now)}")
            if ticket.labels or ticket.incident:
                with box("chips"):
                    for one in ticket.labelled:
                        words(one, "chip")
                    if ticket.incident:
                        words(
                            read.incidents.get(ticket.incident) or plainly(_("Insiden {n}"), n=ticket.incident),
                            "chip hot",
                        )

    def _standing(self, read: Thread) -> str:
        ticket = read.ticket
        held = read.names.get(ticket.owner or "", "") if ticket.state is TicketState.HELD else ""
        since = ticket.waits_since if ticket.is_open else None
        waits = plainly(_("menunggu {time}"), time=lasting(read.now - since)) if since else ""
        state = "" if waits and ticket.state is TicketState.WAITING else state_name(ticket.state)
        off = plainly(_("ditunda sampai {at}"), at=wib(ticket.put_off_to)) if ticket.is_put_off(read.now) else ""  # type: ignore[arg-type]
        state = plainly(_("dipegang {name}"), name=held) if held else state
        return ", ".join(filter(None, (state, waits, off)))

    def _draw_acts(self, read: Thread) -> None:
        ticket, me = read.ticket, self.desk.page.session.member.who
        self._acts.clear()
        with self._acts:
            if not ticket.is_open:
                self._act_button(_("Buka lagi"), TicketAct.REOPEN, "again", "o")
                if read.muted:
                    self._act_button(_("Suarakan lagi"), TicketAct.UNMUTE, "bell", "u")
                self._draw_saving(read)
                return
            if ticket.owner != me or ticket.state is not TicketState.HELD:
                self._act_button(_("Ambil"), TicketAct.TAKE, "take", "t", css="primary")
            button(_("Serahkan"), self._hand_over, sign="hand", key="s")
            self._act_button(_("Tutup"), TicketAct.CLOSE, "done", "e")
            button(_("Tutup, berikutnya"), self._close_and_next, sign="down", key="x", tells=WRITTEN).mark(
                "tutup-berikut"
            )
            self._draw_more(read)

    def _draw_more(self, read: Thread) -> None:
        """What is needed more seldom, behind one button; its keys work all the same."""
        more = box("round", "button", type="button", aria_label=_("Tindakan lain"), title=_("Tindakan lain"))
        with more:
            drawn("more")
        with box("menu-sheet", popover="auto", role="group", aria_label=_("Tindakan lain")) as menu:
            self._act_button(_("Minta data"), TicketAct.ASK, "picture", "m", css="item")
            self._act_button(_("Kembalikan ke bot"), TicketAct.TO_BOT, "reply", "b", css="item")
            button(_("Eskalasi ke luar"), self._escalate, css="item", sign="building", key="l")
            button(_("Tunda"), self._put_off, css="item", sign="clock", key="d")
            button(_("Label"), self._label, css="item", sign="label", key="g")
            button(_("Ikat ke insiden"), self._tie, css="item", sign="fire", key="i")
            button(_("Bisukan pengirim"), self._mute, css="item", sign="close")
            self._draw_saving(read, css="item")
        more.on("click", js_handler=f"(e) => konsol.menu(e.currentTarget, '{menu.html_id}')")

    def _draw_saving(self, read: Thread, css: str = "secondary") -> None:
        if self.desk.page.session.member.role.covers(NEEDS[Right.SAVE_TRANSCRIPT]):
            link(_("Unduh transkrip"), f"/konsol/aduan/{read.ticket.id}.txt", css=css, sign="save")

    def _act_button(self, label: str, act: TicketAct, sign: str, key: str, *, css: str = "secondary") -> None:
        button(label, partial(self._do, Order(act)), css=css, sign=sign, key=key)

    def _hand_over(self) -> None:
        if self._read is not None:
            thread_sheets.hand_over(self._read, self._do)

    def _escalate(self) -> None:
        if self._read is not None:
            thread_sheets.escalate(self._read, self.desk.page.console.parts.programme, self._do)

    def _put_off(self) -> None:
        if self._read is not None:
            thread_sheets.put_off(self._read, self._do)

    async def _label(self) -> None:
        if self._read is not None:
            thread_sheets.label(self._read.ticket.labelled, await self.desk.labels(), self._do)

    def _tie(self) -> None:
        if self._read is not None:
            thread_sheets.tie(self._read.incidents.items(), self._do)

    def _mute(self) -> None:
        thread_sheets.mute(self._do)

    def _draw_talk(self, read: Thread) -> None:
        self._talk.clear()
        with self._talk:
            if len(read.entries) == self._most:
                button(_("Yang lebih lama"), self._older, sign="back").mark("lebih lama")
            with still():
                for entry in read.entries:
                    draw_entry(entry, read)
        ui.run_javascript("konsol.toEnd()")

    async def _older(self) -> None:
        self._most += ENTRIES
        await self.refresh()
        ui.run_javascript("konsol.toBegin()")

    async def _close_and_next(self, text: Any = "") -> None:
        further = self.neighbour()
        if await self._done(Order(TicketAct.CLOSE, words=str(text).strip())):
            await self.on_next(further)

    async def _do(self, order: Order) -> None:
        await self._done(order)

    async def _done(self, order: Order) -> bool:
        """Do it to the complaint as it is shown; tell whether it was done."""
        if self.number is None or self._read is None:
            return False
        if order.act in {TicketAct.SAY, TicketAct.NOTE} and not order.words:
            notice(_("Tulis dulu isinya."), bad=True)
            return False
        acted = await self.desk.act(self.number, order, self._read.seen)
        if acted.done and order.words:
            ui.run_javascript('konsol.draft("")')
            self._presence.rest(self._tab)
        if acted.done:
            await self.on_done(acted)
        else:
            notice(told_of(acted), bad=True)
        await self.refresh()
        return acted.done
