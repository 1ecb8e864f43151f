"""How the bot introduces itself in each language: its menu of commands and its description."""

from __future__ import annotations

from bot.channels.telegram.commands import Profile
from locales import _, languages, speaking


def profiles() -> dict[str, Profile]:
    """Return the bot's face by language code."""
    found = {}
    for code in languages():
        with speaking(code):
            found[code] = _profile()
    return found


def hint(language: str | None) -> str:
    """Tell somebody in a group where to talk; HTML."""
    with speaking(language or "id"):
        return _("Biar datamu aman, kita ngobrol di chat pribadi saja ya. Tekan namaku lalu kirim /start.")


def _profile() -> Profile:
    return Profile(
        commands={
            "menu": _("Semua yang bisa kubantu"),
            "batas": _("Batas waktu beli pelatihan pertama"),
            "status": _("Kemajuan dan langkah berikutnya"),
            "pelatihan": _("Cari pelatihan"),
            "cara": _("Cara beli pelatihan"),
            "insentif": _("Riwayat insentif"),
            "kendala": _("Pembelian bermasalah"),
            "pengingat": _("Atur pengingat"),
            "petugas": _("Kontak dan bantuan"),
            "bahasa": _("Ganti bahasa"),
            "batal": _("Batalkan yang sedang berjalan"),
        },
        description=_(
            "Halo, aku Sobat! Aku bantu supaya kepesertaan Kartu Prakerja-mu tidak hangus: kuingatkan batas beli "
            "pelatihan pertama, kubantu pilih pelatihan, sampai insentif cair. Aku tidak pernah meminta nomor kartu, "
            "OTP, NIK, atau kata sandi."
        ),
        about=_("Pengingat batas beli dan teman bantu peserta Kartu Prakerja."),
    )
