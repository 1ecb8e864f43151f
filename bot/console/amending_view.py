"""What is done to messages that went out: taken back, corrected where they stand, or followed by a correction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from bot.console.broadcast_desk import BroadcastDesk, Looked
from bot.console.broadcasts_page import COMPOSE
from bot.console.fields import writing
from bot.console.parts import asked, box, button, link, notice, words
from bot.console.phone_view import PhoneView
from bot.console.saying_why import saying_why
from bot.console.still import still
from bot.console.words import number, wib
from locales import _, plainly
from programme.announcement import WrongBroadcast, compose_broadcast
from programme.model.amendments import Amendment, AmendmentKind, AmendmentProgress, AmendmentState
from programme.model.broadcasts import Broadcast, BroadcastState
from programme.placeholders import UnknownPlaceholder

_WAITING = AmendmentState.WAITING_APPROVAL


@dataclass(slots=True, eq=False)
class AmendingView:
    """The part of a broadcast's page where what went out is changed; what is written stays when figures change."""

    desk: BroadcastDesk
    phone: PhoneView
    refresh: Callable[[], Awaitable[None]]
    _text: str = ""
    _english: str = ""
    _read: Looked | None = field(default=None)

    def draw(self, read: Looked) -> None:
        """Put the ways on the page, as far as there is anything to change."""
        self._read, found = read, read.broadcast
        words(_("Yang sudah terkirim"), "heading", "h2")
        if any(each.kind is AmendmentKind.WITHDRAW for each, _progress in read.amendments):
            words(_("Siaran ini sudah ditarik."), "quiet", "p")
            self._draw_correction(read)
            return
        words(
            _("Di Telegram bisa diralat di tempatnya, atau ditarik dalam 48 jam. Di WhatsApp tidak bisa."),
            "quiet",
            "p",
        )
        with box("acts"):
            question = _("Tarik siaran ini? Yang belum terkirim dibatalkan; di Telegram pesannya dihapus.")
            asked(_("Tarik kembali"), question, _("Ya, tarik kembali"), self._withdraw, css="danger", sign="back")
            self._draw_correction(read)
        self._draw_edit(found)

    def _draw_correction(self, read: Looked) -> None:
        link(_("Siaran koreksi ke yang menerima"), f"{COMPOSE}?siaran={read.broadcast.id}", sign="megaphone")
        if read.amendments:
            link(_("… hanya ke yang masih memegang isi lama"), f"{COMPOSE}?siaran={read.broadcast.id}&sisa=ya")

    def _draw_edit(self, found: Broadcast) -> None:
        self._text = unescape(found.messages["id"].text)
        self._english = unescape(found.messages["en"].text) if "en" in found.messages else ""
        with box("as-table more", "details"):
            words(_("Ralat isinya"), tag="summary")
            with box("stack tight"):
                writing(_("Isi yang benar"), self._text, self._typed, rows=5)
                if "en" in found.messages:
                    writing(_("Isi yang benar, bahasa Inggris"), self._english, self._typed_english, rows=4)
                told = _("Ganti isinya di semua obrolan Telegram yang sudah menerimanya? Siarannya dijeda dulu.")
                with box("acts"):
                    asked(_("Ralat di tempatnya"), told, _("Ya, ralat"), self._edit, css="primary", sign="note")

    async def _typed(self, text: Any = "") -> None:
        self._text = str(text).strip()
        if self._read is None:
            return
        try:
            message = compose_broadcast({"id": self._text}, conversations=())["id"]
        except (WrongBroadcast, UnknownPlaceholder):
            return
        before = self._read.broadcast.messages["id"]
        shown = replace(before, text=message.text, per_person=False)
        self.phone.show(shown, "id", self._read.broadcast.starts_at)

    async def _typed_english(self, text: Any = "") -> None:
        self._english = str(text).strip()

    async def _withdraw(self) -> None:
        if self._read is not None:
            await self._done(self.desk.withdraw(self._read.broadcast.id), _("Sedang ditarik."))

    async def _edit(self) -> None:
        if self._read is not None:
            await self._done(
                self.desk.edit(self._read.broadcast, self._text, self._english, len(self._read.amendments)),
                _("Ralat tersimpan."),
            )

    async def _done(self, act: Awaitable[object], told: str) -> None:
        with saying_why():
            await act
            notice(told)
        await self.refresh()

    def draw_progress(self, read: Looked) -> None:
        """Tell of each amendment how far it is, and who keeps the former words."""
        words(_("Ditarik dan diralat"), "heading", "h2")
        for amendment, progress in read.amendments:
            with box("stack tight"):
                with still():
                    _draw_amendment(amendment, progress, read)
                if amendment.kind is AmendmentKind.EDIT and amendment.state in {_WAITING, AmendmentState.COLLECTING}:
                    self._draw_decision(amendment)

    def _draw_decision(self, amendment: Amendment) -> None:
        async def approve() -> None:
            await self._done(self.desk.approve_edit(amendment.broadcast, amendment.id), _("Beres."))

        async def stop() -> None:
            await self._done(self.desk.stop_edit(amendment.broadcast, amendment.id), _("Beres."))

        waits = amendment.state is _WAITING
        with box("acts"):
            if waits and amendment.author != self.desk.page.session.member.who:
                asked(_("Setujui ralat"), _("Setujui isi baru ini?"), _("Ya, setujui ralat"), approve, css="primary")
            button(_("Hentikan ralat"), stop, sign="close")


def can_be_amended(read: Looked) -> bool:
    """Whether anything went out that could be changed."""
    progress = read.progress
    return bool(progress.sent + progress.unknown) and read.broadcast.state is not BroadcastState.FAILED


def _draw_amendment(amendment: Amendment, progress: AmendmentProgress, read: Looked) -> None:
    withdraws = amendment.kind is AmendmentKind.WITHDRAW
    author = read.names.get(amendment.author, amendment.author)
    told = _("Ditarik oleh {author}, {at}") if withdraws else _("Diralat oleh {author}, {at}")
    with box("row-head"):
        words(plainly(told, author=author, at=wib(amendment.created_at)), "name", "h3")
        words(_state(amendment, progress), "pill done" if not progress.waiting else "pill running")
    if amendment.state is _WAITING:
        words(unescape(amendment.messages["id"].text), "new-words", "p")
        return
    whole = max(1, progress.done + progress.waiting + progress.left_with_it)
    with box("bar stacked", aria_hidden="true"):
        for css, count in (("sent", progress.done), ("lost", progress.left_with_it)):
            if count:
                box(f"fill {css}").style(f"width: {100 * count / whole:.2f}%")
    with box("left-out", "ul"):
        for count, name in _counts(progress, withdraws=withdraws):
            words(plainly(name, count=number(count)), tag="li")


def _state(amendment: Amendment, progress: AmendmentProgress) -> str:
    if amendment.state is _WAITING:
        return _("menunggu orang kedua")
    if amendment.state is AmendmentState.STOPPED:
        return _("dihentikan")
    if amendment.state is AmendmentState.COLLECTING or progress.waiting:
        return _("sedang berjalan")
    return _("selesai")


def _counts(progress: AmendmentProgress, *, withdraws: bool) -> list[tuple[int, str]]:
    """Say what became of it, a line each; what is unsure is not said to be done."""
    named = (
        (progress.done, _("{count} sudah ditarik") if withdraws else _("{count} sudah diralat")),
        (progress.waiting, _("{count} masih menunggu giliran")),
        (progress.no_way, _("{count} di WhatsApp: tidak bisa diubah, kirim koreksi")),
        (progress.too_late, _("{count} sudah lebih dari 48 jam, atau jejak pesannya tidak ada")),
        (progress.failed, _("{count} ditolak Telegram, mis. obrolannya sudah ditutup")),
        (progress.unsure, _("{count} tidak pasti pernah menerima")),
    )
    return [(count, name) for count, name in named if count or name == named[0][1]]
