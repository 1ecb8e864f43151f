"""*Sudah tampil di dashboard?*: what comes of a purchase that only the person reported."""

from __future__ import annotations

from handlers.dialogue.follow_up import CORRECTED
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from handlers.understanding.step_answers import confirms
from handlers.undo import take_back
from locales import _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source

NAME = "purchase_shown"


def answers_whether_shown(spoken: Spoken) -> Open | None:
    """Return what a text answers to the question whether the purchase shows, where that was asked last."""
    if not spoken.was_offered(NAME):
        return None
    if says("no purchase after all", spoken.text) or says("only in the basket", spoken.text):
        return Open("undo", {"milestone": Milestone.BOUGHT.value})
    if says("where to look", spoken.text):
        return Open("dashboard")
    if says("not looked yet", spoken.text):
        return Open(NAME, {"shown": "later"})
    answer = "yes" if says("it shows", spoken.text) and "?" not in spoken.text else confirms("shown", spoken.text)
    if answer is None and says("it does not show", spoken.text):
        answer = "no"
    return Open(NAME, {"shown": answer}) if answer is not None else None


@conversation(NAME, traits=Traits(expects=answers_whether_shown, corrected_by=frozenset({"platform"})))
async def purchase_shown(turn: Turn) -> Reply | Open:
    """Note that the person saw it, which ends the reminders; where it doesn't show, help, and remind again."""
    step = turn.participant.progress.get(Milestone.BOUGHT)
    if step is None:
        return Open("report_bought" if turn.told("shown") == "yes" else "how_to_buy")
    if step.source is Source.OFFICIAL:
        return Open("status")
    if turn.told(CORRECTED) is not None:
        return Open("report_bought", {CORRECTED: "1", "platform": turn.answers["platform"]})
    if turn.told("shown") == "later":
        return _later(turn)
    if turn.told("shown") == "no":
        take_back((Milestone.BOUGHT,), turn)
        return Open("purchase_problem", {"what": "not_shown", **({"platform": step.platform} if step.platform else {})})
    turn.record(MilestoneReached(Milestone.BOUGHT, on=step.on, platform=step.platform, source=Source.SEEN))
    reply = say(_("👍 Sip, pembelianmu sudah tampil di dashboard. Pengingat batas beli selesai."))
    return with_next_step(reply, turn)


def _later(turn: Turn) -> Reply:
    """Say until when to look, and keep the question open for a press."""
    site = turn.programme.contacts["dashboard"]
    reply = say(_("Oke. Cek begitu sempat ya: pembelianmu harus tampil di dashboard, <b>{site}</b>."), site=site.value)
    reply = reply.link(_("🌐 Buka dashboard"), site.url)
    if turn.cutoff is not None and not turn.too_late:
        when = on_both_clocks(turn.cutoff, turn.place)
        reply = reply.also(_("⏰ Kalau ternyata belum, masih bisa diurus sampai {when}"), when=when)
    return reply.button(_("✅ Sudah tampil"), NAME, shown="yes").button(_("Belum tampil"), NAME, shown="no")
