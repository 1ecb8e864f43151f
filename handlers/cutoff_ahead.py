"""The one sentence above any answer to whoever believes that buying can wait: it can't, and until when."""

from __future__ import annotations

from datetime import date

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from locales import _, fill, long_date
from programme.model.messages import Open


@conversation("cutoff_ahead", traits=Traits(purpose=Purpose.CUTOFF_AHEAD))
async def cutoff_ahead(turn: Turn) -> Reply | Open:
    """Say that the cutoff stands, and what becomes of whoever waits."""
    if turn.cutoff is None:
        return Open("deadline")
    words = _(
        "⚠️ Batas beli <b>pelatihan pertama</b>mu tetap {when}\n{left} "
        "Jangan ditunda: lewat dari itu kepesertaan dicabut."
    )
    reply = say(words, when=on_both_clocks(turn.cutoff, turn.place), left=what_is_left(turn.cutoff, turn.now))
    if (day := turn.told("date")) is None:
        return reply
    return reply.after(fill(_("❌ {day} <b>sudah terlambat</b>."), day=long_date(date.fromisoformat(day))))
