"""Why a payment failed and how to mend it, in plain words, with whoever helps a tap away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.told_by import with_source
from locales import _
from programme.facts import Certainty
from programme.failures import Failure, Whom
from programme.partners import Partner
from programme.programme import Programme

ASK_PERSON = "ask_person"
SO = "so"
"""The answer that tells that it was asked whether the money comes all the same."""


def labels(programme: Programme) -> Mapping[str, str]:
    """Return what people call each failure, by its id; one without a short name goes by the dashboard's text."""
    short = {
        "account_closed": _("🏦 Rekening/akun ditutup"),
        "bni_rejected": _("🏦 Cek Rekening BNI"),
        "not_upgraded": _("⬆️ E-wallet belum upgrade"),
        "nik_differs": _("🪪 NIK / nama beda"),
        "phone_differs": _("📱 Nomor HP beda"),
        "monthly_limit": _("📊 Batas bulanan"),
        "review_missing": _("⭐ Ulasan belum diisi"),
        "held": _("⏸ Tertahan / menunggu"),
    }
    named = {failure.id: short.get(failure.id, " ".join(failure.texts)[:30]) for failure in programme.failures.values()}
    return {name: label for name, label in named.items() if label}


def explained(failure: Failure, partner: Partner | None, now: datetime) -> Reply:
    """Say what the failure means and the remedy, and the partner's contact where the partner helps."""
    reply = say(_words(failure.remedy), partner=partner.name if partner else _("bank atau e-wallet-mu"))
    if failure.whom is Whom.PARTNER and partner is not None:
        reply = reply.also(_("Kontak {partner}: {ways}."), partner=partner.name, ways=in_words(partner.contacts))
    if failure.certainty is Certainty.UNSURE:
        return reply
    return with_source(reply, failure, now)


def with_helpers(reply: Reply, failure: Failure | None, partner: Partner | None, turn: Turn) -> Reply:
    """Add the buttons to whoever helps: the payment partner, the account, the review, and always a person."""
    if failure is not None and failure.whom is Whom.PARTNER:
        if partner is None:
            reply = with_partner_buttons(reply, turn, why=failure.id)
        else:
            reply = with_contacts(reply, partner.name, partner.contacts)
    if failure is not None and failure.remedy == "give_review":
        reply = reply.row(button(_("⭐ Cara memberi ulasan"), "rating_review"))
    elif failure is not None and failure.remedy != ASK_PERSON:
        reply = reply.row(button(_("💳 Ganti rekening / e-wallet"), "payment_account"))
    return with_person(reply, partner)


def with_person(reply: Reply, partner: Partner | None) -> Reply:
    """Add the way to a person, who needs no second round of self-help."""
    more = {"partner": partner.id} if partner else {}
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="incentive", **more, tried="1")


def with_partner_buttons(reply: Reply, turn: Turn, **answers: str) -> Reply:
    """Ask to which partner the incentive goes, by buttons that open the same advice for it."""
    reply = reply.also(_("Insentifmu ke mana? Pilih, nanti kuberi kontaknya."))
    partners = turn.programme.partners.values()
    buttons = [button(one.name, "incentive_problem", **answers, partner=one.id) for one in partners]
    for start in range(0, len(buttons), 3):
        reply = reply.row(*buttons[start : start + 3])
    return reply


def _words(remedy: str) -> str:
    """Return the advice; a remedy that has no words yet goes to a person."""
    advice = {
        "contact_partner_or_link_another": _(
            "🏦 Artinya rekening atau e-wallet-mu <b>ditutup atau tidak aktif</b>, jadi uangnya tidak bisa masuk.\n\n"
            "Perbaikannya, pilih satu:\n• minta {partner} mengaktifkannya lagi\n"
            "• putuskan sambungannya di dashboard, lalu sambungkan akun lain <b>atas namamu</b>"
        ),
        "call_bni_or_link_ewallet": _(
            "🏦 Artinya rekening BNI-mu menolak uangnya.\n\nPerbaikannya, pilih satu:\n"
            "• hubungi hotline {partner} dan minta rekeningmu dicek\n• ganti ke e-wallet di dashboard, atas namamu"
        ),
        "contact_partner_about_limit": _(
            "📊 Artinya e-wallet-mu kena <b>batas bulanan</b>, jadi uangnya tidak muat.\n\n"
            "Perbaikannya: tanya {partner} kapan batasnya longgar lagi dan apa yang bisa dilakukan."
        ),
        "upgrade_ewallet": _(
            "⬆️ Artinya e-wallet-mu <b>belum upgrade</b> (premium / KYC).\n\n"
            "Perbaikannya: upgrade di aplikasi {partner} dengan KTP-mu sendiri. Ditolak? Hubungi layanannya."
        ),
        "own_nik_only": _(
            "🪪 Artinya data akun itu <b>tidak sama dengan NIK</b> di Prakerja. Akun orang lain tidak bisa, keluarga "
            "sekalipun.\n\nPerbaikannya: sambungkan rekening atau e-wallet atas namamu sendiri. NIK-nya jangan ditulis "
            "di sini ya."
        ),
        "same_phone": _(
            "📱 Artinya nomor HP di Prakerja dan di e-wallet <b>tidak sama</b>.\n\n"
            "Perbaikannya: <b>putuskan</b> dulu e-wallet di dashboard, samakan nomornya, baru sambungkan lagi."
        ),
        "give_review": _(
            "⭐ Artinya <b>rating dan ulasan</b> pelatihanmu belum terisi, jadi insentif belum dijadwalkan.\n\n"
            "Perbaikannya: isi keduanya, lalu cek jadwalnya di dashboard."
        ),
        ASK_PERSON: _("⏸ Aku belum tahu pasti arti status ini, dan tidak mau menebak. Simpan tangkapan layarnya ya."),
    }
    return advice.get(remedy, advice[ASK_PERSON])
