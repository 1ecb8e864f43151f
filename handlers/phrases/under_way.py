"""A wallet that is still being upgraded or checked: neither in order nor refused, so nothing is cleared by it."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.contact_buttons import in_words
from handlers.phrases.failure_words import with_person
from handlers.phrases.matches import matches
from locales import _
from programme.partners import Partner
from programme.rules import Scheme


def under_way(scheme: Scheme, partner: Partner | None, turn: Turn) -> Reply:
    """Say that it must be through before the money comes, when that is, and what no source tells."""
    reply = say(
        _(
            "⏳ {partner} <b>masih diproses</b>, jadi itu belum beres. Pastikan berhasil dulu di aplikasinya: selama "
            "belum, uangnya bisa gagal masuk."
        ),
        partner=partner.name if partner is not None else _("Rekening atau e-wallet-mu"),
    )
    if partner is not None:
        reply = reply.also(_("Kontak {partner}: {ways}."), partner=partner.name, ways=in_words(partner.contacts))
    if scheme.schedule_wait_hours is not None and scheme.payout_days_at_least is not None:
        reply = reply.also(
            _(
                "Jadwalnya sendiri muncul paling lama <b>{hours} jam</b> setelah ulasan terisi, dan uangnya masuk "
                "<b>{least}–{most} hari kerja</b> setelah tanggal jadwal. Pantau di History Insentif."
            ),
            hours=scheme.schedule_wait_hours,
            least=scheme.payout_days_at_least,
            most=scheme.payout_days_at_most,
        )
    if matches(turn, "is the money lost"):
        reply = reply.also(
            _(
                "Kalau sempat gagal, hangus atau dikirim ulang tidak ada di sumberku. Hanya Prakerja yang tahu: "
                "{phone} (bebas pulsa)."
            ),
            phone=turn.programme.contacts["phone"].value,
        )
    return with_person(reply, partner)
