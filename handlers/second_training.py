"""A second training: one after the other, while the balance lasts."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import tells_a_step
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.phrases.year_end import with_near_year_end, with_year_end, year_end
from handlers.understanding.phrases import says, without
from handlers.understanding.sentences import sentences
from locales import N_, _
from programme.calendars import YearEnd
from programme.model.messages import Open
from programme.model.milestones import Milestone

FIRST: Final = "must it be done first"
"""The phrases that ask whether the first training must be finished before the next is bought."""
_ASKED_OF_IT: Final = {
    "the second is obligatory": "must",
    "of a review": "review",
    "the incentive is endangered": "endangered",
}
"""What is asked of the second training itself, by the phrases that ask it."""


def _asked_of_it(text: str) -> list[str]:
    """Return what the sentences that speak of a second training ask of it, in the order of the answers."""
    said = [part for part in sentences(text) if _is_of_the_second(part)]
    asked = [name for what, name in _ASKED_OF_IT.items() if any(says(what, part) for part in said)]
    return [one for one in asked if one != "must" or "review" not in asked]  # *wajib diulas* asks of the review


def _is_of_the_second(text: str) -> bool:
    return says("a second training", text) or (says("named the second", text) and not says("a later payment", text))


def asks_of_the_second(spoken: Spoken) -> Open | None:
    """Hear *pelatihan kedua wajib diulas ga*, *insentif pertama bisa hangus kalau yang kedua ga kelar?*."""
    text, matter = spoken.text, spoken.matter
    if matter is not None and matter.conversation == "balance" and says("paid for the second", text):
        return Open("second_training", {SAID: text})
    of_it = says("a second training", text) or (matter is not None and matter.conversation == "second_training")
    if not of_it or says(FIRST, text) or says("which comes first", text):
        return None
    asks = any(says(what, text) for what in ("a question", "a question at its end", "is it so", "is it true"))
    if not asks or tells_a_step(text, spoken.today) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    return Open("second_training", {SAID: text}) if _asked_of_it(text) else None


def asks_for_both(spoken: Spoken) -> Recognised | None:
    """Hear *yang barista sama service excellence boleh dua-duanya?*: it is no search for both at once."""
    shops = {one.value for one in spoken.understood.entities if one.kind == "platform"}
    if not says("both of them", spoken.text) or len(shops) > 1:  # *di Tokopedia atau Bukalapak bisa dua-duanya?*
        return None
    return Recognised(Open("second_training", spoken.told), "second_training", spoken.understood.confidence)


def asks_for_another(spoken: Spoken) -> Recognised | None:
    """Hear *boleh nggak aku ambil yang kedua*, which names no training."""
    if not says("may I take a second", spoken.text):
        return None
    return Recognised(Open("second_training", spoken.told), "second_training", spoken.understood.confidence)


@conversation(
    "second_training",
    about=N_("Pelatihan kedua"),
    traits=Traits(
        tells=True,
        expects=asks_of_the_second,
        listens={Stage.TOLD: asks_for_both, Stage.WISH: asks_for_another},
        follow_ups={
            "paid for the second": Open("second_training"),
            "about the incentive": Open("second_training"),
            "not finished": Open("second_training"),
            "if it fails": Open("purchase_problem"),
            FIRST: Open("second_training"),
            "both at once": Open("second_training", {ASKED: "not finished"}),
            **in_short("second_training"),
            "which comes first": Open("second_training", {ASKED: "not finished"}),
            "when it is": Open("second_training"),
            "what is left over": Open("balance"),
            **dict.fromkeys(("does it lapse", "is it gone"), Open("balance", {ASKED: "what is left over"})),
        },
    ),
)
async def second_training(turn: Turn) -> Reply:
    """Tell the order, the limits that are certain, and what comes first for this person."""
    rules = await which_rules(turn)
    if (asked := _asked_of_it(turn.said)) and rules.scheme.incentive_for_first_training_only:
        return _of_itself(asked, turn)
    if turn.told(ASKED) == "not finished":
        return _not_yet(turn)
    if turn.told(ASKED) == FIRST:
        return _first(turn)
    if turn.told(ASKED) == "when it is":
        return _when(rules, turn)
    paid = says("paid for the second", without("no cash wanted", typed(turn)))
    unpaid = paid or turn.told(ASKED) in {"paid for the second", "about the incentive"}
    if unpaid and not matches(turn, "may I take a second"):
        return _unpaid(rules, turn)  # else it is told with the rest
    reply = say(
        _(
            "➕ Boleh ambil pelatihan lagi: <b>berurutan, selama saldo cukup</b>. Pelatihan pertama harus selesai "
            "dulu, baru beli berikutnya."
        )
    )
    if rules.scheme.next_training_days is not None:
        reply = reply.also(
            _("Untuk gelombang {wave}: berikutnya dibeli dalam <b>{days} hari</b> setelah yang pertama selesai."),
            wave=rules.wave,
            days=rules.scheme.next_training_days,
        )
    if rules.scheme.incentive_for_first_training_only:
        reply = reply.also(_("Insentif hanya untuk pelatihan pertama. Yang berikutnya tidak menambah insentif."))
    reply = with_year_end(reply, YearEnd.BALANCE, turn)
    reply = reply.also(
        _("<i>Sumber tidak sepakat soal jumlah paling banyak; sisa saldo di dashboard yang menentukan.</i>")
    )
    return _first_things_first(with_assumption(reply, rules, "second_training"), turn)


def _of_itself(asked: list[str], turn: Turn) -> Reply:
    """Answer each question of the second training in a sentence; what no source tells is said to be untold."""
    words = {
        "must": _("❌ <b>Tidak wajib</b>: pelatihan kedua boleh diambil, boleh tidak."),
        "review": _(
            "⭐ Apakah pelatihan <b>kedua</b> harus diulas tidak ada di sumberku. Yang wajib untuk insentif: rating "
            "dan ulasan pelatihan <b>pertama</b>."
        ),
        "endangered": _("💰 Insentif hanya dihitung dari <b>pelatihan pertama</b>, bukan dari yang kedua."),
    }
    first, *others = (words[one] for one in asked)
    reply = say(first)
    for other in others:
        reply = reply.also(other)
    if asked != ["must"]:
        phone = turn.programme.contacts["phone"].value
        reply = reply.also(_("Yang bisa memastikan: Call Center Prakerja {phone} (bebas pulsa)."), phone=phone)
    elif "endangered" not in asked:
        reply = reply.also(words["endangered"])
    return _first_things_first(with_near_year_end(reply, YearEnd.BALANCE, turn), turn)


def _unpaid(rules: Rules, turn: Turn) -> Reply:
    """Tell whether a second training is paid for, as far as a source tells it."""
    if rules.scheme.incentive_for_first_training_only:
        words = _("❌ Tidak: insentif hanya untuk <b>pelatihan pertama</b>. Pelatihan kedua tidak menambah insentif.")
    else:
        words = _("Apakah pelatihan kedua menambah insentif, untuk gelombangmu belum bisa kupastikan.")
    return _first_things_first(with_near_year_end(say(words), YearEnd.BALANCE, turn), turn)


def _not_yet(turn: Turn) -> Reply:
    reply = say(_("❌ Belum bisa: pelatihan pertama harus <b>selesai dulu</b>, baru boleh beli yang berikutnya."))
    return with_next_step(with_near_year_end(reply, YearEnd.BALANCE, turn), turn)


def _first(turn: Turn) -> Reply:
    """Say whether to wait: the first training is finished before the next is bought."""
    if turn.participant.has(Milestone.COMPLETED):
        words = _("✅ Pelatihan pertamamu tercatat sudah selesai, jadi boleh langsung, selama saldonya cukup.")
    else:
        words = _(
            "✅ Ya, tunggu: pelatihan pertama harus <b>selesai dulu</b>, baru beli berikutnya selama saldo cukup."
        )
    return _first_things_first(with_near_year_end(say(words), YearEnd.BALANCE, turn), turn)


def _when(rules: Rules, turn: Turn) -> Reply:
    """Tell from when on, and until when where a source tells it."""
    reply = say(_("📆 Bisa dibeli begitu pelatihan pertama <b>selesai</b>, selama saldo cukup."))
    if rules.scheme.next_training_days is not None:
        words = _("Untuk gelombang {wave}: dalam <b>{days} hari</b> setelah yang pertama selesai.")
        reply = reply.also(words, wave=rules.wave, days=rules.scheme.next_training_days)
    reply = with_year_end(reply, YearEnd.BALANCE, turn)
    if year_end(YearEnd.BALANCE, turn) is None:
        reply = reply.also(_("Sampai kapan saldonya berlaku belum ada di sumberku: lihat dashboard-mu ya."))
    return _first_things_first(reply, turn)


def _first_things_first(reply: Reply, turn: Turn) -> Reply:
    if turn.participant.has(Milestone.COMPLETED):
        reply = reply.button(_("🔎 Cari pelatihan berikutnya"), "recommend")
        return reply.button(_("💳 Soal saldo"), "balance")
    return with_next_step(reply.button(_("💳 Soal saldo"), "balance"), turn)
