"""Fraud: what gives it away, what never to share, and what to do when it has happened."""

from __future__ import annotations

from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import told_by
from handlers.phrases.which_rules import which_rules
from locales import N_, _


@conversation("fraud", about=N_("Waspada penipuan"), commands=("penipuan",))
async def fraud(turn: Turn) -> Reply:
    """Warn first; whoever has shared something already gets the steps, in the order of their urgency."""
    if turn.told("happened") is not None:
        return _happened(turn)
    rules = await which_rules(turn)
    reply = say(
        _(
            "🚨 Ini tanda <b>penipuan</b>:\n"
            "• minta OTP, kata sandi, PIN, NIK, atau nomor kartu\n"
            "• menawarkan “pencairan saldo” pelatihan: saldo bukan uang tunai\n"
            "• “joki” pelatihan, atau minta bayaran supaya lolos atau insentif cair\n"
            "• tautan masuk akun atau pencairan di luar <b>{site}</b>\n\n"
            "Jangan dijawab, jangan diklik, blokir saja. Aku juga tidak pernah meminta data itu; yang meminta atas "
            "namaku pasti palsu. {source}"
        ),
        site=turn.programme.contacts["dashboard"].value.removeprefix("www."),
        source=told_by(rules.scheme.facts["balance_is_cash"], turn.now),
    )
    reply = reply.button(_("😟 Aku telanjur memberi data"), "fraud", happened="1")
    reply = reply.button(_("☎️ Laporkan ke Prakerja"), "call_center")
    return with_next_step(reply.button(_("📣 Ingatkan temanku"), "share"), turn)


def _happened(turn: Turn) -> Reply:
    contacts = turn.programme.contacts
    reply = say(
        _(
            "😟 Tenang, kerjakan sekarang, berurutan:\n"
            "1. <b>Ganti kata sandi</b> akun Prakerja dan e-mailmu.\n"
            "2. Memberi OTP atau PIN bank / e-wallet? Hubungi bank atau e-wallet itu, minta akunmu diamankan.\n"
            "3. Laporkan ke Prakerja: {phone} (bebas pulsa).\n"
            "4. Simpan bukti: nomor penipu, percakapan, bukti transfer.\n\n"
            "Datanya jangan kamu tulis di sini ya."
        ),
        phone=contacts["phone"].value,
    )
    reply = reply.link(_("☎️ Telepon Prakerja"), contacts["phone"].url)
    reply = reply.link(_("📝 Isi Formulir Pengaduan"), contacts["complaint_form"].url)
    reply = reply.button(_("💳 Kontak bank & e-wallet"), "payment_account")
    return reply.button(_("🔑 Amankan akunku"), "account_access", trouble="password")
