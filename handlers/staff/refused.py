"""What a member of staff hears when an order can't be carried out."""

from __future__ import annotations

from datetime import datetime

from handlers.dialogue.reply import Reply, say
from locales import _, moment
from programme.model.broadcast_refusals import (
    AlreadyOrdered,
    AtRiskFirst,
    BeingAmended,
    BroadcastRefused,
    NeverWrote,
    NobodyMeant,
    NotAllowed,
    NothingFailed,
    NothingSent,
    NotNow,
    OverQuota,
    OwnApproval,
    SameWords,
    TooLate,
)
from programme.model.whatsapp_outlook import WhatsAppOutlook
from programme.model.zones import Zone


def refused(refusal: BroadcastRefused) -> Reply:
    """Say why nothing was done, and what can be done instead."""
    match refusal:
        case TooLate(not_after=end, latest=None):
            wib = moment(end, Zone.WIB.tz, Zone.WIB.value)
            return say(
                _("⛔ Sudah terlambat: tidak akan selesai sebelum {end}. Pilih penerima lebih sedikit."), end=wib
            )
        case TooLate(not_after=end, latest=latest) if latest is not None:
            return say(
                _("⛔ Tidak akan selesai sebelum {end}. Paling lambat mulai <b>{latest}</b>."),
                end=moment(end, Zone.WIB.tz, Zone.WIB.value),
                latest=moment(latest, Zone.WIB.tz, Zone.WIB.value),
            )
        case OverQuota(whatsapp=whatsapp, not_after=end, latest=latest):
            return _over_quota(whatsapp, end, latest)
        case AtRiskFirst(wave=wave, cutoff=cutoff, days=days):
            return say(
                _(
                    "⛔ Kuota WhatsApp membuat pengumuman ini berlangsung {days} hari, padahal batas beli "
                    "gelombang {wave} {cutoff}. Kirim dulu ke gelombang {wave} yang belum beli, baru ke yang lain."
                ),
                days=days,
                wave=wave,
                cutoff=moment(cutoff, Zone.WIB.tz, Zone.WIB.value),
            )
        case NobodyMeant(heard=heard) if heard:
            return say(_("Semua yang cocok ({count} orang) sudah mendapat kata-kata ini."), count=heard)
        case NobodyMeant():
            return say(_("Tidak ada penerima yang cocok dan bisa dihubungi, jadi tidak ada yang dikirim."))
        case AlreadyOrdered(number=number):
            return say(
                _(
                    "Pengumuman yang sama untuk orang yang sama sudah ada: nomor <b>{number}</b>. "
                    "Tidak dikirim dua kali."
                ),
                number=number,
            )
        case _:
            return say(_in_a_sentence(refusal))


def _in_a_sentence(refusal: BroadcastRefused) -> str:
    """Say why nothing was done, where there is nothing to reckon."""
    named = {
        NothingFailed: _("Tidak ada yang gagal, jadi tidak ada yang perlu dicoba lagi."),
        NotNow: _("Sudah tidak bisa: keadaannya berubah, mungkin rekanmu lebih dulu menekan tombolnya."),
        OwnApproval: _("Pengumuman ini kamu buat sendiri, jadi orang lain yang harus menyetujuinya."),
        NothingSent: _("Belum ada yang terkirim, jadi tidak ada yang bisa ditarik atau diralat. Batalkan saja."),
        BeingAmended: _("Siaran ini sudah ditarik, atau ralatnya sedang berjalan."),
        SameWords: _("Isinya sama dengan yang sudah ada."),
        NeverWrote: _("Kirim /start ke bot dulu dari akunmu, supaya ada obrolan yang bisa menerimanya."),
        NotAllowed: _("Peranmu belum mencakup pengumuman. Minta supervisor atau admin."),
    }
    return named.get(type(refusal), _("Pengumuman itu tidak ada."))


def _over_quota(whatsapp: WhatsAppOutlook, end: datetime, latest: datetime | None) -> Reply:
    """Say by which arithmetic the day's quota is too small, and when it would do."""
    reply = say(
        _(
            "⛔ Tidak akan selesai sebelum {end}: lewat WhatsApp ada {outside} orang di luar jendela 24 jam, kuotanya "
            "{quota} orang per hari ({free} sekarang), jadi butuh {days} hari."
        ),
        end=moment(end, Zone.WIB.tz, Zone.WIB.value),
        outside=whatsapp.reach.outside,
        quota=whatsapp.quota.per_day or 0,
        free=whatsapp.quota.free or 0,
        days=whatsapp.days,
    )
    if latest is None:
        return reply.also(_("Pilih penerima lebih sedikit."))
    return reply.also(_("Paling lambat mulai <b>{latest}</b>."), latest=moment(latest, Zone.WIB.tz, Zone.WIB.value))
