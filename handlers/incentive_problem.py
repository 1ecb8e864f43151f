"""The incentive has not come: what the dashboard shows decides what to do."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import PHONE_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.contact_buttons import in_words
from handlers.phrases.failure_words import (
    ASK_PERSON,
    SO,
    explained,
    labels,
    with_helpers,
    with_person,
)
from handlers.phrases.late_payout import late
from handlers.phrases.matches import matches, typed
from handlers.phrases.payment_words import explained_statuses, line, statuses_asked, with_payment
from handlers.phrases.prefill import HEARD, prefill
from handlers.phrases.several_causes import causes_named, several_explained
from handlers.phrases.told_by import told_by
from handlers.phrases.under_way import under_way
from handlers.phrases.which_rules import which_rules
from handlers.phrases.year_end import with_near_year_end
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from handlers.understanding.ruled_out import rules_out, still_open, without_denied
from handlers.understanding.statements import names_somebody
from locales import N_, _, fill
from programme.calendars import YearEnd
from programme.failures import Failure, Whom, explain, explain_exactly
from programme.model.messages import Matter, Open, Sort
from programme.model.milestones import Milestone
from programme.model.payments import Payment, PaymentStatus
from programme.partners import Partner
from programme.rules import Scheme

_HEARD = {
    "past the schedule": "late",
    "no schedule": "no_schedule",
    "the payment failed": "failed",
    "scheduled for a while": "late",
    "the schedule does not come": "no_schedule",
}
_OTHER = "other"
_NOT_UPGRADED = "not_upgraded"
_FEW = 8
"""Words that rule out one more cause and say nothing else."""
_REPORTED = (Milestone.BOUGHT, Milestone.COMPLETED, Milestone.REVIEWED)
_LIKELY = "likely"
"""The answer that tells that the person asked whether the cause is just this one."""
_CHECKED = "checked"
"""The answer that what was named is in order."""


def asks_of_a_payment(spoken: Spoken) -> Recognised | None:
    """Hear *udah rating kok belum ada jadwal*."""
    if not (says("no schedule", spoken.text) or says("the schedule does not come", spoken.text)):
        return None
    return Recognised(Open("incentive_problem", spoken.told), "incentive_problem", spoken.understood.confidence)


def asks_whether_it_is_that(spoken: Spoken) -> Open | None:
    """Hear *gagal terus, aku pakai DANA istri, apa gara-gara itu?*: the cause that is named may well be it."""
    text = spoken.text
    fails = says("the payment failed", text) or _is_of_it(spoken)
    if not fails or not says("because of that", text) or not says("a question", text):
        return None
    if not names_somebody(text) or not says("an account of another", text):
        return None
    partner = spoken.understood.entity("partner")
    known = {SAID: text, **({"partner": partner} if partner is not None else {})}
    return Open("incentive_problem", {**known, "shows": "failed", "why": "nik_differs", _LIKELY: "1"})


def asks_what_a_status_means(spoken: Spoken) -> Open | None:
    """Hear *statusnya dalam pengecekan, itu apa lagi*: a word of the dashboard, asked of anywhere."""
    text, asked = spoken.text, statuses_asked(spoken.text, spoken.programme)
    by_name = any(says(what, text) for what in ("a status of the dashboard", "what it means", "what is that"))
    if not asked or asked == [PaymentStatus.FAILED] or not by_name or heard_at(Stage.ALARM, spoken) is not None:
        return None
    else_where = any(says(what, text) for what in ("about buying", "about a certificate", "of an assessment"))
    return None if else_where else Open("incentive_problem")


def blames_the_new_number(spoken: Spoken) -> Open | None:
    """Hear *nomornya baru ganti, apa itu masalahnya?* where the incentive fails: the numbers must be the same."""
    text = spoken.text
    blamed = says("the number is new", text) and says("because of that", text) and says("a question", text)
    if not blamed or not (says("the payment failed", text) or any(map(_concerns_it, spoken.matters))):
        return None
    return Open("incentive_problem", {SAID: text, "shows": "failed", "why": "phone_differs", _LIKELY: "1"})


def _concerns_it(matter: Matter) -> bool:
    return family_of(matter.conversation) == "incentive_problem"


def _expected(spoken: Spoken) -> Open | None:
    readers = (asks_whether_it_is_that, blames_the_new_number, asks_what_a_status_means, rules_out_more, quotes_it)
    return next((found for read in readers if (found := read(spoken)) is not None), None)


def _is_of_it(spoken: Spoken) -> bool:
    return spoken.matter is not None and spoken.matter.conversation == "incentive_problem"


def rules_out_more(spoken: Spoken) -> Open | None:
    """Hear *rekening juga udah nyambung* in the middle of the trouble: one more cause that it is not."""
    if not _is_of_it(spoken):
        return None
    brief = len(spoken.text.split()) <= _FEW and says("a cause", spoken.text) and not says("a question", spoken.text)
    if not brief or not rules_out(spoken.text):
        return None
    if still_open(spoken.text) or any(claims(step, spoken.text, today=spoken.today) for step in _REPORTED):
        return None
    return Open("incentive_problem", {_CHECKED: "1"})


def quotes_it(spoken: Spoken) -> Open | None:
    """Hear *tulisannya cek rekening BNI anda*: a reason of the dashboard, whatever was spoken of."""
    quoted = not spoken.understood.certain and says("the dashboard says", spoken.text)
    failure = explain(spoken.text, spoken.programme) if quoted else None
    if failure is None or failure.whom is not Whom.PARTNER or heard_at(Stage.ALARM, spoken) is not None:
        return None
    return Open("incentive_problem", {SAID: spoken.text, "shows": "failed", "why": failure.id})


@conversation(
    "incentive_problem",
    about=N_("Insentif belum cair"),
    commands=("gagalcair",),
    traits=Traits(
        trouble=True,
        subject="insentif",
        in_brief=Open("incentive_problem", {HEARD: "1", "shows": "no_schedule"}),
        expects=_expected,
        listens={Stage.WISH: asks_of_a_payment},
        slots=frozenset({"partner"}),
        follow_ups={
            "by another way": Open("contact_detail"),
            "when they answer": Open("contact_detail"),
            "what it means": Open("incentive_problem"),
            "what is that": Open("incentive_problem"),
            "it is premium already": Open("incentive_problem", {"shows": "failed", "why": _NOT_UPGRADED}),
            **PHONE_QUESTIONS,
            **in_short("incentive_problem"),
        },
    ),
)
async def incentive_problem(turn: Turn) -> Reply | Open:
    """Answer at once what a pasted text or the official data tell; else ask, one thing at a time."""
    if HEARD not in turn.answers and says("under way", typed(turn)):
        return under_way((await which_rules(turn)).scheme, _partner(turn, None), turn)
    unasked = turn.told("why") is None and turn.told("shows") is None and turn.told(_CHECKED) is None
    if unasked and (known := _known_already(turn)) is not None:
        return known
    if (opening := prefill(turn, "incentive_problem", "shows", _HEARD)) is not None:
        scheduled = opening.answers.get("shows") == "late"  # *jadwalnya sudah keluar* puts nothing else in order
        return opening if scheduled or not rules_out(typed(turn)) else _checked(opening)
    if turn.told(_CHECKED) is not None:
        return _not_that((await which_rules(turn)).scheme, turn)
    shows = "failed" if turn.told("why") is not None else await _shows(turn)
    if shows == _CHECKED:
        return _not_that((await which_rules(turn)).scheme, turn)
    if (named := turn.programme.failures.get(shows or "")) is not None:
        return _failed(named, turn)
    match shows:
        case "failed":
            return await _why(turn)
        case "unrated":
            return _failed(turn.programme.failures["review_missing"], turn)
        case "no_schedule":
            return _no_schedule((await which_rules(turn)).scheme, turn)
        case "late":
            return late((await which_rules(turn)).scheme, _partner(turn, None), turn)
        case _:
            return Open("handoff", {"about": "incentive", "tried": "1"})


def _known_already(turn: Turn) -> Reply | Open | None:
    """Answer what the words themselves or the official data tell before anything is asked."""
    if (asked := statuses_asked(typed(turn), turn.programme)) and asked != [PaymentStatus.FAILED]:
        return with_person(explained_statuses(asked, turn), _partner(turn, None))
    if HEARD not in turn.answers and (several := causes_named(typed(turn), turn)):
        return several_explained(several, _partner(turn, None), turn)
    if (pasted := _pasted(turn)) is not None:
        return Open("incentive_problem", {HEARD: "1", **turn.answers, "shows": "failed", "why": pasted.id})
    payment = _unpaid(turn)
    return _official(payment, turn) if payment is not None else None


def _pasted(turn: Turn) -> Failure | None:
    """Recognise the dashboard's text in the message that opened the conversation."""
    opened_by_text = turn.incoming.sort is Sort.TEXT and not turn.incoming.text.startswith("/")
    if not opened_by_text or HEARD in turn.answers:
        return None
    exact = explain_exactly(turn.incoming.text, turn.programme)
    return exact or explain(without_denied(still_open(turn.incoming.text)), turn.programme)


def _checked(opening: Open) -> Open:
    """Keep that the person has ruled out a cause, where nothing else is told."""
    told = opening.answers
    return (
        opening
        if "shows" in told and told["shows"] == "failed"
        else Open(opening.conversation, {**told, _CHECKED: "1"})
    )


def _not_that(scheme: Scheme, turn: Turn) -> Reply:
    """The usual causes are ruled out: say what is left to wait for, then who can look into it."""
    reply = say(_("👍 Yang kamu sebut sudah beres, jadi bukan itu sebabnya."))
    if scheme.schedule_wait_hours is not None and scheme.payout_days_at_least is not None:
        reply = reply.also(
            _(
                "Yang mungkin tersisa:\n• ulasan baru diisi: jadwal muncul dalam <b>{hours} jam</b> di History "
                "Insentif\n• sudah ada jadwal: uang masuk <b>{least}–{most} hari kerja</b> sesudahnya"
            ),
            hours=scheme.schedule_wait_hours,
            least=scheme.payout_days_at_least,
            most=scheme.payout_days_at_most,
        )
    reply = reply.also(
        _(
            "Sudah lebih lama dari itu? Hanya Prakerja yang bisa melihatnya: {phone} (bebas pulsa) atau Formulir "
            "Pengaduan."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    return with_person(with_prakerja(reply, turn), _partner(turn, None))


def _unpaid(turn: Turn) -> Payment | None:
    """Return the official payment that has not come: the last failed one, else the last."""
    unpaid = [one for one in turn.participant.payments if one.status is not PaymentStatus.PAID]
    return max(unpaid, key=lambda one: (one.status is PaymentStatus.FAILED, one.number), default=None)


def _official(payment: Payment, turn: Turn) -> Reply:
    reply = with_payment(say(_("🔍 Menurut data resmimu:\n{payment}"), payment=line(payment)), payment, turn)
    named = turn.programme.partner(turn.told("partner") or "")
    if named is not None and named.id != payment.partner:
        reply = reply.also(_("Kontak {name}: {ways}."), name=named.name, ways=in_words(named.contacts))
    reply = reply.button(_("📜 Semua riwayatku"), "incentive_history")
    return reply.button(_("Di dashboard-ku beda"), "incentive_problem", shows="ask")


async def _shows(turn: Turn) -> str | None:
    words = _(
        "😕 Yang paling sering menahan: <b>rating dan ulasan</b> belum diisi, atau rekening/e-wallet belum tersambung "
        "atau belum di-upgrade.\n\nDi dashboard, bagian <b>History Insentif</b>, apa yang kamu lihat?"
    )
    options = [
        Option("unrated", _("⭐ Belum kuberi ulasan"), (_("belum rating"), _("belum ulasan"), _("ulasan"))),
        Option("no_schedule", _("📭 Belum ada jadwal"), (_("belum dijadwalkan"), _("tidak ada jadwal"))),
        Option("late", _("📅 Ada jadwal, belum masuk"), (_("dijadwalkan"), _("lewat jadwal"))),
        Option("failed", _("❌ Gagal, ada alasannya"), (_("gagal"), _("ditolak"))),
        Option(_OTHER, _("❓ Hal lain"), (_("lain"), _("lainnya"))),
    ]
    return await turn.choose("shows", words, options, read=lambda text: _read_shown(text, turn))


def _read_shown(text: str, turn: Turn) -> str | None:
    """Read what the dashboard shows; a failure rules out that anything is only waited for."""
    named = _named(text, turn)
    return "failed" if named == _CHECKED and says("the payment failed", still_open(text)) else named


async def _why(turn: Turn) -> Reply | Open:
    """Ask for the reason as the dashboard words it; whatever is not understood goes to a person."""
    words = _("❌ Apa alasannya? Pilih, atau <b>salin tulisannya</b> ke sini (tanpa nomor rekening ya).")
    asked, partner = say(words), _partner(turn, None)
    if partner is not None:
        known = fill(
            _("💳 Insentif ke <b>{partner}</b>: {ways}."), partner=partner.name, ways=in_words(partner.contacts)
        )
        asked = asked.after(known)
    options = [Option(name, label) for name, label in labels(turn.programme).items()]
    options.append(Option(_OTHER, _("❓ Alasan lain"), (_("lain"), _("lainnya"))))
    why = await turn.choose("why", asked, options, columns=2, read=lambda text: _reason(text, turn))
    failure = turn.programme.failures.get(why or "")
    return _failed(failure, turn) if failure else _unknown(turn)


def _named(text: str, turn: Turn) -> str | None:
    """Return the id of the failure that a text is or speaks of, or that it rules out what it speaks of."""
    failures = turn.programme.failures
    failure = failures.get(text) or explain_exactly(text, turn.programme) or explain(still_open(text), turn.programme)
    if failure is not None:
        return failure.id
    named = rules_out(text) and says("a cause", text)
    return _CHECKED if text == _CHECKED or named else None


def _reason(text: str, turn: Turn) -> str | None:
    """Return the failure's id; of words that tell of another refusal, that it is another."""
    other = says("the payment was refused", text) or says("no reason is shown", text)
    return _named(text, turn) or (_OTHER if other else None)


def _failed(failure: Failure, turn: Turn) -> Reply:
    partner = _partner(turn, failure)
    if failure.id == _NOT_UPGRADED and matches(turn, "it is premium already"):
        return _premium_all_the_same(partner)
    reply = explained(failure, partner, turn.now)
    if turn.told(_LIKELY) is not None:
        reply = reply.after(_("✅ Ya, kemungkinan besar itu sebabnya."))
    if turn.told(SO) is not None:
        unsure, fails = (
            _("🤷 Cair atau tidak, belum bisa kupastikan."),
            _("❌ Selama begitu, insentif bisa gagal masuk."),
        )
        reply = reply.after(unsure if failure.remedy == ASK_PERSON else fails)
    if failure.remedy == ASK_PERSON:
        reply = reply.also(
            _("Tanyakan ke Prakerja: {phone} (bebas pulsa) atau Formulir Pengaduan."),
            phone=turn.programme.contacts["phone"].value,
        )
    else:
        reply = reply.also(_("Sesudah diperbaiki, pantau statusnya di dashboard. OTP dan PIN jangan dibagikan ya."))
    if failure.remedy not in {ASK_PERSON, "give_review"}:
        reply = with_near_year_end(reply, YearEnd.LINKING, turn)
    if failure.remedy == "give_review" and turn.participant.has(Milestone.COMPLETED):
        reply = reply.button(_("✅ Sudah kuberi ulasan"), "report_reviewed")
    return with_helpers(reply, failure, partner, turn)


def _premium_all_the_same(partner: Partner | None) -> Reply:
    """The dashboard says not upgraded, the person says it is: what else must agree, and who can see it."""
    name = partner.name if partner is not None else _("e-wallet-mu")
    reply = say(
        _(
            "🤔 Kalau {name} memang sudah premium, upgrade tidak perlu diulang. Cek dua hal: <b>NIK</b> dan <b>nomor "
            "HP</b> di {name} harus sama dengan di Prakerja."
        ),
        name=name,
    )
    if partner is not None:
        words = _("Sama semua? Tanya {name}, apakah akunmu tercatat premium: {ways}.")
        reply = reply.also(words, name=name, ways=in_words(partner.contacts))
    else:
        reply = reply.also(_("Sama semua? Tanya layanan e-wallet-mu, apakah akunmu tercatat premium."))
    reply = reply.button(_("📱 Nomor HP beda"), "incentive_problem", shows="failed", why="phone_differs")
    reply = reply.button(_("🪪 NIK / nama beda"), "incentive_problem", shows="failed", why="nik_differs")
    return with_person(reply, partner)


def _unknown(turn: Turn) -> Reply:
    if matches(turn, "no reason is shown"):
        words = _(
            "🔎 Alasannya tertulis di <b>History Insentif</b>: tekan panah ke bawah ▾ di pembayaran yang gagal. Tetap "
            "kosong? Simpan tangkapan layarnya; Prakerja yang bisa memastikan: {phone} (bebas pulsa)."
        )
    else:
        words = _(
            "Alasan itu belum ada di catatanku, dan aku tidak mau menebak. Simpan tangkapan layarnya; Prakerja yang "
            "bisa memastikan: {phone} (bebas pulsa)."
        )
    reply = say(words, phone=turn.programme.contacts["phone"].value)
    return with_person(reply, _partner(turn, None)).button(_("💳 Cek syarat rekening"), "payment_account")


def _no_schedule(scheme: Scheme, turn: Turn) -> Reply:
    reply = say(
        _(
            "📭 Jadwal muncul kalau ketiganya beres:\n1. pelatihan selesai dan sertifikatnya ada di dashboard\n"
            "2. <b>rating dan ulasan</b> terisi\n3. rekening atau e-wallet tersambung, atas namamu"
        )
    )
    if scheme.schedule_wait_hours is not None:
        reply = reply.also(
            _("Ketiganya baru beres? Tunggu <b>{hours} jam</b>, lalu cek lagi. {source}"),
            hours=scheme.schedule_wait_hours,
            source=told_by(scheme.facts["schedule_wait_hours"], turn.now),
        )
    reply = reply.also(
        _("Lebih lama dari itu tetap kosong? Laporkan ke Prakerja: {phone} (bebas pulsa)."),
        phone=turn.programme.contacts["phone"].value,
    )
    reply = with_near_year_end(reply, YearEnd.LINKING, turn)
    reply = reply.row(button(_("🎓 Sertifikat"), "certificate"), button(_("⭐ Ulasan"), "rating_review"))
    reply = reply.button(_("💳 Rekening / e-wallet"), "payment_account")
    return with_person(reply, _partner(turn, None))


def _partner(turn: Turn, failure: Failure | None) -> Partner | None:
    """The partner that the failure names, or the person did, or the last payment went to."""
    paid_to = max((one for one in turn.participant.payments if one.partner), default=None)
    named = (failure.partner if failure else None) or turn.told("partner") or (paid_to.partner if paid_to else None)
    return turn.programme.partner(named) if named else None
