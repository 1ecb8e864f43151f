"""The person says that the training is finished."""

from __future__ import annotations

from datetime import date

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import PATH_QUESTIONS
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reporting import NOTED, how_sure, not_noted, noted_in_passing, surely
from handlers.understanding.entities import find_entities
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import words_of
from handlers.understanding.step_answers import said_in_answer
from handlers.understanding.step_days import day_of
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


def _day_told(turn: Turn) -> dict[str, str]:
    """Return the answers so far, with the day only where it was said of this step: a purchase has its own."""
    told = dict(turn.answers)
    if turn.said and (named := told.pop("date", None)) is not None:
        alone = len(find_entities(turn.said, today=turn.today, kinds=("date",))) == 1 and not _names_purchase(turn.said)
        day = day_of(Milestone.COMPLETED, turn.said, today=turn.today) or (named if alone else None)
        told |= {"date": day} if day is not None else {}
    return told


def _names_purchase(text: str) -> bool:
    return any(words_of(Milestone.BOUGHT).have("act", token) for token in spelt(text))


def _noted(finished_on: date | None) -> Reply:
    if finished_on is None:
        return say(_("✅ Tercatat, pelatihanmu selesai."))
    return say(_("✅ Tercatat: pelatihanmu selesai {date}."), date=finished_on)


def _finished_when() -> str:
    """Say what was noted and what comes next, before the day is asked."""
    return _("Selamat! 🎉 Kucatat: pelatihanmu <b>selesai</b>. Tinggal rating dan ulasan. Selesainya kapan?")


@conversation(
    "report_completed",
    about=N_("Pelatihanku sudah selesai"),
    commands=("selesai",),
    traits=Traits(
        corrected_by=frozenset({"date"}),
        follow_ups=PATH_QUESTIONS,
        notes=noted_in_passing(Milestone.COMPLETED),
        expects=answers_whether_finished,
    ),
)
async def report_completed(turn: Turn) -> Reply | Open:
    """Record that the training is finished, and lead to rating and review."""
    if NOTED not in turn.answers:
        if turn.participant.has(Milestone.COMPLETED) and says("one more", turn.said):
            return Open("second_training", turn.answers)
        return Open("report_completed", {**_day_told(turn), NOTED: how_sure(turn, Milestone.COMPLETED)})
    if not await surely(turn, Milestone.COMPLETED):
        return not_noted(turn, Milestone.COMPLETED)
    if not turn.participant.has(Milestone.COMPLETED):
        turn.record(MilestoneReached(Milestone.COMPLETED, platform=turn.told("platform")))
    finished_on = await turn.date("date", _finished_when(), latest=turn.today, skip=_("Lewati"))
    turn.record(MilestoneReached(Milestone.COMPLETED, on=finished_on, platform=turn.told("platform")))
    reply = _noted(finished_on).also(
        _(
            "Sekarang beri <b>rating dan ulasan</b>: tanpa itu insentif tidak "
            "dijadwalkan. Sertifikat muncul di dashboard setelah laporan dari platform diterima; kalau belum ada, "
            "tunggu dulu ya."
        )
    )
    reply = with_next_step(reply, turn).button(_("🎓 Sertifikat belum muncul"), "certificate")
    return reply.button(_("↩️ Batalkan, belum selesai"), "undo", milestone="completed")
