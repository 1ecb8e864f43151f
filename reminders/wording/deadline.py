"""What the deadline reminders say: first what would be lost, then until when, then they ask for a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from locales import _, fill
from programme.cutoffs import Cutoff
from programme.model.messages import Matter, Message
from reminders.wording.buttons import plan_rows
from reminders.wording.situation import ReminderSituation

WHEN_TO_BUY: Final = "plan"
"""The conversation that hears the answer to the question that each of these ends in."""

Words = Callable[[ReminderSituation], tuple[str, str]]


def deadline_message(
    words: Words, situation: ReminderSituation, cutoff: Cutoff, *, picks: bool, later: bool
) -> Message:
    """Put a deadline reminder together; `words` gives what would be lost and the question at the end."""
    lost, question = words(situation)
    text = "\n\n".join((lost, situation.date_lines(cutoff), question))
    return Message(text, plan_rows(situation, picks=picks, later=later), about=Matter(WHEN_TO_BUY))


def _joined(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _(
                "Satu hal yang paling penting di {wave}: beli pelatihan pertama sebelum batasnya. "
                "Kalau terlewat, kepesertaanmu dicabut dan {incentive} hangus."
            ),
            wave=situation.wave,
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Gelombang berikutnya pun tertutup buatmu.")),
        _("Biar tidak lupa, kita rencanakan yuk. Kapan kamu mau beli?"),
    )


def _two_weeks(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _("Kalau batas beli pelatihan pertama {wave} terlewat, kepesertaanmu dicabut dan {incentive} hangus."),
            wave=situation.wave,
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Setelah itu kamu tidak bisa ikut gelombang mana pun lagi.")),
        _("Masih ada waktu untuk memilih dengan tenang. Kira-kira kapan kamu mau beli?"),
    )


def _one_week(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _(
                "Sayang sekali kalau {incentive} lepas. Tanpa beli pelatihan pertama sampai batasnya, "
                "kepesertaanmu di {wave} dicabut."
            ),
            wave=situation.wave,
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Tidak ada kesempatan kedua: gelombang lain tidak bisa kamu ikuti lagi.")),
        _("Pilih waktu yang santai dan internetnya lancar. Enaknya kapan?"),
    )


def _three_days(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _(
                "Perjuanganmu lolos {wave} jangan sampai sia-sia: lewat batas beli, "
                "kepesertaanmu dicabut dan {incentive} hangus."
            ),
            wave=situation.wave,
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Setelah itu kamu tidak bisa ikut gelombang mana pun lagi.")),
        _("Masih bingung memilih? Aku bantu. Kapan kamu mau beli?"),
    )


def _one_day(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _("Sebentar lagi kesempatanmu di {wave} bisa hilang: kepesertaan dicabut, {incentive} hangus."),
            wave=situation.wave,
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Gelombang berikutnya pun tertutup buatmu.")),
        _("Kalau bisa beli sekarang, lebih tenang. Kalau belum, kapan?"),
    )


def _last_morning(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _(
                "Ini hari terakhir! Kalau sampai batasnya kamu belum beli pelatihan pertama, "
                "kepesertaanmu dicabut dan {incentive} hangus."
            ),
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Tidak ada kesempatan kedua: gelombang lain tidak bisa kamu ikuti lagi.")),
        _("Mumpung masih ada waktu, yuk beli sekarang. Atau mau jam berapa?"),
    )


def _last_evening(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _("Kalau belum beli juga, beberapa jam lagi kepesertaanmu dicabut dan {incentive} ikut hangus."),
            incentive=situation.incentive,
        )
        + _shut_out(situation, _("Setelah itu kamu tidak bisa ikut gelombang mana pun lagi.")),
        _("Sempatkan sekarang ya. Ada yang mengganjal? Bilang, aku bantu."),
    )


def _last_call(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _("🚨 Pengingat terakhir. Lewat batas ini kepesertaanmu dicabut dan {incentive} hangus."),
            incentive=situation.incentive,
        ),
        _("Belum beli? <b>Beli sekarang.</b> Macet? Tekan “Ada kendala”."),
    )


def _plan(situation: ReminderSituation) -> tuple[str, str]:
    return (
        fill(
            _(
                "Sesuai rencanamu, ini waktunya beli pelatihan pertama 😊 "
                "Kalau batasnya terlewat, kepesertaanmu dicabut dan {incentive} hangus."
            ),
            incentive=situation.incentive,
        ),
        _("Sudah siap? Kalau ada yang menghalangi, bilang saja."),
    )


def _shut_out(situation: ReminderSituation, sentence: str) -> str:
    """Add that no later wave is open, where that is certain."""
    return f" {sentence}" if situation.shut_out else ""


DEADLINE_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "joined": _joined,
        "two_weeks": _two_weeks,
        "one_week": _one_week,
        "three_days": _three_days,
        "one_day": _one_day,
        "last_morning": _last_morning,
        "last_evening": _last_evening,
        "last_call": _last_call,
        "plan": _plan,
    }
)
