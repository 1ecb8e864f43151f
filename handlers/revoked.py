"""Membership revoked: what it means, and what can still be done, without false hope."""

from __future__ import annotations

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.in_talk import NOT_BOUGHT
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import cutoff_passed, with_cutoff
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.phrases import says
from locales import N_, _
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone


def asks_what_if(spoken: Spoken) -> Recognised | None:
    """Hear *kalau nggak dibeli, sejutanya lari ke mana*, *ada keringanan?*: what becomes of it all."""
    text = spoken.text
    again = says("the place is lost", text) and says("join again", text)
    lenient = says("leniency", text) and not says("about a certificate", text)
    asked = again or lenient or (says("what if it is missed", text) and not says("about a certificate", text))
    return Recognised(Open("revoked", spoken.told), "revoked", spoken.understood.confidence) if asked else None


@conversation(
    "revoked",
    about=N_("Kepesertaan dicabut"),
    traits=Traits(
        tells=True,
        trouble=True,
        slots=frozenset({"wave"}),
        listens={Stage.TOLD: asks_what_if},
        follow_ups={
            "bought all the same": Open("revoked", {"bought": "yes"}),
            **DATE_QUESTIONS,
            **in_short("revoked"),
            "join again": Open("revoked"),
            "is it final": Open("revoked"),
        },
    ),
)
async def revoked(turn: Turn) -> Reply:
    """Explain, then go by what is true of the person: bought, still in time, or past the cutoff."""
    rules = await which_rules(turn)
    own = rules.wave == turn.participant.wave
    if matches(turn, "does mine go, too"):
        return _each_for_oneself(rules, turn)
    if own and turn.participant.has(Milestone.BOUGHT) and not matches(turn, "another who did not buy"):
        return _bought(turn)
    if own and turn.too_late:
        return await _past(rules, turn)
    answered, in_time = turn.told("bought"), own and turn.cutoff is not None
    if answered == "yes":
        return _with_proof(turn)
    if answered == "no" and not in_time:
        return _without_purchase(rules, turn)
    reply = _led_by_the_answer(_meaning(rules), rules, turn)
    if in_time:
        reply = reply.also(_("Tenang, kamu belum terlambat: beli sebelum batasnya, dan tempatmu aman."))
        reply = with_cutoff(reply, turn)
        return with_next_step(reply.button(_("✅ Aku sudah beli"), "report_bought"), turn)
    reply = with_assumption(reply, rules, "revoked").button(_("Sudah beli, tetap dicabut"), "revoked", bought="yes")
    return reply.button(_("Belum sempat beli"), "revoked", bought="no").button(_("⏰ Cek batas beliku"), "deadline")


def _led_by_the_answer(reply: Reply, rules: Rules, turn: Turn) -> Reply:
    """Put what was asked of it first: another wave, the sanction, where the money goes."""
    match turn.told(ASKED):
        case "join another" | "join again" | "is it final" if rules.scheme.rejoin_after_revoked is False:
            return reply.after(_("❌ <b>Tidak bisa</b>: sesudah dicabut tidak boleh ikut gelombang mana pun lagi."))
        case None if rules.scheme.rejoin_after_revoked is False and matches(turn, "join again"):
            return reply.after(_("❌ <b>Tidak bisa</b>: sesudah dicabut tidak boleh ikut gelombang mana pun lagi."))
        case "leniency":
            return reply.after(_("❌ <b>Tidak</b>: lewat batas sudah tidak bisa; keringanan tidak ada di sumberku."))
        case "the sanction":
            return reply.after(_("Sanksinya pencabutan itu. Denda atau hukuman lain tidak disebut di sumberku."))
        case "where the money goes":
            return reply.after(_("💳 Saldo yang tidak dipakai <b>kembali ke program</b>, tidak masuk ke rekeningmu."))
        case _:
            return reply


def _each_for_oneself(rules: Rules, turn: Turn) -> Reply:
    """Say that a place is one person's, where two of a household take part."""
    reply = say(
        _(
            "👤 Tidak ikut: kepesertaan dihitung <b>per orang</b>. Yang dicabut hanya yang tidak beli sampai batasnya, "
            "walaupun serumah atau satu KK."
        )
    )
    return with_next_step(with_assumption(reply, rules, "revoked"), turn)


def _meaning(rules: Rules) -> Reply:
    scheme = rules.scheme
    if scheme.certainty("law") is Certainty.UNSURE:
        reply = say(
            _("Kepesertaan <b>dicabut</b> kalau pelatihan pertama belum dibeli dalam {days} hari sejak lolos."),
            days=scheme.days_to_buy,
        )
    else:
        reply = say(
            _(
                "Kepesertaan <b>dicabut</b> kalau pelatihan pertama belum dibeli dalam {days} hari sejak dinyatakan "
                "lolos.\n<i>Aturan: {law}.</i>"
            ),
            days=scheme.days_to_buy,
            law=scheme.law,
        )
    if scheme.rejoin_after_revoked is False:
        return reply.also(
            _("Akibatnya: insentif tidak cair, saldo kembali ke program, dan tidak bisa ikut gelombang mana pun lagi.")
        )
    return reply.also(_("Apakah sesudahnya boleh ikut gelombang lain, untuk gelombangmu belum bisa kupastikan."))


async def _past(rules: Rules, turn: Turn) -> Reply:
    lost = any(matches(turn, what) for what in ("the place is lost", "not bought", "leniency"))
    lost = lost or NOT_BOUGHT in turn.talk
    if turn.told("bought") is None and lost:
        return _led_by_the_answer(_without_purchase(rules, turn).after(cutoff_passed(turn)), rules, turn)
    words = _meaning(rules).after(cutoff_passed(turn))
    words = words.also(_("Yang masih bisa dilakukan bergantung pada ini: kamu <b>sempat beli</b> sebelum itu?"))
    options = [
        Option("yes", _("Sudah beli sebelum itu")),
        Option("no", _("Belum sempat")),
    ]
    if await turn.choose("bought", words, options, columns=2, read=yes_or_no) == "yes":
        return _with_proof(turn)
    return _without_purchase(rules, turn)


def _bought(turn: Turn) -> Reply:
    step, cutoff = turn.participant.progress[Milestone.BOUGHT], turn.cutoff
    if step.on is not None and cutoff is not None and step.on > cutoff.day:
        reply = say(
            _("Pembelianmu tercatat {on}, sesudah batas gelombangmu ({day}). Cek statusmu di dashboard ya."),
            on=step.on,
            day=cutoff.day,
        )
        return with_prakerja(reply, turn)
    reply = say(
        _(
            "Kamu tercatat sudah beli pelatihan pertama, jadi alasan pencabutan itu tidak berlaku untukmu. 👍\n\n"
            "Dashboard tetap bilang dicabut? Simpan bukti pembeliannya dan lapor hari ini juga."
        )
    )
    return with_next_step(with_prakerja(reply, turn), turn)


def _with_proof(turn: Turn) -> Reply:
    reply = say(
        _(
            "Kalau belinya sebelum batas, segera urus:\n"
            "1. Simpan bukti dari platform: nama pelatihan, <b>tanggal dan jam</b> beli.\n"
            "2. Simpan tangkapan layar status di dashboard.\n"
            "3. Telepon Call Center {phone} atau isi Formulir Pengaduan, lampirkan keduanya.\n\n"
            "Keputusannya ada di Prakerja, tapi bukti bertanggal yang paling menolong."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    return with_prakerja(reply, turn).button(_("✅ Catat pembelianku"), "report_bought")


def _without_purchase(rules: Rules, turn: Turn) -> Reply:
    reply = say(
        _(
            "Aku ikut sedih. 😔 Jujur saja: menurut aturan, tanpa pembelian sebelum batas kepesertaan dicabut, dan "
            "aku tidak tahu jalan untuk mengembalikannya. Kalau ada yang menawarkan bisa mengurusnya dengan bayaran, "
            "itu penipuan."
        )
    )
    if rules.scheme.rejoin_after_revoked is False:
        reply = reply.also(_("Ikut seleksi gelombang lain juga tidak bisa lagi."))
    reply = reply.also(
        _(
            "Yang masih bisa: cek status di dashboard, karena itulah yang resmi. Kalau kendalanya bukan darimu (saldo "
            "tidak masuk, sistem gagal), laporkan dengan tangkapan layarnya. Dan ingatkan teman yang belum beli."
        )
    )
    return with_prakerja(reply, turn).button(_("📣 Ingatkan temanku"), "share")
