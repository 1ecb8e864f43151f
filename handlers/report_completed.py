"""The person says that the training is finished."""

from __future__ import annotations

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import PATH_QUESTIONS
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reporting import NOTED, how_sure, not_noted, noted_in_passing, surely
from handlers.understanding.reports import Said, said_of
from handlers.understanding.step_answers import said_in_answer
from locales import N_, _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone


def answers_whether_finished(spoken: Spoken) -> Open | None:
    """Hear *kelar*, *udah beres kemarin* after a message that asks for it: that gave what is finished."""
    if not spoken.was_offered("report_completed") or not spoken.participant.has(Milestone.BOUGHT):
        return None
    meant = said_in_answer(Milestone.COMPLETED, spoken.text)
    plainly = meant != spoken.text and said_of(Milestone.COMPLETED, meant, today=spoken.today) is Said.PLAINLY
    return Open("report_completed", {**spoken.told, SAID: meant}) if plainly else None


def _finished_when() -> str:
    """Say what was noted and what comes next, before the day is asked."""
    return _("Selamat! 🎉 Kucatat: pelatihanmu <b>selesai</b>. Tinggal rating dan ulasan. Selesainya kapan?")


@conversation(
    "report_completed",
    about=N_("Pelatihanku sudah selesai"),
    commands=("selesai",),
    traits=Traits(
        follow_ups=PATH_QUESTIONS,
        notes=noted_in_passing(Milestone.COMPLETED),
        expects=answers_whether_finished,
    ),
)
async def report_completed(turn: Turn) -> Reply | Open:
    """Record that the training is finished, and lead to rating and review."""
    if NOTED not in turn.answers:
        return Open("report_completed", {**turn.answers, NOTED: how_sure(turn, Milestone.COMPLETED)})
    if not await surely(turn, Milestone.COMPLETED):
        return not_noted(turn, Milestone.COMPLETED)
    if not turn.participant.has(Milestone.COMPLETED):
        turn.record(MilestoneReached(Milestone.COMPLETED, platform=turn.told("platform")))
    finished_on = await turn.date("date", _finished_when(), latest=turn.today, skip=_("Lewati"))
    turn.record(MilestoneReached(Milestone.COMPLETED, on=finished_on, platform=turn.told("platform")))
    reply = say(
        _(
            "✅ Tercatat, pelatihanmu selesai.\n\nSekarang beri <b>rating dan ulasan</b>: tanpa itu insentif tidak "
            "dijadwalkan. Sertifikat muncul di dashboard setelah laporan dari platform diterima; kalau belum ada, "
            "tunggu dulu ya."
        )
    )
    reply = with_next_step(reply, turn).button(_("🎓 Sertifikat belum muncul"), "certificate")
    return reply.button(_("↩️ Batalkan, belum selesai"), "undo", milestone="completed")
