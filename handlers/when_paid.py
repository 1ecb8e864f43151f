"""How long the incentive takes: from the review to the schedule, and from the schedule to the money."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.prefill import HEARD
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import which_rules
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from locales import _
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone

_NEAR = frozenset(("incentive_history", "incentive_rules", NO_ANSWER, "deadline"))
"""What the classifier takes it for; whose money is late is helped otherwise."""


def asks_how_long(spoken: Spoken) -> Recognised | None:
    """Hear *dari jadwal sampai uangnya di tangan berapa lama*."""
    understood = spoken.understood
    other = understood.also or (understood.certain and understood.intent not in _NEAR)
    if other or says("another aid", spoken.text) or claims(Milestone.BOUGHT, spoken.text, today=spoken.today):
        return None
    money = says("of a payout", spoken.text) or says("about the incentive", spoken.text)
    asked = money and says("how long", spoken.text) and not says("not finished", spoken.text)
    return Recognised(Open("when_paid"), "incentive_rules", spoken.understood.confidence) if asked else None


@conversation(
    "when_paid",
    traits=Traits(
        part_of="incentive_problem",
        subject="insentif cair",
        listens={Stage.TOLD: asks_how_long},
        follow_ups={"longer than that": Open("incentive_problem", {"shows": "late"}), **MONEY_QUESTIONS},
    ),
)
async def when_paid(turn: Turn) -> Reply | Open:
    """Tell both spans, where a source tells them for the person's wave."""
    why = turn.programme.failures.get(turn.told("why") or "")
    if why is not None and why.certainty is Certainty.UNSURE:
        return Open("incentive_problem", {"shows": "failed", "why": why.id, HEARD: "1"})
    scheme = (await which_rules(turn)).scheme
    if scheme.payout_days_at_least is None or scheme.schedule_wait_hours is None:
        reply = say(_("⏳ Berapa lama insentif gelombangmu cair belum bisa kupastikan. Pantau dashboard-mu ya."))
    else:
        reply = say(
            _(
                "⏳ Setelah rating dan ulasan terisi, jadwal muncul di dashboard; kalau belum, tunggu <b>1x{hours} jam"
                "</b>. Uangnya masuk <b>{least}–{most} hari kerja</b> setelah tanggal jadwal."
            ),
            hours=scheme.schedule_wait_hours,
            least=scheme.payout_days_at_least,
            most=scheme.payout_days_at_most,
        )
        reply = with_source(reply, scheme.facts["payout_days_at_least"], turn.now)
    reply = reply.button(_("😕 Lebih lama dari itu"), "incentive_problem")
    return reply.button(_("📜 Riwayat insentifku"), "incentive_history")
