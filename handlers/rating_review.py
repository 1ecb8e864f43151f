"""Rating and review: without them no incentive is scheduled."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import ASKED, OF, about
from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.aspects import IN_SHORT, in_short
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import told_by
from handlers.phrases.which_platform import own_platform
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.understanding.phrases import first_said, says
from locales import N_, _
from programme.model.messages import Open
from programme.model.milestones import Milestone

_ASKED_OF_IT: Final = {
    "must it be done again": "again",
    "at the platform or the dashboard": "where",
    "no place for the review": "missing",
    "where the review goes": "where",
    "the review is late": "when it is",
    "a short review": "a short review",
}
_QUESTIONS: Final = {
    **MONEY_QUESTIONS,
    "if it fails": Open("platform_contact"),
    **in_short("rating_review"),
    "where to do it": Open("rating_review", {"ask": "where"}),
    "how many times": Open("rating_review", {"ask": "again"}),
}


def asks_of_the_review(spoken: Spoken) -> Open | None:
    """Hear whether it must be repeated, that there is no place for it, and where it goes."""
    text, matter = spoken.text, spoken.matter
    of_it = says("of a review", text) or (matter is not None and about(matter) == "rating_review")
    asked = first_said(_ASKED_OF_IT, text) if of_it else None
    if (
        asked is None
        or any(says(what, text) for what in ("of an assessment", "of a schedule"))
        or heard_at(Stage.ALARM, spoken) is not None
    ):
        return None
    platform = spoken.understood.entity("platform") or spoken.of_the_talk("platform")
    named = {"platform": platform} if platform is not None else {}
    return Open("rating_review", {SAID: text, "ask": asked, **named})


@conversation(
    "rating_review",
    about=N_("Rating dan ulasan"),
    commands=("ulasan",),
    traits=Traits(tells=True, part_of="incentive_problem", expects=asks_of_the_review, follow_ups=_QUESTIONS),
)
async def rating_review(turn: Turn) -> Reply | Open:
    """Tell where and when to review, and what follows from it."""
    match turn.told("ask"):
        case "again":
            return _once_more(turn)
        case "missing":
            return _no_place(turn)
        case "where":
            return _where(turn)
        case "when it is" | "a short review" as asked:
            return Open(IN_SHORT, {OF: "rating_review", ASKED: asked})
    rules = await which_rules(turn)
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
        return reply.button(_("😕 Ulasan tidak bisa diisi"), "rating_review", ask="missing")
    return with_next_step(reply.button(_("😕 Ulasan tidak bisa diisi"), "rating_review", ask="missing"), turn)


def _once_more(turn: Turn) -> Reply:
    """No source tells that a review must be given twice: the dashboard shows whether it is still asked for."""
    words = _(
        "⭐ Apakah rating dan ulasan perlu diulang tidak ada di sumberku. Yang kutahu: keduanya harus terisi. Cek "
        "dashboard: masih diminta, isi lagi; tidak diminta tapi kamu ragu, tanya Prakerja: {phone} (bebas pulsa)."
    )
    reply = say(words, phone=turn.programme.contacts["phone"].value)
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return _to_note(reply, turn)


def _no_place(turn: Turn) -> Reply:
    """It can't be filled in: the platform can say whether it has reported, and Prakerja the rest."""
    reply = say(
        _(
            "⭐ Tempat ulasannya belum muncul? Bisa jadi laporan selesaimu belum diterima Prakerja; pastinya aku tidak "
            "bisa lihat. Tanya platformnya: <i>“Pelatihan saya sudah selesai, apakah laporannya sudah dikirim, dan di "
            "mana saya memberi ulasan?”</i> Mereka bilang sudah, tetap kosong? Prakerja {phone} (bebas pulsa)."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    return _to_note(with_platform(reply, own_platform(turn)), turn)


def _where(turn: Turn) -> Reply:
    platform = own_platform(turn)
    name = platform.name if platform is not None else _("platform tempat kamu ikut")
    words = _("⭐ Di <b>{name}</b>. Kalau dashboard Prakerja juga memintanya, isi di sana juga.")
    reply = say(words, name=name)
    if matches(turn, "is it that button"):
        reply = reply.also(_("Apakah tombol itu yang dihitung tidak bisa kupastikan: cek dashboard, masih diminta?"))
    reply = reply.button(_("😕 Ulasan tidak bisa diisi"), "rating_review", ask="missing")
    return _to_note(reply, turn)


def _to_note(reply: Reply, turn: Turn) -> Reply:
    """Offer to note the review of whoever has finished and not told of it."""
    if turn.participant.has(Milestone.COMPLETED) and not turn.participant.has(Milestone.REVIEWED):
        return reply.button(_("✅ Sudah kuberi ulasan"), "report_reviewed")
    return reply


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
