"""A reported step was a mistake: take it back, and the reminders with it."""

from __future__ import annotations

from handlers.conversation import conversation
from handlers.next_step import with_next_step
from handlers.question import Option
from handlers.reply import Reply, say
from handlers.status import titles
from handlers.turn import Turn
from locales import _
from programme.events import MilestoneUndone
from programme.milestones import Milestone, Source


@conversation("undo", commands=("undo",))
async def undo(turn: Turn) -> Reply:
    """Take back a milestone that the person reported; what is official can't be taken back here."""
    reported = [step.milestone for step in turn.participant.progress.values() if step.source is Source.SELF]
    named = titles()
    told = turn.told("milestone")
    if told is None and not reported:
        return with_next_step(say(_("Tidak ada laporanmu yang bisa dibatalkan.")), turn)
    if told is None:
        options = [Option(milestone.value, named[milestone]) for milestone in sorted(reported, key=_latest_first)]
        told = await turn.choose("milestone", _("Yang mana yang keliru?"), options, skip=_("Tidak jadi"))
    if told is None:
        return with_next_step(say(_("Oke, tidak ada yang diubah.")), turn)
    milestone = Milestone(told)
    if milestone not in reported:
        return with_next_step(say(_("Itu memang tidak tercatat sebagai laporanmu, jadi tidak ada yang diubah.")), turn)
    turn.record(MilestoneUndone(milestone))
    reply = say(_("↩️ Sudah kubatalkan: <b>{step}</b> kembali terbuka."), step=named[milestone])
    if milestone is Milestone.BOUGHT and turn.cutoff and not turn.too_late:
        reply = reply.also(_("Pengingat batas beli jalan lagi. Batasnya {day} pukul 23.59 WIB."), day=turn.cutoff.day)
    return with_next_step(reply, turn)


def _latest_first(milestone: Milestone) -> int:
    return -milestone.position
