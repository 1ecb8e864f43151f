"""What the deadline reminders say: first what would be lost, then until when, then they ask for a plan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from locales import N_, _, fill
from programme.cutoffs import Cutoff
from programme.model.messages import Matter, Message
from reminders.wording.buttons import plan_rows
from reminders.wording.situation import ReminderSituation

WHEN_TO_BUY: Final = "plan"
"""The conversation that hears the answer to the question that each of these ends in."""


class DeadlineWords(NamedTuple):
    """What one reminder says, as message ids. `shut_out` is added where it is certain that no later wave is open."""

    lost: str
    question: str
    shut_out: str = ""


def deadline_message(
    words: DeadlineWords, situation: ReminderSituation, cutoff: Cutoff, *, picks: bool, later: bool
) -> Message:
    """Put a deadline reminder together."""
    lost = fill(_(words.lost), wave=situation.wave, incentive=situation.incentive)
    if words.shut_out and situation.shut_out:
        lost += f" {_(words.shut_out)}"
    text = "\n\n".join((lost, situation.date_lines(cutoff), _(words.question)))
    return Message(text, plan_rows(situation, picks=picks, later=later), about=Matter(WHEN_TO_BUY))


_NEXT_IS_CLOSED = N_("Gelombang berikutnya pun tertutup buatmu.")
_NO_WAVE_AFTER = N_("Setelah itu kamu tidak bisa ikut gelombang mana pun lagi.")
_NO_SECOND_CHANCE = N_("Tidak ada kesempatan kedua: gelombang lain tidak bisa kamu ikuti lagi.")

DEADLINE_WORDS: Final[Mapping[str, DeadlineWords]] = MappingProxyType(
    {
        "joined": DeadlineWords(
            N_(
                "Satu hal yang paling penting di {wave}: beli pelatihan pertama sebelum batasnya. "
                "Kalau terlewat, kepesertaanmu dicabut dan {incentive} hangus."
            ),
            N_("Biar tidak lupa, kita rencanakan yuk. Kapan kamu mau beli?"),
            _NEXT_IS_CLOSED,
        ),
        "two_weeks": DeadlineWords(
            N_("Kalau batas beli pelatihan pertama {wave} terlewat, kepesertaanmu dicabut dan {incentive} hangus."),
            N_("Masih ada waktu untuk memilih dengan tenang. Kira-kira kapan kamu mau beli?"),
            _NO_WAVE_AFTER,
        ),
        "one_week": DeadlineWords(
            N_(
                "Sayang sekali kalau {incentive} lepas. Tanpa beli pelatihan pertama sampai batasnya, "
                "kepesertaanmu di {wave} dicabut."
            ),
            N_("Pilih waktu yang santai dan internetnya lancar. Enaknya kapan?"),
            _NO_SECOND_CHANCE,
        ),
        "three_days": DeadlineWords(
            N_(
                "Perjuanganmu lolos {wave} jangan sampai sia-sia: lewat batas beli, "
                "kepesertaanmu dicabut dan {incentive} hangus."
            ),
            N_("Masih bingung memilih? Aku bantu. Kapan kamu mau beli?"),
            _NO_WAVE_AFTER,
        ),
        "one_day": DeadlineWords(
            N_("Sebentar lagi kesempatanmu di {wave} bisa hilang: kepesertaan dicabut, {incentive} hangus."),
            N_("Kalau bisa beli sekarang, lebih tenang. Kalau belum, kapan?"),
            _NEXT_IS_CLOSED,
        ),
        "last_morning": DeadlineWords(
            N_(
                "Ini hari terakhir! Kalau sampai batasnya kamu belum beli pelatihan pertama, "
                "kepesertaanmu dicabut dan {incentive} hangus."
            ),
            N_("Mumpung masih ada waktu, yuk beli sekarang. Atau mau jam berapa?"),
            _NO_SECOND_CHANCE,
        ),
        "last_evening": DeadlineWords(
            N_("Kalau belum beli juga, beberapa jam lagi kepesertaanmu dicabut dan {incentive} ikut hangus."),
            N_("Sempatkan sekarang ya. Ada yang mengganjal? Bilang, aku bantu."),
            _NO_WAVE_AFTER,
        ),
        "last_call": DeadlineWords(
            N_("🚨 Pengingat terakhir. Lewat batas ini kepesertaanmu dicabut dan {incentive} hangus."),
            N_("Belum beli? <b>Beli sekarang.</b> Macet? Tekan “Ada kendala”."),
        ),
        "plan": DeadlineWords(
            N_(
                "Sesuai rencanamu, ini waktunya beli pelatihan pertama 😊 "
                "Kalau batasnya terlewat, kepesertaanmu dicabut dan {incentive} hangus."
            ),
            N_("Sudah siap? Kalau ada yang menghalangi, bilang saja."),
        ),
    }
)
