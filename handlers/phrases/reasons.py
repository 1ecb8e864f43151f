"""What is said to each reason why somebody does not buy now."""

from __future__ import annotations

from handlers.dialogue.turn import Turn
from locales import Rupiah, _, fill


def words_for(reason: str, turn: Turn) -> str:
    """Answer a reason, so that it keeps nobody from buying in time."""
    match reason:
        case "money":
            return fill(
                _(
                    "Tenang, <b>tidak perlu uangmu sendiri</b>. 👍 Belinya pakai saldo pelatihan {balance} dari "
                    "Prakerja, bayar dengan nomor Kartu Prakerja. Jadi tidak usah menunggu."
                ),
                balance=Rupiah(turn.programme.scheme(turn.participant.wave or 0).balance),
            )
        case "connection":
            return _(
                "Oke. Belinya cuma sebentar di situs, jadi wifi teman, tetangga, atau kantor desa pun cukup. Cari "
                "sambungan sebelum batasnya ya."
            )
        case "choice":
            return _(
                "Bingung memilih itu wajar. Lihat rekomendasi pelatihan resmi gelombangmu, atau tulis bidang kerjamu."
            )
        case "lost":
            return fill(
                _("Tenang, kubantu pelan-pelan, satu langkah demi satu. Mulainya dari <b>{site}</b>, cukup pakai HP."),
                site=turn.programme.contacts["dashboard"].value,
            )
        case "unwilling":
            return _(
                "Keputusannya di kamu. Yang hilang kalau tidak beli sampai batasnya: kepesertaan dicabut, insentif "
                "tidak cair, dan tidak bisa ikut gelombang mana pun lagi."
            )
        case "basket":
            return _("Masuk keranjang <b>belum terbeli</b>. Selesaikan dulu bayarnya, dengan nomor Kartu Prakerja.")
        case "other_date":
            return _(
                "Jangan menunggu dulu: tanggal lain bukan batas beli <b>pelatihan pertama</b>. Lewat dari batas ini "
                "kepesertaan dicabut."
            )
        case "busy":
            return _("Siap, selesaikan dulu urusanmu. Belinya cukup beberapa menit. Jam berapa kira-kira sempat?")
        case "agrees":
            return _("Sip, kutunggu kabarnya. 👍 Begitu terbeli, tekan <b>Sudah beli</b>: pengingatnya berhenti.")
        case "sad":
            return _("🫂 Aku ikut prihatin. Urus dirimu dulu. Belinya cukup beberapa menit, dan aku ingatkan lagi.")
        case _:
            return _("Oke, belum kucatat. Masih bisa beli, asal sebelum batasnya. Mau kuingatkan kapan?")
