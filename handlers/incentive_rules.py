"""How much there is, for what, and what has to be done for it."""

from __future__ import annotations

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import Rules, which_rules, with_assumption
from handlers.understanding.phrases import says
from locales import N_, Rupiah, _
from programme.model.messages import Open
from programme.rules import Scheme

_CASH = "cash"
"""That all is asked for that is paid out."""


def asks_what_it_takes(spoken: Spoken) -> Recognised | None:
    """Hear *biar cair kudu ngapain*: the conditions, not the sums."""
    asked = says("what it takes", spoken.text) and not says("the payment failed", spoken.text)
    return Recognised(Open("incentive_rules", spoken.told), "incentive_rules") if asked else None


def asks_for_all_the_cash(spoken: Spoken) -> Recognised | None:
    """Hear *yang jadi duit totalnya berapa, saldo ga usah*: the incentive and the surveys, added up."""
    asked = says("all that becomes cash", spoken.text)
    return Recognised(Open("incentive_rules", {**spoken.told, ASKED: _CASH}), "incentive_rules") if asked else None


@conversation(
    "incentive_rules",
    about=N_("Besar & syarat insentif"),
    traits=Traits(
        tells=True,
        listens={Stage.FIRST: asks_for_all_the_cash, Stage.WISH: asks_what_it_takes},
        slots=frozenset({"wave"}),
        follow_ups={**MONEY_QUESTIONS, **in_short("incentive_rules")},
    ),
)
async def incentive_rules(turn: Turn) -> Reply:
    """Tell the sums of the person's own scheme, then the conditions."""
    rules = await which_rules(turn)
    head = say(_("✅ Supaya insentif cair:")) if matches(turn, "what it takes") else _sums(rules)
    head = _all_the_cash(rules.scheme) if turn.told(ASKED) == _CASH else head
    reply = _conditions(head, rules.scheme)
    reply = with_source(reply, rules.scheme.facts["incentive"], turn.now)
    reply = with_assumption(reply, rules, "incentive_rules")
    reply = reply.button(_("📜 Riwayat insentifku"), "incentive_history")
    reply = reply.button(_("😕 Insentif belum cair"), "incentive_problem")
    return with_next_step(reply, turn)


def _all_the_cash(scheme: Scheme) -> Reply:
    incentive, surveys = scheme.incentive * scheme.incentive_times, scheme.survey * scheme.survey_times
    return say(
        _(
            "💰 Yang bisa jadi uangmu: insentif {incentive} + survei {surveys} = <b>{cash}</b>. Saldo pelatihan "
            "{balance} di luar itu, dan tidak bisa diuangkan."
        ),
        incentive=Rupiah(incentive),
        surveys=Rupiah(surveys),
        cash=Rupiah(incentive + surveys),
        balance=Rupiah(scheme.balance),
    )


def _sums(rules: Rules) -> Reply:
    scheme = rules.scheme
    sums = {
        "wave": rules.wave,
        "total": Rupiah(scheme.total),
        "balance": Rupiah(scheme.balance),
        "incentive": Rupiah(scheme.incentive),
        "in_all": Rupiah(scheme.incentive * scheme.incentive_times),
        "survey": Rupiah(scheme.survey),
        "surveys": scheme.survey_times,
        "times": scheme.incentive_times,
    }
    if scheme.incentive_times == 1:
        return say(
            _(
                "💰 Gelombang {wave} (total {total}):\n• saldo pelatihan {balance} (bukan uang tunai)\n"
                "• insentif <b>{incentive}, satu kali</b>\n• survei {survey} × {surveys}"
            ),
            **sums,
        )
    return say(
        _(
            "💰 Gelombang {wave} (total {total}):\n• saldo pelatihan {balance} (bukan uang tunai)\n"
            "• insentif <b>{incentive} × {times} = {in_all}</b>, tiap bulan\n• survei {survey} × {surveys}"
        ),
        **sums,
    )


def _conditions(reply: Reply, scheme: Scheme) -> Reply:
    if scheme.review_required:
        reply = reply.also(
            _("Syaratnya: pelatihan selesai, rating dan ulasan terisi, rekening atau e-wallet atas namamu tersambung.")
        )
    else:
        reply = reply.also(
            _("Pelatihan harus selesai dan rekening atau e-wallet tersambung; syarat lainnya lihat di dashboard ya.")
        )
    if scheme.incentive_for_first_training_only:
        reply = reply.also(_("Insentif hanya dari pelatihan pertama; pelatihan kedua tidak menambahnya."))
    if scheme.payout_days_at_least is None:
        return reply
    return reply.also(
        _(
            "Jadwal muncul di dashboard setelah ulasan terisi (kalau belum, tunggu {hours} jam), dan dana masuk "
            "{least}–{most} hari kerja setelah tanggal jadwal."
        ),
        hours=scheme.schedule_wait_hours,
        least=scheme.payout_days_at_least,
        most=scheme.payout_days_at_most,
    )
