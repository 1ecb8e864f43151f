"""Whether words are about somebody else: they are answered in general, and the person's own data stay out of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from handlers.dialogue.in_talk import ANOTHERS, SOMEBODY
from handlers.dialogue.listening import OTHERS_WAVE
from handlers.dialogue.turn import Turn
from handlers.understanding.of_whom import is_all_of_another
from handlers.understanding.telling import bought_by_somebody, told_of_them


def is_of_another(turn: Turn) -> bool:
    """Tell whether the opening words ask of somebody else: *ibu abis beli ngapain lagi*."""
    return is_all_of_another(turn.said, known=not turn.talk.keys().isdisjoint({OTHERS_WAVE, SOMEBODY}))


def is_bought_by_another(text: str, talk: Collection[str], today: date) -> bool:
    """Tell whether a text says that somebody else bought, be it whoever is spoken of: *katanya dia sudah beli*."""
    known = not {ANOTHERS, OTHERS_WAVE, SOMEBODY}.isdisjoint(talk)
    return (known and told_of_them(text, today=today)) or bought_by_somebody(text, today=today)
