"""What a member of staff hears when an order can't be carried out."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, say
from locales import _, moment
from programme.model.broadcast_refusals import (
    AlreadyOrdered,
    BroadcastRefused,
    NobodyMeant,
    NotAllowed,
    NothingFailed,
    NotNow,
    OwnApproval,
    TooLate,
)
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
        case NothingFailed():
            return say(_("Tidak ada yang gagal, jadi tidak ada yang perlu dicoba lagi."))
        case NotNow():
            return say(_("Sudah tidak bisa: keadaannya berubah, mungkin rekanmu lebih dulu menekan tombolnya."))
        case OwnApproval():
            return say(_("Pengumuman ini kamu buat sendiri, jadi orang lain yang harus menyetujuinya."))
        case NotAllowed():
            return say(_("Peranmu belum mencakup pengumuman. Minta supervisor atau admin."))
        case _:
            return say(_("Pengumuman itu tidak ada."))
