"""*Gak jadi, sudah muncul*: a trouble that solved itself."""

from __future__ import annotations

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from locales import _


@conversation("settled", traits=Traits(purpose=Purpose.SETTLED))
async def settled(turn: Turn) -> Reply:
    """Be glad with the person, and go on from there."""
    reply = say(_("👍 Syukurlah, oke, tidak kulanjutkan. Kalau ada lagi, tulis saja ya."))
    return with_next_step(reply, turn)
