"""Whether a question is about somebody else: it is answered in general, and the person's own data stay out of it."""

from __future__ import annotations

from handlers.dialogue.in_talk import SOMEBODY
from handlers.dialogue.listening import OTHERS_WAVE
from handlers.dialogue.turn import Turn
from handlers.understanding.of_whom import is_all_of_another


def is_of_another(turn: Turn) -> bool:
    """Tell whether the opening words ask of somebody else: *ibu abis beli ngapain lagi*."""
    return is_all_of_another(turn.said, known=not turn.talk.keys().isdisjoint({OTHERS_WAVE, SOMEBODY}))
