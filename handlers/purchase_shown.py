"""*Sudah tampil di dashboard?*: what comes of a purchase that only the person reported."""

from __future__ import annotations

from handlers.dialogue.follow_up import CORRECTED
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import BOUGHT_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.understanding.corrections import concludes_none
from handlers.understanding.phrases import says
from handlers.understanding.sentences import in_clauses, stated
from handlers.understanding.statements import names_somebody
from handlers.understanding.step_answers import begins_with_no, confirms
from handlers.undo import take_back
from locales import _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source

NAME = "purchase_shown"


def answers_whether_shown(spoken: Spoken) -> Open | None:
    """Return what a text answers to the question whether the purchase shows, where that was asked last."""
    locked_out = says("the password is lost", spoken.text) or says("a code that never comes", spoken.text)
    if not spoken.was_offered(NAME) or locked_out:
        return None
    if says("no purchase after all", spoken.text) and concludes_none(spoken.text):
        return Open(NAME, {"shown": "no"})
    if says("no purchase after all", spoken.text) or says("only in the basket", spoken.text):
        return Open("undo", {"milestone": Milestone.BOUGHT.value})
    if any(says(what, spoken.text) for what in ("where to look", "not known")):
        return Open("dashboard")
    shown = _seen(spoken)
    unpaid = {"what": "unpaid"} if shown == "no" and says("waits to be paid", spoken.text) else {}
    return Open(NAME, {"shown": shown, **unpaid}) if shown is not None else None


def _seen(spoken: Spoken) -> str | None:
    """Return `yes`, `no`, or `later` where the person has not seen for themselves: an all-clear is seen, or is none."""
    text, said = spoken.text, stated(spoken.text) or spoken.text
    absent = says("it does not show", text)
    missing = absent and not says("about a certificate", text)
    if says("shown, but not done", text) or (says("there, but", text) and missing):
        return "no"
    if says("supposing", text):
        return "later"
    if begins_with_no(text):  # whatever is said of the payment behind it
        return "later" if says("not looked yet", text) else "no"
    if any(says(what, text) for what in ("not certain", "cannot look")):
        return "no" if absent else "later"
    of_it = " ".join(part for part in in_clauses(said) if says("it shows", part)) or text
    if names_somebody(of_it):
        return "later" if says("it shows", said) or says("there, but", text) else None
    if says("it shows", said) and "?" not in said:
        return "yes"
    if absent and not missing:
        return None  # *udah lulus, sertifikatnya kok belum ada* says nothing of the purchase
    answer = confirms("shown", said)
    if answer != "yes" and says("not looked yet", text):
        return "later"
    return "no" if answer is None and missing else answer


@conversation(
    NAME,
    traits=Traits(
        expects=answers_whether_shown,
        corrected_by=frozenset({"platform"}),
        follow_ups={"is it lost": Open("deadline"), **BOUGHT_QUESTIONS},
    ),
)
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
        what = turn.told("what") or "not_shown"
        return Open("purchase_problem", {"what": what, **({"platform": step.platform} if step.platform else {})})
    turn.record(MilestoneReached(Milestone.BOUGHT, on=step.on, platform=step.platform, source=Source.SEEN))
    reply = say(_("👍 Sip, pembelianmu sudah tampil di dashboard, jadi tempatmu aman. Pengingat batas beli selesai."))
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
