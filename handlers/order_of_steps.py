"""*Bintang dulu atau OVO dulu?*: which of two steps comes first follows from the path that everybody takes."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.milestone_titles import titles
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "order_of_steps"
_STEPS: Final = {
    Milestone.INDUCTION_WATCHED: "of the videos",
    Milestone.BOUGHT: "about buying",
    Milestone.COMPLETED: "to finish the class",
    Milestone.CERTIFIED: "about a certificate",
    Milestone.REVIEWED: "of a review",
    Milestone.ACCOUNT_CONNECTED: "an e-wallet to connect",
    Milestone.SURVEYED: "of a survey",
}
"""The steps that may be asked about, in their order, and the phrases that name them."""
_OF_THE_CUTOFF: Final = {Milestone.BOUGHT, Milestone.COMPLETED}
"""Whether buying is enough by the cutoff, or which of two trainings is first, is another question."""
_TOGETHER: Final = {Milestone.REVIEWED, Milestone.ACCOUNT_CONNECTED}


def asks_which_step_first(spoken: Spoken) -> Open | None:
    """Hear a choice between two steps: *isi bintang dulu atau upgrade OVO dulu?*, *yang didahulukan apa?*."""
    if not says("which step first", spoken.text) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    named = [step for step, what in _STEPS.items() if says(what, spoken.text)]
    if len(named) != len(_OF_THE_CUTOFF) or set(named) == _OF_THE_CUTOFF:
        return None
    return Open(NAME, {"milestone": named[0], "step": named[1]})


@conversation(NAME, traits=Traits(tells=True, expects=asks_which_step_first))
async def order_of_steps(turn: Turn) -> Reply | Open:
    """Say which is first; two that don't wait for each other can be done on one day."""
    if not {"milestone", "step"} <= turn.answers.keys():
        return Open("status")
    first, then = Milestone(turn.answers["milestone"]), Milestone(turn.answers["step"])
    words = titles()
    if {first, then} == _TOGETHER:
        reply = say(
            _(
                "👣 <b>Rating dan ulasan dulu</b>, karena dari situ jadwal insentif muncul. Upgrade dan sambungkan "
                "rekening atau e-wallet boleh di hari yang sama: harus beres sebelum dananya dikirim."
            )
        )
    else:
        reply = say(_("👣 <b>{first}</b> dulu, baru <b>{then}</b>."), first=words[first], then=words[then])
    return with_next_step(with_cutoff(reply, turn), turn)
