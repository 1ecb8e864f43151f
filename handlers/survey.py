"""The surveys: when they open, what they pay, until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.in_talk import PAID_ON
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import IN_SHORT, in_short
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.phrases.year_end import until, with_near_year_end, with_year_end, year_end
from handlers.understanding import find_entities
from handlers.understanding.furthest import plain_clauses
from handlers.understanding.phrases import says
from locales import N_, Rupiah, _, fill
from programme.calendars import YearEnd
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.payments import PaymentStatus
from programme.rules import Scheme

_LATE: Final = Open(IN_SHORT, {OF: "survey", ASKED: "what if it is missed"})
_BRIEF: Final = 8
"""Words of a question that goes on from what was said of the surveys."""


def asks_what_answers_do(spoken: Spoken) -> Recognised | None:
    """Hear *kalau kujawab apa adanya nanti insentif ndak cair kah?* where the survey itself goes without saying."""
    text = spoken.text
    brief = len(text.split()) <= _BRIEF
    spoken_of = brief and spoken.matter is not None and spoken.matter.conversation == "survey"
    of_it = says("of a survey", text) or says("of an answer", text) or spoken_of
    if says("of a review", text) and not says("of a survey", text):
        return None
    if not of_it or not says("a careless answer", text) or not asks(text):
        return None
    return Recognised(Open("survey", {ASKED: "a careless answer"}), "survey", spoken.understood.confidence)


@conversation(
    "survey",
    about=N_("Survei"),
    commands=("survei",),
    traits=Traits(
        tells=True,
        listens={Stage.STATEMENT: asks_what_answers_do},
        follow_ups={
            "reckon the day": Open("survey", {"ask": "reckon"}),
            **{what: Open("survey") for what in ("when a survey is paid", "apart from the incentive")},
            "in all": Open(IN_SHORT, {OF: "incentive_rules"}),
            "how much one gets": Open(IN_SHORT, {OF: "survey", ASKED: "how much"}),
            **in_short("survey", is_it_gone=_LATE, is_it_lost=_LATE),
            "must it be filled in": Open("survey"),
            "a careless answer": Open("survey"),
            **dict.fromkeys(("until which day", "still in time now"), Open("survey", {"ask": "until"})),
            **{what: Open("survey") for what in ("into which account", "filled in already")},
        },
    ),
)
async def survey(turn: Turn) -> Reply:
    """Tell what the surveys pay, when the first opens, and what is not known of the others."""
    rules = await which_rules(turn)
    scheme = rules.scheme
    if turn.told("ask") == "until" or matches(turn, "until which day"):
        return _until_when(scheme, turn)
    if scheme.survey_one_after_days is not None and (turn.told("ask") == "reckon" or matches(turn, "reckon the day")):
        return await _reckoned(scheme.survey_one_after_days, turn)
    if matches(turn, "a later survey") and scheme.survey_one_after_days is not None:
        return _later_ones(scheme, turn)
    if (told := _paid_as_told(turn)) is not None and scheme.survey_one_after_days is not None:
        return _from_the_first(told, told + timedelta(days=scheme.survey_one_after_days), turn)
    if turn.told(ASKED) == "a careless answer" or matches(turn, "a careless answer"):
        return _carelessly(scheme, turn)
    of_payment = matches(turn, "when a survey is paid") or matches(turn, "filled in already")
    if of_payment and scheme.survey_paid_within_days is not None:
        return _filled_in(scheme, turn)
    reply = say(
        _("📝 Ada <b>{times} survei</b>, masing-masing {sum}. Diisi lewat dashboard Prakerja."),
        times=scheme.survey_times,
        sum=Rupiah(scheme.survey),
    )
    if turn.told(ASKED) == "apart from the incentive":
        reply = reply.after(_("➗ Dibayar tersendiri, terpisah dari insentif pelatihan."))
    reply = with_year_end(_timing(reply, rules, turn), YearEnd.SURVEYS, turn)
    reply = with_source(reply, scheme.facts["survey"], turn.now)
    reply = with_assumption(reply, rules, "survey")
    reply = reply.button(_("😕 Survei tidak muncul"), "call_center")
    return with_next_step(reply, turn)


def _until_when(scheme: Scheme, turn: Turn) -> Reply:
    """Say until when they are filled in; a day that only the person has heard of is no day of ours."""
    if (end := year_end(YearEnd.SURVEYS, turn)) is not None:
        return with_next_step(say("{until}", until=until(YearEnd.SURVEYS, end, turn)), turn)
    reply = say(_("📆 Batas mengisi survei belum ada di sumberku, jadi tidak kutebak. Lihat tanggalnya di dashboard."))
    if scheme.survey_open_days is not None:
        reply = reply.also(_("Tiap survei terbuka {open} hari sejak muncul."), open=scheme.survey_open_days)
    if _day_named(turn):
        reply = reply.also(_("Tanggal yang kamu dengar belum bisa kupastikan; supaya aman, isi sebelum itu."))
    return with_next_step(reply, turn)


def _day_named(turn: Turn) -> bool:
    return any(one.kind == "date" for one in find_entities(typed(turn), today=turn.today))


def _later_ones(scheme: Scheme, turn: Turn) -> Reply:
    """No source tells when the second and the third open."""
    words = _(
        "📝 Kapan survei berikutnya dibuka tidak ada di sumberku. Tiap survei dibayar {sum} dan terbuka {open} hari: "
        "pantau dashboard, atau tanya {phone} (bebas pulsa)."
    )
    phone = turn.programme.contacts["phone"].value
    reply = say(words, sum=Rupiah(scheme.survey), open=scheme.survey_open_days, phone=phone)
    return with_next_step(with_near_year_end(reply, YearEnd.SURVEYS, turn), turn)


def _carelessly(scheme: Scheme, turn: Turn) -> Reply:
    """Say that answers change nothing, when it is paid, and until when it is filled in."""
    words = _("✅ Tetap dibayar: jawabanmu tidak berpengaruh, tidak ada yang benar atau salah.")
    if scheme.survey_paid_within_days is not None:
        words += " " + _("{sum} dibayar dalam <b>{days} hari</b> setelah diisi.")
    reply = say(words, sum=Rupiah(scheme.survey), days=scheme.survey_paid_within_days)
    return with_next_step(with_near_year_end(reply, YearEnd.SURVEYS, turn), turn)


def _filled_in(scheme: Scheme, turn: Turn) -> Reply:
    """Say until when one that was filled in is paid, and that no source tells into which account."""
    words = _("📝 Survei yang sudah diisi dibayar {sum} dalam <b>{days} hari</b>.")
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
    if own and (first := _first_paid(turn) or _paid_before(turn)) is not None:
        opens = first + timedelta(days=scheme.survey_one_after_days)
        words = _("Insentif pertamamu cair {paid}, jadi survei 1 kira-kira {opens}.")
        return reply.also(words, paid=first, opens=opens)
    if not turn.is_behind(Milestone.INCENTIVE_PAID):
        return reply.also(_("Insentif pertama belum cair? Wajar kalau surveinya belum ada."))
    return reply


def _from_the_first(paid: date, opens: date, turn: Turn) -> Reply:
    """Reckon when the first survey opens from the day on which the person was paid."""
    reply = say(
        _("📝 Insentifmu cair {paid}. Survei 1 terbuka sekitar {after} hari sesudahnya: kira-kira <b>{opens}</b>."),
        paid=paid,
        after=(opens - paid).days,
        opens=opens,
    )
    if turn.today <= opens:
        reply = reply.after(_("🙂 Wajar kalau belum muncul."))
    else:
        phone = turn.programme.contacts["phone"].value
        reply = reply.also(_("Belum ada juga? Tanya Prakerja: {phone} (bebas pulsa)."), phone=phone)
    reply = with_near_year_end(reply, YearEnd.SURVEYS, turn).also(_("Tanggal pastinya pantau di dashboard ya."))
    return with_next_step(reply.button(_("📝 Soal survei"), "survey"), turn)


async def _reckoned(after: int, turn: Turn) -> Reply:
    """Reckon from the day of the first incentive, which is asked for where nobody told it; it is noted nowhere."""
    asked_now = matches(turn, "reckon the day")  # else these words answer, and the question must be there to take them
    paid = (_paid_as_told(turn) if asked_now else None) or _paid_before(turn) or _first_paid(turn)
    if paid is None:
        words = fill(_("Survei 1 terbuka sekitar <b>{after} hari</b> setelah insentif pertama cair."), after=after)
        asked = say(_("Tanggal berapa insentif pertamamu cair? Nanti kuhitungkan.")).after(words)
        paid = await turn.date("paid_on", asked, latest=turn.today, offered=(), skip=_("Belum cair"))
    if paid is None:
        words = _("Oke. Begitu insentif pertama cair, hitung sekitar <b>{after} hari</b> dari tanggal itu.")
        return with_next_step(say(words, after=after).button(_("📝 Soal survei"), "survey"), turn)
    return _from_the_first(paid, paid + timedelta(days=after), turn)


def _paid_before(turn: Turn) -> date | None:
    """Return the day of the first incentive that was told in this talk."""
    told = turn.talk.get(PAID_ON)
    return None if told is None else date.fromisoformat(told)


def _paid_as_told(turn: Turn) -> date | None:
    """Return the day on which the person says that the incentive came: *incentive gw cair tgl 10 nov*."""
    clauses = [part for part in plain_clauses(typed(turn)) if says("about the incentive", part)]
    found = [one for part in clauses for one in find_entities(part, today=turn.today) if one.kind == "date"]
    days = [date.fromisoformat(one.value) for one in found]
    return days[0] if len(days) == 1 and days[0] < turn.today else None


def _first_paid(turn: Turn) -> date | None:
    paid = [each for each in turn.participant.payments if each.number == 1 and each.status is PaymentStatus.PAID]
    return paid[0].paid_on if paid else None
