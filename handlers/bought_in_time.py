"""*Aman to?*, *sa terlambat kah?* of somebody who has bought: yes or no first, by the day of the purchase in WIB."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.next_step import with_next_step
from handlers.phrases.purchase_day import before_which, was_in_time
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from handlers.understanding.step_answers import begins_with_no
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source

NAME: Final = "bought_in_time"
_LONGEST: Final = 14  # words
_OF_ELSE: Final = (
    *("about the incentive", "of the money", "about a certificate", "about the account", "of a review"),
    *("it does not show", "not in the dashboard", "supposing", "put ahead"),
)


def asks_if_in_time(spoken: Spoken) -> Open | None:
    """Hear whoever has bought ask whether that was in time; other fears are none of it."""
    text = spoken.text
    checked = spoken.was_offered("purchase_shown")  # that was asked last, whatever detail of the report is still open
    waits = (spoken.asked is not None and not checked) or spoken.incoming.forwarded
    if not spoken.participant.has(Milestone.BOUGHT) or waits or names_somebody(text):
        return None
    if checked and begins_with_no(text):
        return None  # what does not show is safe nowhere
    if not says("was I in time", text) or len(text.split()) > _LONGEST or heard_at(Stage.ALARM, spoken) is not None:
        return None
    return None if any(says(what, text) for what in _OF_ELSE) else Open(NAME, {SAID: text})


@conversation(NAME, traits=Traits(expects=asks_if_in_time))
async def bought_in_time(turn: Turn) -> Reply | Open:
    """Say yes or no, and by which day; what counts in the end is what the dashboard shows."""
    step = turn.participant.progress.get(Milestone.BOUGHT)
    if step is None or turn.cutoff is None:
        return Open("deadline")
    match was_in_time(turn):
        case True:
            reply = say(_yes(turn), cutoff=before_which(turn))
        case False:
            return Open("revoked")
        case _:
            words = _("🤔 Belum bisa kupastikan: tanggal belinya belum kucatat. Yang dihitung: sebelum {cutoff}.")
            reply = say(words, cutoff=before_which(turn))
    if step.on is not None:
        reply = reply.also(_("Di catatanku kamu beli {day} (tanggal WIB)."), day=step.on)
    if step.source is Source.SELF:
        reply = reply.also(_("Pastikan pembeliannya tampil di dashboard Prakerja, itu yang dihitung."))
        reply = reply.row(button(_("✅ Sudah tampil"), "purchase_shown", shown="yes"))
    return with_next_step(reply, turn)


def _yes(turn: Turn) -> str:
    if says("feared to be late", turn.said):
        return _("✅ <b>Tidak terlambat</b>: belinya sebelum batas {cutoff}.")
    return _("✅ <b>Ya, aman dari batas beli</b>: belinya sebelum batas {cutoff}.")
