"""Words that are not the sender's own: forwarded, quoted or pasted. They are answered, and nothing is noted of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.deadline import deadline
from handlers.dialogue.question import Option
from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.statements import quoted
from locales import _
from programme.model.events import CutoffTold, Event, ObstacleNamed, Welcomed
from programme.model.messages import Incoming, Open, Sort

THEN: Final = "then"
"""The answer that names the conversation which would note something, were the words the person's own."""

FORWARDED: Final = "[diteruskan]"
"""What the staff see before words that were forwarded; it is theirs, so it is not translated."""

PASSED_ON: Final = "passed_on_words"
"""The answer that tells that the opening words were forwarded."""

_HARMLESS: Final = (CutoffTold, ObstacleNamed, Welcomed)
_OWN: Final = frozenset((THEN, "own"))


def own_words(incoming: Incoming) -> bool:
    """Tell whether the person speaks for themselves: presses always do, words unless forwarded or quoted."""
    return incoming.sort in {Sort.PRESS, Sort.CONTACT} or not (incoming.forwarded or quoted(incoming.text))


def as_sent(incoming: Incoming) -> str:
    """Return the words for whoever reads along: those that were forwarded are marked as such."""
    words = incoming.text.strip()
    return f"{FORWARDED} {words}".strip() if incoming.forwarded else words


def sent_as(incoming: Incoming) -> dict[str, str]:
    """Return the answer that keeps with a conversation's opening words that they were forwarded."""
    return {PASSED_ON: "1"} if incoming.forwarded else {}


def notes_something(events: Sequence[Event]) -> bool:
    """Tell whether these events change what is known of the person, or when they are reminded."""
    return any(not isinstance(event, _HARMLESS) for event in events)


@conversation("whose_words")
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
