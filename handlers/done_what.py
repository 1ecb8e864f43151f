"""*Sudah*, and nothing else: what is done is asked, and a second *sudah* says no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from handlers.asked_beside import NOT_YET
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import DONE_WHAT
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.next_step import with_next_step
from handlers.tried_it import NAME as TRIED
from handlers.tried_it import advised
from handlers.understanding.reports import Said, said_of
from handlers.understanding.step_answers import confirms, said_in_answer, says_nothing_else
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

_NOTHING = "nothing"


def bare_report(spoken: Spoken) -> Recognised | None:
    """Hear *sudah* and nothing else; right after an offer to report the purchase it is taken as that."""
    if not says_nothing_else(spoken.text) or spoken.was_offered(NOT_YET):
        return None
    of = advised(spoken.matter)
    if of is not None and not spoken.was_offered("report_bought"):
        return Recognised(Open(TRIED, {"of": of}), confidence=spoken.understood.confidence)
    name = "report_bought" if spoken.was_offered("report_bought") else DONE_WHAT
    return Recognised(Open(name, spoken.told), confidence=spoken.understood.confidence)


@conversation(DONE_WHAT, traits=Traits(listens={Stage.TOLD: bare_report}))
async def done_what(turn: Turn) -> Reply | Open:
    """Ask what is done; only a button that names a step, or words that do, lead to its report."""
    if (finished := _finished_then(turn)) is not None:
        return finished
    options = [
        Option("report_bought", _("Sudah beli pelatihan")),
        Option("report_completed", _("Sudah selesai pelatihan")),
        Option(_NOTHING, _("Bukan itu")),
    ]
    meant = await turn.choose("meant", _("Sudah apa ya?"), options, read=_read(turn.today), open_ended=True)
    if meant == _NOTHING or meant is None:
        return with_next_step(say(_("Oke, tidak ada yang kucatat. Ceritakan saja kalau ada yang bisa kubantu.")), turn)
    return Open(meant)


def _finished_then(turn: Turn) -> Open | None:
    """Hear *udah selesai tanggal 20* of who has bought: with a day it is the training that is finished."""
    has = turn.participant.has
    meant = said_in_answer(Milestone.COMPLETED, turn.said)
    if turn.told("date") is None or not has(Milestone.BOUGHT) or has(Milestone.COMPLETED) or meant == turn.said:
        return None
    plainly = said_of(Milestone.COMPLETED, meant, today=turn.today) is Said.PLAINLY
    return Open("report_completed", {**turn.answers, SAID: meant}) if plainly else None


def _read(today: date) -> Callable[[str], str | None]:
    """Return how words are read: those that name no step but agree or deny note nothing."""

    def read(text: str) -> str | None:
        if text == _NOTHING or says_nothing_else(text):
            return _NOTHING
        unnamed = said_of("bought", text, today=today) is Said.NOT_AT_ALL
        return _NOTHING if unnamed and confirms("bought", text) is not None else None

    return read
