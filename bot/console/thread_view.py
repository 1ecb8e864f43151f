"""The thread of one complaint: the person's card, what was said and sent, and what the agent does about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from json import dumps
from typing import Any, Final

from nicegui import ui

from bot.channels.plain import plain
from bot.console.desk import Desk, Thread
from bot.console.parts import Words, box, button, drawn, empty, notice, safely, words
from bot.console.shown import Shown, to_the_minute
from bot.console.words import lasting, matter_of, state_name, to_cutoff, urgency, wib
from bot.helpdesk.console_acts import Acted, plain_told
from handlers.helpdesk.orders import Order, TicketAct
from handlers.phrases.milestone_titles import titles
from locales import _, fill, moment
from programme.model.messages import Kind
from programme.model.tickets import Author, Entry, TicketState
from programme.model.zones import Zone
from reminders.wording.titles import title_of

_TEXT: Final = "(e) => emit(document.querySelector('.composer textarea').value)"
_TYPED: Final = "(e) => { clearTimeout(konsol.typing); konsol.typing = setTimeout(() => emit(e.target.value), 500); }"
_CSS: Final = {
    Author.PERSON: "theirs",
    Author.BOT: "bot",
    Author.AGENT: "mine",
    Author.NOTE: "note",
    Author.DESK: "desk",
}


@dataclass(slots=True, eq=False)
class ThreadView:
    """The side of the page that shows one complaint; nothing of it is lost when the page is."""

    desk: Desk
    side: ui.element
    on_close: Callable[[], Awaitable[None]]
    number: int | None = None
    _read: Thread | None = None
    _head: ui.element = field(init=False)
    _talk: ui.element = field(init=False)
    _kept: Words = field(init=False)
    _shown: Shown = field(init=False)

    def draw_nothing(self) -> None:
        """Say what will be here."""
        self.side.clear()
        with self.side:
            empty(_("Pilih satu aduan"), _("Tekan J atau K untuk berpindah, T untuk mengambil, ? untuk semua tombol."))

    def leave(self) -> None:
        """Show nothing any more."""
        self.number = self._read = None
        self.draw_nothing()

    async def open(self, number: int) -> None:
        """Show a complaint."""
        self.number, self._read = number, await self.desk.thread(number)
        if self._read is None:
            self.side.clear()
            with self.side:
                empty(_("Aduan ini tidak ada"), _("Mungkin orangnya meminta semua datanya dihapus."))
            return
        self.side.clear()
        with self.side:
            self._head = box("thread-head")
            self._talk = box("thread-talk", role="log", aria_label=_("Percakapan"), tabindex="0")
            self._draw_composer(self._read)
        self._shown = Shown()
        self._show_head(self._read)
        self._draw_talk(self._read)

    async def refresh(self) -> None:
        """Show what changed; what is being written stays untouched."""
        if self.number is None or self._read is None:
            return
        read = await self.desk.thread(self.number)
        if read is None:
            await self.on_close()
            return
        before, self._read = self._read, read
        self._show_head(read)
        if read.entries != before.entries:
            self._draw_talk(read)

    def _show_head(self, read: Thread) -> None:
        if self._shown.differs("head", replace(read, now=to_the_minute(read.now), draft="")):
            self._draw_head(read)

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
            self._draw_acts(read)
            self._draw_card(read)

    def _standing(self, read: Thread) -> str:
        ticket = read.ticket
        held = read.names.get(ticket.owner or "", "") if ticket.state is TicketState.HELD else ""
        since = ticket.waits_since if ticket.is_open else None
        waits = fill(_("menunggu {time}"), time=lasting(read.now - since)) if since else ""
        state = "" if waits and ticket.state is TicketState.WAITING else state_name(ticket.state)
        return ", ".join(filter(None, (f"{state} {held}".strip(), waits)))

    def _draw_acts(self, read: Thread) -> None:
        ticket, me = read.ticket, self.desk.page.session.member.who
        with box("acts", role="group", aria_label=_("Tindakan")):
            if not ticket.is_open:
                self._act_button(_("Buka lagi"), TicketAct.REOPEN, "again", "o")
                return
            if ticket.owner != me or ticket.state is not TicketState.HELD:
                self._act_button(_("Ambil"), TicketAct.TAKE, "take", "t", css="primary")
            self._act_button(_("Minta data"), TicketAct.ASK, "picture", "m")
            self._act_button(_("Kembalikan ke bot"), TicketAct.TO_BOT, "reply", "b")
            self._act_button(_("Tutup"), TicketAct.CLOSE, "done", "e")

    def _act_button(self, label: str, act: TicketAct, sign: str, key: str, *, css: str = "secondary") -> None:
        async def do() -> None:
            await self._do(Order(act))

        button(label, do, css=css, sign=sign, key=key)

    def _draw_card(self, read: Thread) -> None:
        ticket, person = read.ticket, read.person
        with box("card-details", "details"):
            with box("", "summary"):
                words(_("Kartu peserta"))
            with box("facts", "dl"):
                if person is not None:
                    name = f"{person.name[0]}•••" if person.name else _("tanpa nama")
                    sure = _("data resmi") if person.official else _("kata sendiri")
                    wave = fill(_("gelombang {wave} ({sure})"), wave=person.wave, sure=sure) if person.wave else ""
                    _fact(_("Peserta"), ", ".join(filter(None, (name, wave))))
                    reached = sorted(person.progress, key=lambda one: one.position)
                    _fact(_("Langkah"), ", ".join(titles()[one] for one in reached) or _("belum ada yang tercatat"))
                if ticket.cutoff is not None:
                    _fact(_("Batas beli"), moment(ticket.cutoff, Zone.WIB.tz, "WIB"))
                _fact(_("Kenapa ke petugas"), ticket.complaint)
                _fact(_("Sudah dikatakan bot"), ticket.heard)
            if read.sent:
                words(_("Yang dikirim Sobat terakhir"), "heading", "h3")
                with box("sent", "ol"):
                    for one in read.sent:
                        what = title_of(one.source) if one.kind is Kind.REMINDER else _kind(one.kind)
                        told = "" if one.message is None else plain(one.message.text)[:90]
                        words(f"{wib(one.closed_at or one.due_at)}: {what}. {told}".strip(), tag="li")

    def _draw_talk(self, read: Thread) -> None:
        self._talk.clear()
        with self._talk:
            for entry in read.entries:
                _draw_entry(entry, read)
        ui.run_javascript("konsol.toEnd()")

    def _draw_composer(self, read: Thread) -> None:
        with box("composer"):
            self._draw_canned(read)
            area = box("input", "textarea", rows="3", maxlength="4096", aria_label=_("Jawaban untuk peserta"))
            area.props["placeholder"] = _("Tulis jawaban, atau / untuk balasan siap. {nama} diisi saat dikirim.")
            area.on("input", safely(self._typed), js_handler=_TYPED)
            area.mark("jawaban")
            self._kept = words("", "quiet kept")
            with box("acts"):
                button(_("Kirim ke peserta"), self._say, css="primary", sign="send", tells=_TEXT).mark("kirim")
                button(_("Catat"), self._note, sign="note", key="n", tells=_TEXT).mark("catat")
                button(_("Kirim dan tutup"), self._say_and_close, sign="done", tells=_TEXT).mark("kirim-tutup")
        if read.draft:
            ui.run_javascript(f"konsol.draft({dumps(read.draft)})")

    def _draw_canned(self, read: Thread) -> None:
        with box("canned", hidden="hidden", role="group", aria_label=_("Balasan siap")):
            for one in read.canned.values():
                if not one.text:
                    continue
                key = box("canned-reply", "button", type="button", data_name=one.name)
                key.on("click", js_handler=f"() => konsol.draft({dumps(one.text)})")
                with key:
                    words(one.name, "name")
                    words(one.text, "said")

    async def _typed(self, text: Any = "") -> None:
        if self.number is not None:
            await self.desk.keep(self.number, str(text))
            self._kept.text = _("Draf tersimpan.") if str(text).strip() else ""

    async def _say(self, text: Any = "") -> None:
        await self._do(Order(TicketAct.SAY, words=str(text).strip()))

    async def _say_and_close(self, text: Any = "") -> None:
        await self._do(Order(TicketAct.CLOSE, words=str(text).strip()))

    async def _note(self, text: Any = "") -> None:
        await self._do(Order(TicketAct.NOTE, words=str(text).strip()))

    async def _do(self, order: Order) -> None:
        if self.number is None or self._read is None:
            return
        if order.act in {TicketAct.SAY, TicketAct.NOTE} and not order.words:
            notice(_("Tulis dulu isinya."), bad=True)
            return
        acted = await self.desk.act(self.number, order, self._read.seen)
        _tell(acted)
        if acted.done and order.words:
            ui.run_javascript('konsol.draft("")')
        await self.refresh()


def _tell(acted: Acted) -> None:
    if acted.overtaken:
        notice(
            _("Ada yang lebih dulu, atau peserta baru menulis. Tulisanmu tersimpan sebagai draf: baca dulu."), bad=True
        )
    elif not acted.done:
        notice(acted.told or _("Tidak bisa."), bad=True)
    else:
        notice(_("Beres."))


def _fact(name: str, told: str) -> None:
    if told:
        words(name, tag="dt")
        words(told, tag="dd")


def _kind(kind: Kind) -> str:
    return {Kind.REPLY: _("Jawaban"), Kind.STAFF: _("Petugas"), Kind.BROADCAST: _("Pengumuman")}.get(
        kind, _("Pengingat")
    )


def _draw_entry(entry: Entry, read: Thread) -> None:
    text = plain_words(entry)
    with box(f"entry {_CSS[entry.author]}", "article"):
        who = {
            Author.PERSON: _("Peserta"),
            Author.BOT: _("Sobat"),
            Author.NOTE: fill(_("Catatan {name}"), name=read.names.get(entry.who or "", _("petugas"))),
            Author.DESK: "",
        }.get(entry.author, read.names.get(entry.who or "", _("petugas")))
        if who:
            words(who, "who")
        words(text, "text", "p")
        if entry.attachment is not None:
            with box("file"):
                drawn("file")
                words(_("Berkas: lihat di grup petugas"))
        words(wib(entry.at), "when", "time")


def plain_words(entry: Entry) -> str:
    """Return what an entry says; what the desk itself says is markup of ours, all else is as it was typed."""
    return plain_told(entry.text) if entry.author is Author.DESK else entry.text
