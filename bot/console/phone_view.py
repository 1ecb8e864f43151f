"""Phone view: a broadcast as people will see it, on Telegram and on WhatsApp, within the window there and outside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_bytes
from typing import Final

from nicegui import ui

from bot.channels.buttons import ButtonSigner
from bot.channels.plain import plain
from bot.console.parts import box, button, drawn, words
from bot.console.shown import Shown
from bot.console.still import still
from bot.look.markup import Run, runs_of
from bot.look.whatsapp_bubble import Bubble
from bot.look.whatsapp_markup import runs_of as whatsapp_runs_of
from bot.look.whatsapp_outgoing import by_template, freely
from locales import _, plainly
from programme.model.messages import Link, Message, Picture
from programme.model.zones import Zone
from programme.notices import notice

_SIGNER: Final = ButtonSigner(token_bytes(32))
"""Writes what would come back from a button; nothing is pressed here."""

_ELEMENTS: Final = {"b": "b", "i": "i", "s": "s", "c": "code"}
APPS: Final = ("Telegram", "WhatsApp")


@dataclass(slots=True, eq=False)
class PhoneView:
    """A phone that shows one message, as the app that was chosen."""

    app: str = APPS[0]
    _message: Message | None = None
    _language: str = "id"
    _at: datetime | None = None
    _holder: ui.element = field(init=False)
    _switch: ui.element = field(init=False)
    _shown: Shown = field(default_factory=Shown)

    def draw(self) -> None:
        """Put an empty phone on the page."""
        with box("preview", "section", aria_label=_("Ponsel peserta")):
            self._switch = box("switch", role="group", aria_label=_("Tampil sebagai"))
            self._holder = box("preview-screen", role="log", aria_label=_("Tampilan pesan"))
        self._draw_switch()

    def show(self, message: Message | None, language: str, at: datetime) -> None:
        """Show a message with its places filled; None before there is one."""
        self._message, self._language, self._at = message, language, at
        if self._shown.differs("message", (message, language, self.app)):
            self._draw_message()

    def _draw_switch(self) -> None:
        self._switch.clear()
        with self._switch:
            for app in APPS:
                self._draw_choice(app)

    def _draw_choice(self, app: str) -> None:
        def turn() -> None:
            self.app = app
            self._draw_switch()
            self._draw_message()

        key = button(app, turn, css=f"segment {app.lower()}", sign="plane" if app == "Telegram" else "tick")
        key.props["aria-pressed"] = "true" if app == self.app else "false"

    def _draw_message(self) -> None:
        self._holder.clear()
        whatsapp = self.app == "WhatsApp"
        self._holder.classes(add="whatsapp" if whatsapp else "", remove="" if whatsapp else "whatsapp")
        with self._holder, still():
            if self._message is None:
                words(_("Tulis isinya, lalu lihat di sini."), "quiet", "p")
            elif whatsapp:
                _draw_whatsapp(self._message, self._language, self._at)
            else:
                _draw_telegram(self._message, self._at)


def _draw_telegram(message: Message, at: datetime | None) -> None:
    with box("post theirs broadcast"):
        with box("bubble"):
            with box("kind"):
                drawn("megaphone")
                words(_("Pengumuman"))
            _draw_picture(message.picture)
            _draw_words(runs_of(message.text), at)
        if message.attachment is not None:
            words(_("dengan foto yang dikirim di obrolan"), "quiet")
        if message.keys:
            with box("keys"):
                for row in message.keys:
                    with box("row-of-keys"):
                        for key in row:
                            with box("key"):
                                words(key.label)
                                if isinstance(key, Link):
                                    drawn("out")


def _draw_whatsapp(message: Message, language: str, at: datetime | None) -> None:
    words(_("Yang menulis dalam 24 jam terakhir:"), "quiet", "p")
    with box("post theirs"):
        for bubble in freely(message, _SIGNER).bubbles:
            _draw_bubble(bubble, at)
    words(_("Yang lebih lama diam:"), "quiet", "p")
    told = replace(message, notice=notice("announcement", language, text=plain(message.text)))
    short = by_template(told, _SIGNER, None)
    with box("post theirs"):
        for bubble in short.bubbles:
            _draw_bubble(bubble, at)
            told_by = _("template {name} · {category}")
            words(plainly(told_by, name=bubble.template, category=short.category), "label")


def _draw_bubble(bubble: Bubble, at: datetime | None) -> None:
    with box("bubble"):
        _draw_picture(bubble.picture)
        _draw_words(whatsapp_runs_of(bubble.words), at, bubble.footer)
        hanging = [one.title for one in bubble.replies] or ([bubble.opens] if bubble.opens else [])
        if bubble.link is not None:
            hanging = [bubble.link.label]
        if hanging:
            with box("hanging"):
                for label in hanging:
                    with box("hung"):
                        drawn("out" if bubble.link else "list" if bubble.opens else "reply")
                        words(label)


def _draw_picture(picture: Picture | None) -> None:
    if picture is not None:
        with box("picture"):
            box("", "img", src=f"data:image/png;base64,{b64encode(picture.data).decode()}", alt=picture.alt)


def _draw_words(runs: Sequence[Run], at: datetime | None, footer: str = "") -> None:
    with box("words"):
        for run in runs:
            _draw_run(run, run.tags)
        if footer:
            words(footer, "footer")
        if at is not None:
            words(f"{at.astimezone(Zone.WIB.tz):%H.%M}", tag="time")


def _draw_run(run: Run, tags: str) -> None:
    """Draw a stretch as elements within each other: nothing that somebody wrote becomes HTML."""
    if not tags:
        words(run.words, "tap" if run.address else "")
        return
    with box("", _ELEMENTS[tags[0]]):
        _draw_run(run, tags[1:])
