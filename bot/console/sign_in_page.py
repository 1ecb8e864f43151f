"""The door's few pages: HTML without a script, so that there is nothing to go wrong before somebody is let in."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from bot.console.files import head
from bot.console.words import role_name
from bot.look.icons import LOGO
from locales import _, current_language, plainly
from programme.model.staff import Role, StaffMember


def ask_page() -> str:
    """Tell how to get a link."""
    asked = _("Kirim perintah ini ke bot Sobat dari akun petugasmu, lalu buka tautan yang kamu terima:")
    lasts = _("Tautannya berlaku 2 menit dan sekali pakai. Tidak ada kata sandi.")
    unknown = _("Belum terdaftar? Minta undangan ke supervisor.")
    command = "<p class='command'>/konsol</p>"
    return _page(_("Masuk ke konsol"), f"{_words(asked)}{command}{_words(lasts, 'quiet')}{_words(unknown, 'quiet')}")


def press_page(action: str) -> str:
    """Ask for the press that uses the link up."""
    enter = _("Masuk")
    yours = _("Tautan ini hanya untukmu dan sekali pakai.")
    return _page(_("Masuk ke konsol"), f"{_words(yours)}{_form(action, enter)}")


def refused_page() -> str:
    """Say that the link opens nothing, and what to do."""
    why = _("Sudah dipakai, lewat 2 menit, atau salah salin. Kirim /konsol ke bot untuk tautan baru.")
    return _page(_("Tautan ini tidak berlaku lagi"), _words(why))


def not_for_you_page(needed: Role) -> str:
    """Say that a page needs another role, and lead back."""
    why = plainly(_("Halaman ini untuk peran {role} ke atas. Percobaan ini tercatat."), role=role_name(needed))
    back = _("Kembali ke ringkasan")
    way = f"<p><a class='secondary' href='/konsol'>{escape(back)}</a></p>"
    return _page(_("Bukan untuk peranmu"), f"{_words(why)}{way}")


def demonstration_page(people: Mapping[str, StaffMember]) -> str:
    """Let a visitor choose as whom of the made-up staff to look around."""
    forms = "".join(_form(action, f"{one.name}, {role_name(one.role)}") for action, one in people.items())
    told = _("Ini demo: petugas, peserta, dan aduannya rekaan. Tiap peran melihat hal yang berbeda.")
    back = _("Kembali ke ponsel")
    way = f"<p class='quiet'><a href='/'>{escape(back)}</a></p>"
    return _page(_("Masuk sebagai siapa?"), f"{_words(told)}{forms}{way}")


def _words(text: str, css: str = "") -> str:
    return f'<p class="{css}">{escape(text)}</p>'


def _form(action: str, label: str) -> str:
    return f'<form method="post" action="{escape(action)}"><button class="primary">{escape(label)}</button></form>'


def _page(title: str, inside: str) -> str:
    return (
        f'<!doctype html><html lang="{current_language().locale.split("_")[0]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{head()}</head>'
        f'<body><main class="door"><div class="logo">{LOGO}</div><h1>{escape(title)}</h1>{inside}</main></body></html>'
    )
