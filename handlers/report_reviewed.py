"""The person says that rating and review are given."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reporting import NOTED, how_sure, not_noted, noted_in_passing, surely
from handlers.phrases.which_rules import which_rules
from handlers.rating_review import days, what_follows
from locales import N_, _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone


@conversation(
    "report_reviewed",
    about=N_("Aku sudah beri ulasan"),
    commands=("sudahulas",),
    traits=Traits(follow_ups=MONEY_QUESTIONS, notes=noted_in_passing(Milestone.REVIEWED)),
)
async def report_reviewed(turn: Turn) -> Reply | Open:
    """Record rating and review, and say what becomes of the incentive now."""
    if NOTED not in turn.answers:
        return Open("report_reviewed", {**turn.answers, NOTED: how_sure(turn, Milestone.REVIEWED)})
    if not await surely(turn, Milestone.REVIEWED):
        return not_noted(turn, Milestone.REVIEWED)
    turn.record(MilestoneReached(Milestone.REVIEWED, on=turn.today))
    rules = await which_rules(turn)
    reply = say(_("✅ Sip, rating dan ulasanmu tercatat.")).also(what_follows(rules), **days(rules))
    reply = reply.also(_("Pastikan rekening atau e-wallet atas NIK-mu sendiri sudah tersambung."))
    reply = with_next_step(reply, turn).button(_("Uangnya belum masuk"), "incentive_problem")
    return reply.button(_("↩️ Batalkan, belum"), "undo", milestone="reviewed")
