"""Words that are not the sender's own: forwarded, quoted or pasted. They are answered, and nothing is noted of them."""

from __future__ import annotations

from typing import Final

from handlers.deadline import deadline
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.dialogue.whose import THEN
from handlers.phrases.next_step import with_next_step
from handlers.phrases.yes_or_no import yes_or_no
from locales import _
from programme.model.messages import Open

_OWN: Final = frozenset((THEN, "own"))


@conversation("whose_words", traits=Traits(purpose=Purpose.WHOSE_WORDS))
async def whose_words(turn: Turn) -> Reply | Open:
    """Ask whether the words are about the person themselves; only then go on where they lead."""
    told = {name: value for name, value in turn.answers.items() if name not in _OWN}
    then = turn.answers[THEN]
    words = say(_("Ini pesan terusan atau kutipan, jadi belum kucatat apa-apa. Itu tentang <b>kamu sendiri</b>?"))
    if then == "my_wave" and turn.told("wave") is not None:
        words = (await deadline(turn)).then(words)
    options = [Option("yes", _("✅ Ya, tentang aku")), Option("no", _("Bukan"))]
    if await turn.choose("own", words, options, columns=2, read=yes_or_no) == "yes":
        return Open(then, told)
    return with_next_step(say(_("Oke, tidak ada yang kucatat.")), turn)
