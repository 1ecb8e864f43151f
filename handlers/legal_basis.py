"""The law behind the cutoff, where a date comes from, and what is not known of it."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_rules import which_rules
from locales import N_, _
from programme.facts import Certainty
from programme.model.messages import Open


@conversation(
    "legal_basis",
    about=N_("Dasar aturannya"),
    traits=Traits(tells=True, slots=frozenset({"wave"}), follow_ups=DATE_QUESTIONS),
)
async def legal_basis(turn: Turn) -> Reply | Open:
    """Name the rule and what it says; of the person's own date, the source."""
    if matches(turn, "a doubt"):
        return Open("deadline", {"doubted": "1"})
    rules = await which_rules(turn)
    scheme = rules.scheme
    if scheme.certainty("law") is Certainty.UNSURE:
        reply = say(_("📜 Dasar hukum gelombang {wave} belum bisa kupastikan."), wave=rules.wave)
    else:
        reply = say(
            _(
                "📜 Dasarnya <b>{law}</b>, Peraturan Menteri Koordinator Bidang Perekonomian: pelatihan pertama dibeli "
                "paling lambat <b>{days} hari</b> sejak dinyatakan lolos. Kalau tidak, kepesertaan dicabut."
            ),
            law=scheme.law,
            days=scheme.days_to_buy,
        )
    reply = reply.also(
        _(
            "Alasan angka itu, dan kelonggaran untuk gangguan atau bencana, tidak dijelaskan di sumberku. Perubahan "
            "yang resmi tampil di dashboard-mu."
        )
    )
    cutoff = turn.cutoff
    if cutoff is not None and rules.wave == turn.participant.wave:
        reply = reply.also(_("Batasmu: <b>{day} pukul 23.59 WIB</b>."), day=cutoff.day)
    reply = reply.button(_("☎️ Tanya Prakerja"), "call_center")
    return with_next_step(reply, turn)
