"""What a report comes to: noted at once, asked about once more, or no report at all.

A button that says it reports it, and so does a main clause of the person's own (`handlers.understanding.reports`).
Whatever else sounds like a report is asked about. No step is noted unasked because a later one was reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from handlers.dialogue.in_talk import RELATIVE
from handlers.dialogue.listening import Noter, Spoken
from handlers.dialogue.question import Option
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import ASKED_ONESELF, REPORTS
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.entities import find_entities
from handlers.understanding.of_whom import is_all_of_another
from handlers.understanding.phrases import says
from handlers.understanding.relatives import as_relative
from handlers.understanding.reports import Said, claims, said_of
from handlers.understanding.statements import names_somebody
from handlers.understanding.step_answers import confirms, says_nothing_else
from handlers.understanding.telling import step_told
from locales import _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.participants import Participant

CHOSEN = "chosen"
"""The answer that tells that a button named the conversation, although it began with words."""

NOTED = "noted"
"""The answer that keeps how sure the first hearing was: `yes` or `ask`."""

TAKEN_FOR_GRANTED: Mapping[Milestone, tuple[Milestone, ...]] = MappingProxyType(
    {
        Milestone.COMPLETED: (Milestone.BOUGHT,),
        Milestone.REVIEWED: (Milestone.BOUGHT, Milestone.COMPLETED),
    }
)
"""Steps that a later one takes for granted, so that they are asked about with it."""


def how_sure(turn: Turn, milestone: Milestone) -> str:
    """Return `yes` where a button or the opening words report the step plainly, else `ask`."""
    if not turn.said or turn.told(CHOSEN) is not None:
        return "yes"
    plainly = step_told(milestone, turn.said, today=turn.today) is Said.PLAINLY
    if names_another_wave(turn.said, turn.participant.wave, turn.today):
        return "ask"
    return "yes" if plainly or is_claimed(milestone, turn.participant, turn.said, turn.today) else "ask"


def names_another_wave(text: str, wave: int | None, today: date) -> bool:
    """Tell whether a text names another wave than the person's own: *di gelombang 17 dulu aku udah beli*."""
    named = {entity.value for entity in find_entities(text, today=today) if entity.kind == "wave"}
    return wave is not None and bool(named) and str(wave) not in named


def is_claimed(milestone: Milestone, participant: Participant, text: str, today: date) -> bool:
    """Tell whether a text claims a step after the purchase, of somebody who has taken those before it.

    No reminder of the cutoff hangs on it, so a claim in a side clause will do.
    """
    earlier = TAKEN_FOR_GRANTED.get(milestone, ())
    if not earlier or not all(map(participant.has, earlier)):
        return False
    if milestone is Milestone.COMPLETED and step_told(Milestone.BOUGHT, text, today=today) is Said.PLAINLY:
        return False  # *beres ya min, pelatihannya udah lunas*
    told = ", ".join(part for part in re.split(r"(?<=[.?!,;\n])", text) if _may_claim(milestone, part))
    of_oneself = _is_told_otherwise(milestone, told) and not names_somebody(told)
    return of_oneself or claims(milestone, told, today=today)


def _may_claim(milestone: Milestone, part: str) -> bool:
    """Whether a part of a text neither asks nor supposes, and tells of nothing else that is finished."""
    other = ("something else finished", "the induction finished", "as a condition")
    return not says("a question", part) and not (
        milestone is Milestone.COMPLETED and any(says(what, part) for what in other)
    )


def _is_told_otherwise(milestone: Milestone, text: str) -> bool:
    """Whether a step is told without its name beside the verb: *rampung kabeh 100 persen*, *bintangnya sudah kuisi*."""
    if milestone is Milestone.COMPLETED:
        return says("all of it done", text)
    reviewed = milestone is Milestone.REVIEWED and says("the note of the review", text)
    return reviewed and says("given by oneself", text)


def noted_in_passing(milestone: Milestone) -> Noter:
    """Return what notes a claim of a step that was made beside something else."""

    def note(spoken: Spoken) -> list[MilestoneReached]:
        known = spoken.participant.has(milestone)
        told = not known and is_claimed(milestone, spoken.participant, spoken.text, spoken.today)
        return [MilestoneReached(milestone)] if told else []

    return note


async def surely(turn: Turn, milestone: Milestone) -> bool:
    """Tell whether the step may be noted, after asking where that is in doubt; notes those it takes for granted."""
    missing = [step for step in TAKEN_FOR_GRANTED.get(milestone, ()) if not turn.participant.has(step)]
    if turn.participant.has(milestone) or (turn.told(NOTED) == "yes" and not missing):
        return True
    elsewhere = bool(turn.said) and not says_nothing_else(turn.said)
    bare = not elsewhere or said_of(milestone, turn.said, today=turn.today) is not Said.NOT_AT_ALL
    yes = _("✅ Ya, aku sudah beli") if milestone is Milestone.BOUGHT else _("✅ Ya, sudah")
    options = [Option("yes", yes, opens=_said_later(milestone, turn)), Option("no", _("Belum"))]

    def read(text: str) -> str | None:
        if milestone is Milestone.BOUGHT and says_it_shows(text):
            return "yes"
        return confirms(milestone, text, today=turn.today, bare=bare)

    answer = await turn.choose(
        ASKED_ONESELF,
        question_of(milestone, missing),
        options,
        columns=2,
        read=read,
    )
    if answer != "yes":
        return False
    for step in missing:
        turn.record(MilestoneReached(step))
    return True


def _said_later(milestone: Milestone, turn: Turn) -> Open:
    """Return what the button says once the talk has gone on: the same report. It has no room for its day."""
    report = next(name for name, step in REPORTS.items() if step is milestone)
    platform = turn.told("platform")
    return Open(report, {ASKED_ONESELF: "yes", **({} if platform is None else {"platform": platform})})


def says_it_shows(text: str) -> bool:
    """Tell whether a text says that a purchase shows: *udah muncul di dashboard*; a balance there is none."""
    against = ("of the balance", "it does not show", "shown, but not done", "supposing")
    shown = says("it shows", text) and says("this programme itself", text)
    return shown and not any(says(what, text) for what in against) and not names_somebody(text)


def not_noted(turn: Turn, milestone: Milestone) -> Reply:
    """Say that nothing was noted, and that the reminders go on."""
    if turn.participant.has(Milestone.BOUGHT) or milestone is Milestone.ACCOUNT_CONNECTED:
        return with_next_step(say(_("Oke, belum kucatat. Kabari aku kalau sudah ya.")), turn)
    reply = say(_("Oke, belum kucatat sebagai pembelianmu. Pengingat batas beli tetap jalan."))
    if turn.has_missed_it:
        reply = say(_("Oke, belum kucatat sebagai pembelianmu."))
    said = as_relative(turn.incoming.text, turn.talk.get(RELATIVE))
    if says("somebody else's", f"kalau {said}") or is_all_of_another(said):
        reply = say(for_another())
    return with_next_step(with_own_cutoff(reply, turn), turn).button(_("🆘 Ada kendala"), "obstacle")


def for_another() -> str:
    """Return the words that a purchase is somebody else's, and what they do next."""
    return _(
        "Oke, itu untuk orang lain, jadi tidak kucatat untukmu. Pembeliannya bisa dicek di dashboard miliknya; "
        "sesudah itu selesaikan pelatihannya, lalu beri rating dan ulasan."
    )


def with_own_cutoff(reply: Reply, turn: Turn) -> Reply:
    """Say until when the person may buy, where that is still to come and they have not."""
    if turn.cutoff is None or turn.too_late or turn.participant.has(Milestone.BOUGHT):
        return reply
    return reply.also(_("Batasmu sendiri {day} pukul 23.59 WIB."), day=turn.cutoff.day)


def question_of(milestone: Milestone, missing: Sequence[Milestone] = ()) -> str:
    """Return the question whether the person took a step, and those it takes for granted."""
    match milestone, list(missing):
        case Milestone.BOUGHT, _:
            return _("Biar tidak salah catat: <b>kamu sendiri</b> sudah beli pelatihan pertama Kartu Prakerja?")
        case Milestone.COMPLETED, []:
            return _("Biar tidak salah catat: <b>kamu sendiri</b> sudah menyelesaikan pelatihan pertamamu?")
        case Milestone.COMPLETED, _:
            return _(
                "Biar tidak salah catat: pelatihan pertama Kartu Prakerja-mu sudah kamu <b>beli dan selesaikan</b>?"
            )
        case Milestone.REVIEWED, []:
            return _("Biar tidak salah catat: <b>kamu sendiri</b> sudah memberi rating dan ulasan di pelatihanmu?")
        case Milestone.REVIEWED, [Milestone.COMPLETED]:
            return _("Biar tidak salah catat: pelatihanmu sudah kamu <b>selesaikan</b>, dan sudah kamu beri ulasan?")
        case Milestone.REVIEWED, _:
            return _(
                "Biar tidak salah catat: pelatihan pertama Kartu Prakerja-mu sudah kamu <b>beli, selesaikan, dan beri "
                "ulasan</b>?"
            )
        case _:
            return _("Biar tidak salah catat: rekening atau e-wallet-<b>mu sendiri</b> sudah tersambung ke Prakerja?")
