"""What is said after the cutoff and after buying: kind words, one next step, its button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from locales import Rupiah, _, fill, moment
from programme.cutoffs import Cutoff
from programme.model.messages import Button, Message
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from reminders.wording.buttons import button
from reminders.wording.situation import ReminderSituation

Words = Callable[[ReminderSituation], Message]
AFTER_CUTOFF: Final = "morning_after"


def morning_after(situation: ReminderSituation, cutoff: Cutoff) -> Message:
    """Ask on the morning after the cutoff how it went, and say what can still be done."""
    text = fill(
        _(
            "Batas beli pelatihan pertama {wave} sudah lewat ({at}), "
            "dan aku belum tahu kamu sudah beli atau belum.\n\n"
            "Kalau sudah, syukurlah! Kabari aku, biar kita lanjut sampai insentif cair.\n\n"
            "Kalau belum, jangan berkecil hati dulu: cek dashboard di www.prakerja.go.id, "
            "status di sana yang resmi. Kalau ada yang tidak cocok, aku tunjukkan ke mana bertanya."
        ),
        wave=situation.wave,
        at=moment(cutoff.at, Zone.WIB.tz, Zone.WIB),
    )
    return Message(
        text,
        (
            (button(_("Sudah beli"), "report_bought"),),
            (button(_("Belum beli"), "revoked", bought="no"), button(_("Hubungi Prakerja"), "call_center")),
        ),
    )


def moved(situation: ReminderSituation, cutoff: Cutoff) -> Message:
    """Tell that the cutoff moved: the old date, the new one, and what is left."""
    old = situation.person.told_cutoff
    text = fill(
        _("Penting: batas beli pelatihan pertama {wave} berubah. Yang pernah kusebut, {old}, tidak berlaku lagi."),
        wave=situation.wave,
        old=moment(old, Zone.WIB.tz, Zone.WIB) if old else "-",
    )
    new = _("Batas yang baru:") + "\n" + situation.date_lines(cutoff)
    return Message(
        "\n\n".join((text, new, _("Pengingatmu sudah kusesuaikan."))),
        (
            (button(_("Beli sekarang"), "how_to_buy"),),
            (button(_("Sudah beli"), "report_bought"), button(_("Ada kendala"), "obstacle")),
        ),
    )


def _shown(situation: ReminderSituation) -> Message:
    """Ask whoever reported the purchase whether the dashboard shows it."""
    return Message(_whether_shown(situation), (_shown_or_not(),))


def shown_at_last(situation: ReminderSituation, cutoff: Cutoff) -> Message:
    """Ask it a last time of a report that tells too little to be sure of: what is not there can still be bought."""
    text = _("🔔 Pengingat terakhir, untuk memastikan. {asked} Yang dihitung hanya yang tampil di sana.")
    missing = _(
        "Belum tampil? <b>Jangan bayar dua kali dulu</b>: tekan “Belum, bantu aku”. Ternyata belum jadi beli? Masih "
        "bisa sekarang."
    )
    asked = fill(text, asked=_whether_shown(situation))
    not_bought = button(_("Ternyata belum beli"), "undo", milestone=Milestone.BOUGHT.value)
    return Message("\n\n".join((asked, situation.date_lines(cutoff), missing)), (_shown_or_not(), (not_bought,)))


def _whether_shown(situation: ReminderSituation) -> str:
    step = situation.person.progress.get(Milestone.BOUGHT)
    platform = situation.programme.platforms.get(step.platform or "") if step else None
    if platform is None:
        return _("Kamu bilang sudah beli pelatihan pertama. Sudah tampil di dashboard?")
    return fill(_("Kamu bilang sudah beli di {platform}. Sudah tampil di dashboard?"), platform=platform.name)


def _shown_or_not() -> tuple[Button, ...]:
    yes = button(_("Sudah tampil"), "purchase_shown", shown="yes")
    return yes, button(_("Belum, bantu aku"), "purchase_shown", shown="no")


def _finish(_situation: ReminderSituation) -> Message:
    text = _(
        "Pelatihan pertamamu sudah dibeli, hebat! Supaya insentif bisa cair, selesaikan pelatihannya, "
        "lalu beri rating dan ulasan.\n\nSudah mulai belajar?"
    )
    return Message(text, ((button(_("Sudah selesai"), "report_completed"),), _settings()))


def _finish_again(situation: ReminderSituation) -> Message:
    text = fill(
        _(
            "Pelatihanmu sudah sampai mana? Begitu pelatihan pertama selesai serta diberi rating "
            "dan ulasan, jalan ke {incentive} terbuka.\n\nSedikit demi sedikit juga tidak apa-apa. Semangat!"
        ),
        incentive=situation.incentive,
    )
    return Message(
        text, ((button(_("Sudah selesai"), "report_completed"), button(_("Statusku"), "status")), _settings())
    )


def _review(situation: ReminderSituation) -> Message:
    text = _(
        "Selamat, pelatihanmu selesai! 🎉\n\nLangkah berikutnya sebentar saja: beri rating dan ulasan "
        "di platform tempat kamu belajar."
    )
    if _review_required(situation):
        text += " " + _("Tanpa itu insentif belum bisa cair.")
    return Message(text, _review_rows())


def _review_again(situation: ReminderSituation) -> Message:
    text = _("Sudah beri rating dan ulasan? Sebentar saja, di platform tempat kamu belajar.")
    if _review_required(situation):
        text += " " + fill(_("Sebelum itu, {incentive} belum bisa cair."), incentive=situation.incentive)
    return Message(text, _review_rows())


def _review_required(situation: ReminderSituation) -> bool:
    """Whether it is certain that the incentive waits for the review."""
    return situation.scheme is not None and situation.scheme.review_required is True


def _connect(_situation: ReminderSituation) -> Message:
    text = _(
        "Ulasanmu sudah masuk, terima kasih! Sekarang sambungkan rekening atau e-wallet supaya insentif bisa masuk."
        "\n\nPakai NIK-mu sendiri, dan untuk e-wallet: nomornya sama dengan nomor Prakerja-mu "
        "dan akunnya sudah di-upgrade."
    )
    return Message(
        text, ((button(_("Cara menyambungkan"), "payment_account"), button(_("Statusku"), "status")), _settings())
    )


def _survey(situation: ReminderSituation) -> Message:
    text = _("Coba cek dashboard-mu: survei mungkin sudah dibuka.")
    scheme = situation.scheme
    if scheme:
        text += " " + fill(_("Tiap survei yang diisi ada insentif {survey}."), survey=Rupiah(scheme.survey))
    if scheme and scheme.surveys_affect_payment is False:
        text += " " + _("Jawab apa adanya, jawabanmu tidak memengaruhi pencairan.")
    return Message(
        text,
        ((button(_("Soal survei"), "survey"), button(_("Riwayat insentif"), "incentive_history")), _settings()),
    )


def _review_rows() -> tuple[tuple[Button, ...], ...]:
    return (
        (button(_("Caranya"), "rating_review"), button(_("Sudah kasih ulasan"), "report_reviewed")),
        (button(_("Sertifikat belum muncul"), "certificate"),),
        _settings(),
    )


def _settings() -> tuple[Button, ...]:
    return (button(_("Atur pengingat"), "reminder_settings"),)


PATH_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "shown": _shown,
        "finish": _finish,
        "finish_again": _finish_again,
        "review": _review,
        "review_again": _review_again,
        "connect": _connect,
        "survey": _survey,
    }
)
