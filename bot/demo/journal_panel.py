"""Shows what went out when, and what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from nicegui import ui

from bot.demo.journal import Fate, JournalEntry, Page
from bot.demo.moments import short_moment
from bot.demo.parts import box, markup, words
from bot.demo.whatsapp_charges import charge_of
from bot.demo.whatsapp_chat import WhatsAppChat
from bot.look.icons import icon
from locales import N_, _, hours_and_minutes
from programme.model.messages import Kind

_FATES = {
    Fate.SENT: N_("terkirim"),
    Fate.CANCELLED: N_("dibatalkan"),
    Fate.EXPIRED: N_("kedaluwarsa"),
    Fate.FAILED: N_("gagal"),
    Fate.AHEAD: N_("menunggu"),
}
_KINDS = {
    Kind.REPLY: ("chat", N_("Jawaban")),
    Kind.STAFF: ("person", N_("Petugas")),
    Kind.REMINDER: ("bell", N_("Pengingat")),
    Kind.BROADCAST: ("megaphone", N_("Pengumuman")),
}


@dataclass(slots=True, repr=False, eq=False)
class JournalPanel:
    """The journal on one open page; only what changed is drawn anew."""

    _ahead: ui.element = field(init=False)
    _behind: ui.element = field(init=False)
    _shown: dict[str, Sequence[str]] = field(default_factory=dict)

    def draw(self) -> None:
        """Put both lists on the page."""
        with box("card journal", "section", aria_label=_("Pengingat dan pesan")):
            words(_("Yang akan datang"), "heading", "h2")
            self._ahead = box("lines", "ol")
            words(_("Yang sudah keluar"), "heading", "h2")
            self._behind = box("lines", "ol")

    def show(self, page: Page, now: datetime, whatsapp: WhatsAppChat | None = None) -> None:
        """Show the journal as it is at `now`; where the phone shows `whatsapp`, with what Meta would charge."""
        self._fill("ahead", self._ahead, [_coming(entry, now) for entry in page.ahead], _NOTHING_AHEAD)
        self._fill("behind", self._behind, [_gone(entry, whatsapp) for entry in page.behind], _NOTHING_BEHIND)

    def _fill(self, name: str, lines: ui.element, items: list[str], otherwise: str) -> None:
        items = items or [f'<p class="nothing">{escape(_(otherwise))}</p>']
        if self._shown.get(name) == items:
            return
        self._shown[name] = items
        lines.clear()
        with lines:
            for item in items:
                markup(item, tag="li")


_NOTHING_AHEAD = N_("Belum ada pengingat. Mulai mengobrol, lalu sebutkan gelombangmu.")
_NOTHING_BEHIND = N_("Belum ada yang keluar.")


def _coming(entry: JournalEntry, now: datetime) -> str:
    if entry.fate is Fate.CANCELLED:
        return _line(entry, "bell", entry.note)
    return _line(entry, "bell", _("{left} lagi").format(left=hours_and_minutes(entry.at - now)))


def _gone(entry: JournalEntry, whatsapp: WhatsAppChat | None) -> str:
    name, kind = _KINDS[entry.kind]
    fate = entry.note or _(_FATES[entry.fate])
    if whatsapp is not None and entry.fate is Fate.SENT:
        category = whatsapp.category(entry.kind, entry.at)
        fate = f"{fate} · {charge_of(category)}" if category else _("tidak terkirim di WhatsApp")
    return _line(entry, name, f"{_(kind)} · {fate}")


def _line(entry: JournalEntry, icon_name: str, note: str) -> str:
    return (
        f'<div class="line {entry.kind} {entry.fate}"><span class="mark">{icon(icon_name)}</span>'
        f'<div class="told"><span class="what">{escape(entry.title)}</span>'
        f'<span class="note">{escape(note)}</span></div>'
        f'<time datetime="{entry.at.isoformat()}">{escape(short_moment(entry.at))}</time></div>'
    )
