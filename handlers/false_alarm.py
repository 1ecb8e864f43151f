"""*Sandi apa? saya tidak kirim sandi*: what was cut out of a message was no secret."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.redacted import CUT, named
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME: Final = "false_alarm"


def denies_it(spoken: Spoken) -> Open | None:
    """Hear a denial right after a secret was said to be in a message."""
    cut = spoken.matter.told.get(CUT) if spoken.matter is not None else None
    return Open(NAME, {"what": cut}) if cut is not None and says("denies a secret", spoken.text) else None


@conversation(NAME, traits=Traits(expects=denies_it))
async def false_alarm(turn: Turn) -> Reply:
    """Own up to a mistake, and take away the fear."""
    reply = say(
        _(
            "🙏 Maaf, berarti aku salah baca: yang kukira {what} ternyata bukan. Kamu tidak salah apa-apa, dan tidak "
            "ada yang perlu diganti. Yang tadi kupotong memang tidak kusimpan; kalau penting, tulis dengan kata lain."
        ),
        what=named((turn.told("what") or "").split(",")),
    )
    return with_next_step(reply, turn)
