"""Rating and review: without them no incentive is scheduled."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import told_by
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from locales import N_, _
from programme.model.messages import Open
from programme.model.milestones import Milestone

_QUESTIONS: Final = {
    **MONEY_QUESTIONS,
    "if it fails": Open("platform_contact"),
    "a short review": Open("rating_review"),
    **in_short("rating_review", "must it be", "when it is", "who does it"),
}


@conversation(
    "rating_review",
    about=N_("Rating dan ulasan"),
    commands=("ulasan",),
    traits=Traits(tells=True, part_of="incentive_problem", follow_ups=_QUESTIONS),
)
async def rating_review(turn: Turn) -> Reply:
    """Tell where and when to review, and what follows from it."""
    rules = await which_rules(turn)
    if matches(turn, "a short review"):
        return _short_will_do(turn)
    if turn.participant.has(Milestone.REVIEWED):
        reply = say(_("⭐ Rating dan ulasanmu sudah tercatat. Mantap!")).also(what_follows(rules), **days(rules))
        return with_next_step(reply, turn)
    reply = _required(rules, turn).also(
        _(
            "Caranya: selesaikan pelatihan, lalu beri bintang dan ulasan di platform tempat kamu ikut. Kalau dashboard "
            "Prakerja juga memintanya, isi di sana. Tulis jujur saja."
        )
    )
    reply = reply.also(what_follows(rules), **days(rules))
    reply = with_assumption(reply, rules, "rating_review")
    if turn.participant.has(Milestone.COMPLETED):
        reply = reply.button(_("✅ Sudah kuberi ulasan"), "report_reviewed")
        return reply.button(_("😕 Ulasan tidak bisa diisi"), "platform_contact")
    return with_next_step(reply.button(_("😕 Ulasan tidak bisa diisi"), "platform_contact"), turn)


def _short_will_do(turn: Turn) -> Reply:
    """No source tells how long a review must be."""
    words = _(
        "⭐ Panjang ulasan tidak diatur sumberku; yang wajib rating <b>dan</b> ulasannya terisi. Tulis jujur saja."
    )
    return with_next_step(say(words), turn)


def _required(rules: Rules, turn: Turn) -> Reply:
    if rules.scheme.review_required is None:
        return say(
            _("⭐ Apakah ulasan jadi syarat insentif gelombang {wave}, belum bisa kupastikan. Isi saja, biar aman."),
            wave=rules.wave,
        )
    source = told_by(rules.scheme.facts["review_required"], turn.now)
    return say(_("⭐ Ya, <b>rating dan ulasan wajib</b> supaya insentif bisa cair. {source}"), source=source)


def what_follows(rules: Rules) -> str:
    """Say what comes after the review, its days named as `days` gives them."""
    if rules.scheme.payout_days_at_least is None or rules.scheme.schedule_wait_hours is None:
        return _("Jadwal insentifmu bisa dilihat di dashboard.")
    return _(
        "Setelah itu jadwal insentif muncul di dashboard; kalau belum, tunggu dulu {hours} jam. Dananya masuk "
        "{least}–{most} hari kerja setelah tanggal jadwal."
    )


def days(rules: Rules) -> dict[str, object]:
    """Return the hours and days of `what_follows`, from the rules of the wave."""
    scheme = rules.scheme
    return {
        "hours": scheme.schedule_wait_hours,
        "least": scheme.payout_days_at_least,
        "most": scheme.payout_days_at_most,
    }
