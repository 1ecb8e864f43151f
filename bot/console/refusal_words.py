"""What the console says of a refused act, by its kind: the helpdesk decides, each place has its own words."""

from __future__ import annotations

from bot.helpdesk.console_acts import Acted
from handlers.helpdesk.refusals import Refusal, Why
from locales import _, plainly


def told_of(acted: Acted) -> str:
    """Say why nothing was done."""
    if acted.overtaken:
        return _("Ada yang lebih dulu, atau peserta baru menulis. Tulisanmu tersimpan sebagai draf: baca dulu.")
    return refusal_words(acted.refusal) if acted.refusal is not None else _("Tidak bisa.")


def refusal_words(refusal: Refusal) -> str:
    """Say it in the language of the page."""
    told = {
        Why.YOURS: _("Sudah kamu pegang."),
        Why.HELD: _("Dipegang {name}. Hanya pemegangnya atau supervisor yang bisa; catatan selalu bisa."),
        Why.CLOSED: _("Sudah ditutup. Buka lagi dulu."),
        Why.OPEN: _("Masih terbuka."),
        Why.UNREAD: _("Belum ditutup: peserta baru saja menulis lagi. Baca dulu, lalu tutup."),
        Why.NOTHING: _("Tulis dulu isinya."),
        Why.NOBODY: _("Tidak ada petugas bernama {name}."),
        Why.SEVERAL: _("Ada beberapa petugas bernama {name}."),
        Why.AWAY: _("{name} sedang tidak berjaga."),
        Why.NO_TEAM: _("Tidak ada tim {name}."),
        Why.NO_PLACE: _("{name} tidak dikenal sebagai tujuan."),
        Why.NO_INCIDENT: _("Insiden itu tidak berjalan lagi."),
        Why.NO_MOMENT: _("Tunda berapa lama? Paling lama seminggu."),
        Why.TOO_LATE: _("Tidak ditunda: batas belinya keburu lewat."),
        Why.TYPED: _("Belum terkirim. {name}: batas dan jumlah diisi dari data peserta, jangan diketik sendiri."),
        Why.UNFILLED: _("Belum terkirim. Tidak ada isian {name}; periksa ejaannya."),
        Why.NO_LABEL: _("Label: huruf kecil, angka, dan tanda hubung, 2 sampai 24, paling banyak 8."),
    }[refusal.why]
    return plainly(told, name=refusal.of)  # shown as words, never as HTML
