"""*Ok*, *sip*, 👍, *lagi kerja nih*: nothing is asked, so a word will do."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME = "acknowledged"


def acknowledges(spoken: Spoken) -> Recognised | None:
    """Hear a word that only says that the last one was read, what the person is doing now, or nothing but signs."""
    words = any(sign.isalnum() for sign in spoken.text)
    if words and not (says("an acknowledgement", spoken.text) or says("only what one is doing", spoken.text)):
        return None
    return Recognised(Open(NAME), "thanks", spoken.understood.confidence) if "?" not in spoken.text else None


@conversation(NAME, traits=Traits(beside=True, listens={Stage.FIRST: acknowledges}))
async def acknowledged(_turn: Turn) -> Reply:
    """Nod, and press nothing on anybody."""
    return say(_("👍 Sip. Tulis saja kalau ada yang mau ditanyakan."))
