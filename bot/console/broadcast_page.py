"""One broadcast: how far it is, what its state allows, what became of its messages, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from fastapi import Request
from nicegui import ui

from bot.console.amending_view import AmendingView, can_be_amended
from bot.console.broadcast_desk import BroadcastDesk, Looked
from bot.console.broadcast_words import (
    at_wib,
    for_whom,
    lasts,
    left_out,
    out_of,
    over_whatsapp,
    parts_of,
    pill_of,
    receipts,
    standing,
    state_name,
)
from bot.console.broadcasts_page import AT, draw_bar
from bot.console.live import broadcast_version
from bot.console.open_page import OpenPage
from bot.console.parts import asked, box, button, empty, link, notice, words
from bot.console.phone_view import PhoneView
from bot.console.saying_why import saying_why
from bot.console.shown import Shown
from bot.console.still import still
from bot.console.tables import Column, table
from bot.console.words import number
from locales import _, plainly
from programme.model.broadcasts import POSSIBLE, BroadcastAct, BroadcastState


@dataclass(slots=True, eq=False)
class BroadcastView:
    """The page as it is shown."""

    desk: BroadcastDesk
    number: int
    _read: Looked | None = None
    _parts: dict[str, ui.element] = field(default_factory=dict)
    _shown: Shown = field(default_factory=Shown)
    _phone: PhoneView = field(default_factory=PhoneView)
    _amending: AmendingView = field(init=False)

    async def draw(self) -> None:
        """Put everything on the page, and keep it current."""
        read = await self.desk.look(self.number)
        if read is None:
            words(_("Siaran"), "unseen", "h1")
            with box("card"):
                empty(_("Siaran ini tidak ada"), _("Mungkin nomornya salah. Semua siaran ada di daftar."))
                link(_("Kembali ke daftar"), AT, sign="back")
            return
        self._amending = AmendingView(self.desk, self._phone, self.refresh)
        self._parts["head"] = box("title-row")
        with box("columns wide-left"):
            with box("stack"):
                for name in ("progress", "amended", "amend", "why", "facts"):
                    self._parts[name] = box("card", "section")
            with box("stack"):
                self._phone.draw()
        self._show(read)
        self.desk.page.stay_current(self.refresh, version=broadcast_version)

    async def refresh(self) -> None:
        """Draw anew what changed."""
        read = await self.desk.look(self.number, self._read)
        if read is not None:
            self._show(read)

    def _show(self, read: Looked) -> None:
        self._read, found = read, read.broadcast
        self._redraw("head", (found.state, found.approver, found.reason, bool(read.progress.planned)), read)
        self._redraw("progress", (found.state, read.progress), read)
        self._redraw("amended", read.amendments, read)
        states = [each.state for each, _progress in read.amendments]
        self._redraw("amend", (can_be_amended(read), states, found.messages["id"].text), read)
        self._redraw("why", (read.progress.reasons, read.progress.receipts), read)
        self._redraw("facts", (found, read.whatsapp), read)
        if self._shown.differs("phone", read.seen):
            self._phone.show(replace(read.seen, per_person=False), "id", found.starts_at)

    def _redraw(self, part: str, source: object, read: Looked) -> None:
        if not self._shown.differs(part, source):
            return
        draw = {
            "head": self._draw_head,
            "progress": _draw_progress,
            "amended": self._amending.draw_progress,
            "amend": self._amending.draw,
            "why": _draw_why,
            "facts": _draw_facts,
        }[part]
        holder = self._parts[part]
        holder.clear()
        shown = {"amended": bool(read.amendments), "amend": can_be_amended(read)}.get(part, True)
        holder.classes(add="" if shown else "hidden", remove="hidden" if shown else "")
        if not shown:
            return
        with self._parts[part]:
            draw(read)

    def _draw_head(self, read: Looked) -> None:
        found = read.broadcast
        with box("told"), box("title"):
            words(plainly(_("Siaran {number}"), number=found.id), "name", "h1")
            words(standing(found), "quiet", "p")
        with box("acts", role="group", aria_label=_("Tindakan")):
            self._draw_acts(read)
            if read.progress.planned:
                link(_("Unduh hasil"), f"{AT}/hasil.csv?nomor={found.id}", sign="save")
            link(_("Semua siaran"), AT, sign="back")

    def _draw_acts(self, read: Looked) -> None:
        found, me = read.broadcast, self.desk.page.session.member.who
        if found.state is BroadcastState.WAITING_APPROVAL and found.author == me:
            words(_("Menunggu orang kedua: kamu sendiri yang menulisnya."), "quiet")
        for act in BroadcastAct:
            mine = act is BroadcastAct.APPROVE and found.author == me
            nothing = act is BroadcastAct.RETRY and not read.progress.failed + read.progress.gone
            if found.state in POSSIBLE[act] and not mine and not nothing:
                self._draw_act(act, read)

    def _draw_act(self, act: BroadcastAct, read: Looked) -> None:
        async def do() -> None:
            with saying_why():
                await self.desk.act(self.number, act)
                notice(_("Beres."))
            await self.refresh()

        many = number(read.broadcast.expected)
        match act:
            case BroadcastAct.APPROVE:
                question = plainly(_("Setujui siaran ini ke {count} orang? Baca dulu isinya di ponsel."), count=many)
                asked(_("Setujui"), question, _("Ya, setujui"), do, css="primary", sign="done")
            case BroadcastAct.PAUSE:
                button(_("Jeda"), do, css="primary", sign="pause")
            case BroadcastAct.RESUME:
                asked(_("Lanjutkan"), _("Kirim ke yang belum mendapat?"), _("Ya, lanjutkan"), do, sign="play")
            case BroadcastAct.CANCEL:
                question = _("Batalkan siaran ini? Yang belum terkirim tidak akan terkirim.")
                asked(_("Batalkan"), question, _("Ya, batalkan"), do, css="danger", sign="close")
            case BroadcastAct.RETRY:
                question = _("Coba lagi yang gagal? Yang sudah mendapat tidak mendapat dua kali.")
                asked(_("Coba lagi yang gagal"), question, _("Ya, coba lagi"), do, sign="again")


async def draw_broadcast(page: OpenPage, request: Request) -> None:
    """Draw the broadcast that `?nomor=12` names."""
    asked_for = request.query_params.get("nomor", "")
    known = asked_for.isdecimal() and len(asked_for) < 16
    await BroadcastView(BroadcastDesk(page), int(asked_for) if known else 0).draw()


def _draw_progress(read: Looked) -> None:
    with still():
        _draw_figures(read)


def _draw_figures(read: Looked) -> None:
    found, progress = read.broadcast, read.progress
    with box("row-head"):
        words(_("Kemajuan"), "heading", "h2")
        words(state_name(found.state), pill_of(found.state))
    if not progress.planned:
        words(plainly(_("{count} orang akan mendapatnya."), count=number(found.expected)), "", "p")
    draw_bar(progress, found.expected)
    words(out_of(progress, found.expected), "quiet", "p")
    with box("figures parts"):
        for css, name, count in parts_of(progress):
            with box(f"figure-box part-{css}"):
                words(number(count), "count")
                words(name, "what")
    if told := receipts(progress.receipts):
        words(told, "quiet", "p")
    words(_("Diterima pengirim berarti diterima Telegram atau WhatsApp, belum tentu sampai atau dibaca."), "quiet", "p")


def _draw_why(read: Looked) -> None:
    words(_("Kenapa tidak sampai"), "heading", "h2")
    if not read.progress.reasons:
        empty(_("Tidak ada yang tercatat"), _("Alasan dari Telegram dan WhatsApp muncul di sini, yang terbanyak dulu."))
        return
    rows = [[why, number(count)] for why, count in read.progress.reasons]
    table(_("Kenapa tidak sampai"), [Column(_("Alasan")), Column(_("Banyak"), figure=True)], rows)


def _draw_facts(read: Looked) -> None:
    words(_("Rincian"), "heading", "h2")
    with still(), box("facts", "dl"):
        for name, told in _facts(read):
            words(name, tag="dt")
            words(told, tag="dd")


def _facts(read: Looked) -> Iterator[tuple[str, str]]:
    found = read.broadcast
    yield _("Penerima"), for_whom(found.audience)
    yield _("Dipesan oleh"), read.names.get(found.author, found.author)
    if found.approver:
        yield _("Disetujui oleh"), read.names.get(found.approver, found.approver)
    yield _("Mulai"), at_wib(found.began_at or found.starts_at)
    if found.ended_at:
        yield _("Berakhir"), at_wib(found.ended_at)
        if found.began_at:
            yield _("Lama"), lasts(found.ended_at - found.began_at)
    if found.not_after:
        yield _("Paling lambat"), at_wib(found.not_after)
    if read.whatsapp is not None:
        yield "WhatsApp", over_whatsapp(read.whatsapp)
    yield _("Tidak ikut"), "\n".join(left_out(found.exclusions))
