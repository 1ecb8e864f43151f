"""A page on the web that is to know somebody as Telegram does: by a code that Telegram shows and the page is told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from locales import _
from programme.model.linking import LASTS, ShowCode, Unlink, UseCode

CHANNEL_NAMES: Mapping[str, str] = MappingProxyType({"telegram": "Telegram", "whatsapp": "WhatsApp"})
"""What people call the channels."""


@conversation("link_web", commands=("sambung", "link"))
async def link_web(turn: Turn) -> Reply:
    """Show a code where the channel vouches for who writes; ask for it where anybody could be writing.

    What is said comes when it is carried out: `code_shown`, `linked` or `refused`.
    """
    if turn.incoming.can_vouch:
        turn.connect(ShowCode())
        return say(_("🔗 Sebentar, kodenya kusiapkan."))
    code = turn.told("argument") or await turn.words(
        "code",
        _(
            "🔗 Biar halaman ini mengenalmu, sambungkan dengan Telegram: buka Sobat di Telegram, tulis /sambung, lalu "
            "ketik di sini kode yang muncul di sana."
        ),
        at_most=40,
    )
    turn.connect(UseCode(code or ""))
    return say(_("🔗 Sebentar, kodenya kucek."))


@conversation("unlink_web", commands=("putus", "unlink"))
async def unlink_web(turn: Turn) -> Reply:
    """Let go of every page on the web that knows this person."""
    turn.connect(Unlink())
    return say(_("✅ Semua halaman web sudah kuputus: tidak ada lagi yang bisa membuka datamu dari sana."))


def code_shown(code: str) -> Reply:
    """Show the code, and what it is worth."""
    minutes = int(LASTS.total_seconds() // 60)
    return say(
        _(
            "🔗 Kode untuk halaman web: <b>{code}</b>\n\nKetik di halaman web Sobat yang kamu buka sendiri. Berlaku "
            "{minutes} menit, sekali pakai.\n\n⚠️ Siapa pun yang memegang kode ini bisa melihat datamu. Jangan berikan "
            "ke siapa pun, juga yang mengaku petugas."
        ),
        code=code,
        minutes=minutes,
    )


def linked() -> Reply:
    """Tell the page that it knows the person now."""
    return say(
        _(
            "✅ Tersambung! Halaman ini sekarang mengenalmu seperti di Telegram. Pengingat tetap kukirim ke Telegram. "
            "Di komputer bersama, tulis /putus kalau sudah selesai."
        )
    ).button(_("📍 Statusku"), "status")


def told_of_link() -> Reply:
    """Tell the person where they are known already, so that nobody is linked behind their back."""
    return say(_("🔗 Halaman web baru saja tersambung dengan akunmu. Bukan kamu? Putuskan sekarang juga.")).button(
        _("🚫 Putuskan halaman web"), "unlink_web"
    )


def told_of_channel(channel: str) -> Reply:
    """Tell the person that the same number was shared on another channel, which knows them from now on."""
    return say(
        _(
            "🔗 {channel}-mu sekarang tersambung dengan akun ini, karena nomornya sama. Pengingat datang di tempat "
            "kamu terakhir menulis. Bukan kamu yang menyambungkan? Bilang ya, biar petugas memeriksa."
        ),
        channel=CHANNEL_NAMES.get(channel, channel),
    )


def refused(*, too_often: bool) -> Reply:
    """Say that a code is no good, without telling why."""
    if too_often:
        return say(_("⏳ Sudah terlalu banyak kode yang salah. Coba lagi seperempat jam lagi, dengan kode baru."))
    return say(
        _("Kode itu tidak cocok, sudah dipakai, atau kedaluwarsa. Tulis /sambung di Telegram untuk kode baru.")
    ).button(_("🔗 Coba kode lain"), "link_web")
