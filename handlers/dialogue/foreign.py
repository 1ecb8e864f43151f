"""Foreign: whether a text is none of the programme's business, so that it is turned away."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import GUESSED
from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.odds import (
    LIKELY,
    is_foreign_by_guess,
    is_of_elsewhere,
    is_small_talk,
    names_ours,
    only_scolds,
)
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import heard_at
from handlers.understanding import Understanding
from handlers.understanding.phrases import says
from programme.model.messages import Matter

_ENOUGH: Final = 5
"""Words; fewer may be about anything."""
_OF_TRAININGS: Final = frozenset(("recommend", "training_detail"))


def is_foreign(spoken: Spoken, matter: Matter | None) -> bool:
    """Tell whether a text has nothing of the programme in it, and nothing to go on from, a `matter` being spoken of.

    To ask then what of the programme is meant would be no answer to whoever speaks of the weather.
    """
    understood, wished = spoken.understood, heard_at(Stage.WISH, spoken) is not None
    nothing_to_go_on = matter is None and not wished
    if (is_of_elsewhere(understood) and not _is_of_trainings(understood, matter)) or only_scolds(understood):
        return True
    only_guessed = matter is not None and GUESSED in matter.told
    if (nothing_to_go_on or (only_guessed and not wished)) and is_foreign_by_guess(understood):
        return True
    if names_ours(understood) or says("of the programme", understood.text) or is_small_talk(understood):
        return False
    outside = understood.certain and understood.intent == NO_ANSWER
    likely = understood.intent != NO_ANSWER and understood.confidence >= LIKELY
    lost = not likely and not understood.certain and not understood.also
    lost = lost and len(understood.text.split()) >= _ENOUGH
    return outside or (lost and nothing_to_go_on)


def _is_of_trainings(understood: Understanding, matter: Matter | None) -> bool:
    """Whether a text goes on about what might be learnt: *kalau buat orang hotel yang mana* seeks no hotel."""
    shown = matter is not None and matter.conversation in _OF_TRAININGS
    return shown and any(one.kind in {"topic", "profession"} for one in understood.entities)
