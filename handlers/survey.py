"""The surveys: when they open, what they pay, until when."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.phrases.year_end import with_near_year_end, with_year_end
from locales import N_, Rupiah, _
from programme.calendars import YearEnd
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.payments import PaymentStatus
from programme.rules import Scheme


@conversation(
    "survey",
    about=N_("Survei"),
    commands=("survei",),
    traits=Traits(
        tells=True,
        follow_ups={
            "in all": Open("incentive_rules"),
            "if it fails": Open("call_center"),
            **in_short("survey", "must it be", "how much", "when it is", "who does it"),
            "must it be filled in": Open("survey"),
            "a careless answer": Open("survey"),
            "how long": Open("survey"),
            "until which day": Open("survey"),
            "apart from the incentive": Open("survey"),
            "into which account": Open("survey"),
            "filled in already": Open("survey"),
        },
    ),
)
async def survey(turn: Turn) -> Reply:
    """Tell what the surveys pay, when the first opens, and what is not known of the others."""
    rules = await which_rules(turn)
    scheme = rules.scheme
    if matches(turn, "filled in already") and scheme.survey_paid_within_days is not None:
        return _filled_in(scheme, turn)
    reply = say(
        _("📝 Ada <b>{times} survei</b>, masing-masing {sum}. Diisi lewat dashboard Prakerja."),
        times=scheme.survey_times,
        sum=Rupiah(scheme.survey),
    )
    if turn.told(ASKED) == "a careless answer" or matches(turn, "a careless answer"):
        reply = reply.after(_("✅ Tetap dibayar: jawabanmu tidak berpengaruh, tidak ada yang benar atau salah."))
    if turn.told(ASKED) == "apart from the incentive":
        reply = reply.after(_("➗ Dibayar tersendiri, terpisah dari insentif pelatihan."))
    reply = with_year_end(_timing(reply, rules, turn), YearEnd.SURVEYS, turn)
    reply = with_source(reply, scheme.facts["survey"], turn.now)
    reply = with_assumption(reply, rules, "survey")
    reply = reply.button(_("😕 Survei tidak muncul"), "call_center")
    return with_next_step(reply, turn)


def _filled_in(scheme: Scheme, turn: Turn) -> Reply:
    """Say until when one that was filled in is paid, and that no source tells into which account."""
    words = _("📝 Sip. Survei yang sudah diisi dibayar {sum} dalam <b>{days} hari</b>.")
    reply = say(words, sum=Rupiah(scheme.survey), days=scheme.survey_paid_within_days)
    if matches(turn, "into which account"):
        reply = reply.also(
            _("Ke akun mana dibayarnya tidak disebut sumberku. Pantau dashboard; yang bisa memastikan: {phone}."),
            phone=turn.programme.contacts["phone"].value,
        )
    return with_next_step(with_near_year_end(reply, YearEnd.SURVEYS, turn), turn)


def _timing(reply: Reply, rules: Rules, turn: Turn) -> Reply:
    scheme = rules.scheme
    if scheme.survey_one_after_days is None:
        return reply.also(_("Kapan survei gelombang {wave} dibuka belum bisa kupastikan."), wave=rules.wave)
    reply = reply.also(
        _(
            "Survei 1 terbuka sekitar {after} hari setelah insentif pertama cair. Jadwal survei berikutnya belum bisa "
            "kupastikan: pantau dashboard. Tiap survei terbuka {open} hari, dibayar dalam {paid} hari setelah diisi. "
            "Jawabanmu tidak memengaruhi pembayaran, jadi isi apa adanya."
        ),
        after=scheme.survey_one_after_days,
        open=scheme.survey_open_days,
        paid=scheme.survey_paid_within_days,
    )
    own = rules.wave == turn.participant.wave
    if own and (first := _first_paid(turn)) is not None:
        opens = first + timedelta(days=scheme.survey_one_after_days)
        words = _("Insentif pertamamu cair {paid}, jadi survei 1 kira-kira {opens}.")
        return reply.also(words, paid=first, opens=opens)
    if not turn.participant.has(Milestone.INCENTIVE_PAID):
        return reply.also(_("Insentif pertama belum cair? Wajar kalau surveinya belum ada."))
    return reply


def _first_paid(turn: Turn) -> date | None:
    paid = [each for each in turn.participant.payments if each.number == 1 and each.status is PaymentStatus.PAID]
    return paid[0].paid_on if paid else None
