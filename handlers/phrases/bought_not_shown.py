"""Bought, but the dashboard does not show it: proof first, then the platform, then the programme."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.which_platform import own_platform, which_platform
from locales import _
from programme.model.milestones import Milestone
from programme.platforms import Platform

ADVISED = "advised"
"""The answer that tells that the advice was given with the question for the platform."""


async def not_shown(turn: Turn) -> Reply:
    """Say what proves the purchase and who confirms it; the reminders go on until it is confirmed."""
    platform = own_platform(turn)
    if turn.told(ADVISED) is None:
        return _with_buttons(_with_reminders(_proof(platform, turn), turn), platform, turn)
    asked = _with_reminders(_proof(None, turn), turn).also(_("Belinya di platform mana? Kuberi kontak layanannya."))
    chosen = turn.programme.platforms.get(await which_platform(turn, asked) or "")
    return _with_buttons(_whom(chosen, turn), chosen, turn)


def _whom(platform: Platform | None, turn: Turn) -> Reply:
    """Name whom to ask, once the advice was given with the question where it was bought."""
    if platform is None or not platform.contacts:
        words = _("Tetap tidak muncul? Lapor Prakerja: {phone} (bebas pulsa), atau Formulir Pengaduan.")
        return say(words, phone=turn.programme.contacts["phone"].value)
    return say(_("Layanan <b>{name}</b>: {ways}."), name=platform.name, ways=in_words(platform.contacts))


def _proof(platform: Platform | None, turn: Turn) -> Reply:
    reply = say(
        _(
            "📦 Jangan beli ulang dulu. Urut begini, hari ini juga:\n"
            "1. <b>Simpan bukti</b>: nama pelatihan, tanggal dan jam beli, tangkapan layar tanpa nomor kartu.\n"
            "2. Cek daftar pesanan di platform: berhasil atau masih diproses? Lalu saldo di dashboard: sudah "
            "berkurang?\n"
            "3. Minta platformnya memastikan pembelianmu.\n"
            "4. Tetap tidak muncul? Lapor Call Center Prakerja {phone} atau Formulir Pengaduan, lampirkan buktinya."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    if platform is None or not platform.contacts:
        return reply
    return reply.also(_("Layanan <b>{name}</b>: {ways}."), name=platform.name, ways=in_words(platform.contacts))


def _with_reminders(reply: Reply, turn: Turn) -> Reply:
    if turn.participant.has(Milestone.BOUGHT):
        return reply.also(_("Kamu tercatat sudah beli, jadi pengingat batas beli berhenti. Mau dijalankan lagi?"))
    if turn.cutoff is None or turn.too_late:
        return reply
    return with_cutoff(reply, turn, _("🔔 Pengingatku tetap jalan sampai pembeliannya muncul. Batas belimu:\n{when}"))


def _told_of_it(turn: Turn, platform: dict[str, str]) -> dict[str, str]:
    day = turn.told("date")
    return platform if day is None else {**platform, "date": day}


def _with_buttons(reply: Reply, platform: Platform | None, turn: Turn) -> Reply:
    more = {"platform": platform.id} if platform else {}
    if platform is not None:
        reply = with_contacts(reply, platform.name, platform.contacts)
    reply = reply.link(_("📝 Isi Formulir Pengaduan"), turn.programme.contacts["complaint_form"].url)
    if turn.participant.has(Milestone.BOUGHT):
        reply = reply.button(_("🔔 Ingatkan lagi, belum pasti"), "undo", milestone="bought")
    else:
        reply = reply.button(_("✅ Sudah muncul"), "report_bought", **_told_of_it(turn, more))
    reply = reply.row(button(_("🔁 Kendala lain"), "purchase_problem", **more), button(_("☎️ Prakerja"), "call_center"))
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="buying", **more, tried="1")
