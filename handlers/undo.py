"""What was noted was a mistake: take it back, and the reminders with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.dialogue.corrections import DOUBTED, NOT_SHOWN
from handlers.dialogue.just_noted import JUST, Mistake, mistakes
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.milestone_titles import titles
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reporting import TAKEN_FOR_GRANTED
from handlers.understanding.corrections import tells_it_does_not_show
from handlers.understanding.denials import denied_in
from locales import _
from programme.model.events import MilestoneReached, MilestoneUndone
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import ReminderLevel


def second_thoughts(spoken: Spoken) -> Recognised | None:
    """Hear *ternyata belum jadi beli*: the purchase that the person reported isn't so."""
    bought = spoken.participant.progress.get(Milestone.BOUGHT)
    denied = denied_in(spoken.text, (Milestone.BOUGHT,), today=spoken.today)
    if bought is None or bought.source is Source.OFFICIAL or denied is None or not denied.steps:
        return None
    understood = spoken.understood
    return Recognised(Open("undo", {"milestone": Milestone.BOUGHT.value}), understood.intent, understood.confidence)


@conversation(
    "undo", commands=("undo",), traits=Traits(listens={Stage.FIRST: second_thoughts}, purpose=Purpose.TAKES_BACK)
)
async def undo(turn: Turn) -> Reply | Open:
    """Take back what was noted last, or a milestone that the person reported; what is official stays."""
    if (noted := mistakes(turn.told(JUST))) and (other := _no_milestone(noted[0], turn)) is not None:
        return other
    reported = [step.milestone for step in turn.participant.progress.values() if step.source is not Source.OFFICIAL]
    wrong = [Milestone(each.value) for each in noted if each.what == "milestone"]
    if not wrong:
        told = turn.told("milestone")
        if told is None and not reported:
            return with_next_step(say(_("Tidak ada laporanmu yang bisa dibatalkan.")), turn)
        told = told or await _which(reported, turn)
        if told is None:
            return with_next_step(say(_("Oke, tidak ada yang diubah.")), turn)
        wrong = [Milestone(told)]
    if any(step not in reported for step in wrong):
        return with_next_step(say(_("Itu memang tidak tercatat sebagai laporanmu, jadi tidak ada yang diubah.")), turn)
    return _taken_back(wrong, turn)


async def _which(reported: Sequence[Milestone], turn: Turn) -> str | None:
    named = titles()
    options = [Option(milestone.value, named[milestone]) for milestone in sorted(reported, key=_latest_first)]
    return await turn.choose("milestone", _("Yang mana yang keliru?"), options, skip=_("Tidak jadi"))


def _no_milestone(noted: Mistake, turn: Turn) -> Reply | Open | None:
    """Take back anything else that was noted; None where a milestone was."""
    if noted.what == "milestone":
        return None
    if noted.what == "undone":
        return _noted_again(turn)
    if noted.restored is None:
        return Open("change_wave" if noted.what == "wave" else "my_zone")
    turn.record(noted.restored)
    words = {
        "wave": _("↩️ Sudah kubatalkan: kamu tetap tercatat di gelombang {was}. Pengingatmu kususun lagi."),
        "zone": _("↩️ Sudah kubatalkan: zonamu tetap <b>{was}</b>. Pengingatmu kususun lagi."),
        "plan": _("↩️ Sudah kubatalkan: rencana itu kuhapus. Pengingat biasa tetap jalan."),
        "reminders": _("↩️ Sudah kubatalkan: pengingatmu kembali seperti semula."),
    }
    return with_next_step(say(words[noted.what], was=noted.value), turn)


def _noted_again(turn: Turn) -> Reply:
    """Note all that was taken back, as it was told, and say so: it was the person's own word."""
    steps = [one.restored for one in mistakes(turn.told(JUST)) if isinstance(one.restored, MilestoneReached)]
    for step in steps:
        turn.record(step)
    named = titles()
    reply = say(
        _("🙏 Maaf, aku salah tangkap. Sudah kucatat lagi: <b>{step}</b>."),
        step=[named[step.milestone] for step in steps],
    )
    bought = next((step for step in steps if step.milestone is Milestone.BOUGHT), None)
    if bought is not None and bought.platform and bought.on:
        name = turn.programme.platforms[bought.platform].name
        reply = reply.also(_("Belinya di {platform}, {date}."), platform=name, date=bought.on)
    return with_next_step(reply, turn)


def _taken_back(wrong: Sequence[Milestone], turn: Turn) -> Reply | Open:
    """Undo the steps, and say what that means; where later ones are official, nothing is undone."""
    if any(turn.participant.progress[step].source is Source.OFFICIAL for step in _resting_on(wrong, turn)):
        reply = say(_("Data resmi sudah mencatat langkah sesudahnya, jadi ini tidak bisa dibatalkan."))
        return with_next_step(reply, turn)
    bought = turn.participant.progress.get(Milestone.BOUGHT)
    undone = take_back(wrong, turn)
    if (doubted := turn.told(DOUBTED)) is not None:
        unseen = doubted == NOT_SHOWN or tells_it_does_not_show(turn.incoming.text)
        return _not_shown(bought) if unseen else _doubted(turn)
    named = titles()
    reply = say(_("↩️ Sudah kubatalkan: <b>{step}</b> kembali terbuka."), step=[named[step] for step in undone])
    if Milestone.BOUGHT in undone and turn.cutoff and not turn.too_late:
        reply = _reminded_again(reply, turn.cutoff.day, turn)
    return with_next_step(reply, turn)


def _reminded_again(reply: Reply, last_day: date, turn: Turn) -> Reply:
    """Say that the reminders go on, or that they are off, and how to have them again."""
    if turn.participant.reminders.level is not ReminderLevel.NONE:
        return reply.also(_("Pengingat batas beli jalan lagi. Batasnya {day} pukul 23.59 WIB."), day=last_day)
    reply = reply.also(_("Batasmu {day} pukul 23.59 WIB, dan pengingatmu sedang mati."), day=last_day)
    return reply.button(_("🔔 Nyalakan lagi"), "reminder_settings", level="all")


def _not_shown(bought: Step | None) -> Open:
    """Help where it does not show: the reminders go on until it does, and what was told of it is kept."""
    told = {"platform": bought.platform, "date": bought.on.isoformat() if bought.on else None} if bought else {}
    return Open("purchase_problem", {"what": "not_shown", **{name: value for name, value in told.items() if value}})


def _doubted(turn: Turn) -> Reply:
    """Say that the note is gone until the person is sure, and how it comes back."""
    if turn.cutoff and not turn.too_late:
        reply = say(
            _(
                "↩️ Oke, berarti belum terbeli: catatanmu kubatalkan dulu. Pengingat batas beli jalan lagi. Batasnya "
                "{day} pukul 23.59 WIB."
            ),
            day=turn.cutoff.day,
        )
    else:
        reply = say(_("↩️ Catatan pembelianmu kubatalkan dulu, sampai kamu yakin."))
    return reply.button(_("✅ Ya, aku sudah beli"), "report_bought")


def take_back(wrong: Sequence[Milestone], turn: Turn) -> list[Milestone]:
    """Undo the steps and the later ones that take them for granted; return all of them in order."""
    undone = sorted({*wrong, *_resting_on(wrong, turn)}, key=lambda step: step.position)
    for step in undone:
        turn.record(MilestoneUndone(step))
    return undone


def _resting_on(wrong: Sequence[Milestone], turn: Turn) -> list[Milestone]:
    reached = turn.participant.progress
    return [step for step, earlier in TAKEN_FOR_GRANTED.items() if step in reached and set(earlier) & set(wrong)]


def _latest_first(milestone: Milestone) -> int:
    return -milestone.position
