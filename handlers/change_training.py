"""Exchanging, cancelling, returning a bought training: it can't be done, and what can."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import told_by
from handlers.phrases.which_rules import which_rules, with_assumption
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from locales import N_, _, fill
from programme.model.messages import Open
from programme.model.milestones import Milestone


@conversation(
    "change_training",
    about=N_("Tukar pelatihan"),
    traits=Traits(
        tells=True,
        follow_ups={"not opened yet": Open("change_training"), **in_short("change_training")},
    ),
)
async def change_training(turn: Turn) -> Reply:
    """Say that there is no exchange, without softening it, and what is left to do."""
    rules = await which_rules(turn)
    allowed = rules.scheme.exchange_allowed
    if allowed is None:
        reply = say(
            _("Apakah pelatihan gelombang {wave} bisa ditukar belum bisa kupastikan. Tanya dulu sebelum membatalkan."),
            wave=rules.wave,
        )
        return with_next_step(reply.button(_("☎️ Tanya Prakerja"), "call_center"), turn)
    reply = say(
        _("Maaf, pelatihan yang sudah dibeli <b>tidak bisa ditukar</b>, walaupun belum kamu ikuti. {source}"),
        source=told_by(rules.scheme.facts["exchange_allowed"], turn.now),
    )
    bought = turn.participant.has(Milestone.BOUGHT) or claims(Milestone.BOUGHT, turn.said, today=turn.today)
    ahead = turn.participant.wave is not None or _chooses_yet(turn)
    if ahead and not bought:
        return with_next_step(_before_it_is_bought(reply, turn), turn)
    reply = reply.also(
        _(
            "Yang bisa dilakukan: ikuti sampai selesai, karena insentif dihitung dari pelatihan pertama. Setelah itu, "
            "selama saldonya cukup, kamu bisa ambil pelatihan lain yang lebih cocok. Terbeli dua kali atau bukan kamu "
            "yang beli? Laporkan ke platformnya."
        )
    )
    reply = with_assumption(reply, rules, "change_training")
    reply = reply.button(_("➕ Soal pelatihan kedua"), "second_training")
    return with_next_step(reply.button(_("🏬 Kontak platform"), "platform_contact"), turn)


def _chooses_yet(turn: Turn) -> bool:
    """Whether the words speak of a choice that lies ahead: *kalau salah pilih bisa dituker ga nanti?*."""
    return says("supposed to choose wrong", turn.said) or says("afraid to choose wrong", turn.said)


def _before_it_is_bought(reply: Reply, turn: Turn) -> Reply:
    """Say to compare first, on the last day without delay; what was named to learn is a tap away."""
    last = turn.cutoff is not None and not turn.too_late and turn.today >= turn.cutoff.day
    if last:
        reply = reply.also(_("Jadi pastikan isi, jadwal, dan harganya sekarang, lalu langsung bayar."))
        reply = with_cutoff(reply, turn)
    else:
        reply = reply.also(_("Kalau kamu belum beli, pilih pelan-pelan: lihat isi, jadwal, dan harganya dulu."))
    if (topic := turn.told("topic")) is not None:
        return reply.button(fill(_("🔎 Lihat {topic}"), topic=topic), "recommend", topic=topic)
    return reply.button(_("🔎 Bandingkan pelatihan"), "recommend")
