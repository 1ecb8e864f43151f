"""*Ini bukan buat saya kan?*, *aku di Tokopedia, terdampak ga?*: whether what was told concerns the person at all."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.announced import WAVES
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME = "concerns_me"
_FEW = 2


def asks_whether_concerned(spoken: Spoken) -> Open | None:
    """Hear whoever asks that of a message about another wave, or about another platform than theirs."""
    if spoken.matter is None or not says("does it concern me", spoken.text):
        return None
    about, named = spoken.matter.told, spoken.understood
    bought = spoken.participant.progress.get(Milestone.BOUGHT)
    mine, other = named.entity("platform") or (bought.platform if bought else None), about.get("platform")
    if mine is not None and other is not None and mine != other:
        return Open(NAME, {"platform": other, "own": mine})
    own, theirs = named.entity("wave") or spoken.participant.wave, about.get(WAVES) or about.get("wave")
    return None if own is None or theirs is None else Open(NAME, {WAVES: theirs, "own": str(own)})


@conversation(NAME, traits=Traits(expects=asks_whether_concerned))
async def concerns_me(turn: Turn) -> Reply:
    """Say for whom it is, and that the person is not among them."""
    own = turn.answers["own"]
    if (told := turn.told(WAVES)) is not None:
        waves = told.split(",")
        words = _("Tenang, itu untuk <b>gelombang {waves}</b>, bukan untukmu di gelombang {own}. 👍")
        if own in waves:
            words = _("👍 Ya, itu untuk <b>gelombang {waves}</b>, jadi gelombang {own} termasuk.")
        return with_next_step(say(words, waves=_in_words(waves), own=own), turn)
    theirs, mine = turn.programme.platform(turn.answers["platform"]), turn.programme.platform(own)
    words = _(
        "Itu soal <b>{theirs}</b>. Kalau kamu di <b>{mine}</b>, setahuku tidak terdampak; pastikan di aplikasi atau "
        "situsnya."
    )
    names = {"theirs": theirs.name if theirs else "?", "mine": mine.name if mine else "?"}
    return with_next_step(say(words, **names), turn)


def _in_words(waves: Sequence[str]) -> str:
    """Write waves that follow each other as a span: *12–22*."""
    numbers = sorted(map(int, waves))
    follow = len(numbers) > _FEW and numbers == list(range(numbers[0], numbers[-1] + 1))
    return f"{numbers[0]}–{numbers[-1]}" if follow else ", ".join(map(str, numbers))
