"""What becomes of a turn of somebody who wants their data left alone: it is answered, and nothing is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Final

from handlers.dialogue.register import Purpose
from handlers.dialogue.replay import Replay
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from programme.model.events import (
    CutoffTold,
    Event,
    Forgotten,
    LanguageChosen,
    MilestoneUndone,
    ObstacleNamed,
    ProcessingPaused,
    ProcessingResumed,
    WaveTold,
    Welcomed,
    ZoneTold,
)
from programme.model.participants import Participant, Pause

_RIGHTS: Final = (Forgotten, ProcessingPaused, ProcessingResumed)
_ALLOWED: Final = {
    Pause.RESTRICTED: (*_RIGHTS, LanguageChosen, WaveTold, ZoneTold, MilestoneUndone),
    Pause.WITHDRAWN: (*_RIGHTS, LanguageChosen),
}
"""What is noted all the same: what a person decides about their data, and what they correct of them."""

_IN_PASSING: Final = (CutoffTold, ObstacleNamed, Welcomed)
"""What an answer notes beside it, and goes as well without."""


async def as_paused(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Return the outcome without what may not be noted; where the answer says that it was, another answer."""
    pause = given.participant.pause
    if pause is None or any(isinstance(event, ProcessingResumed) for event in outcome.events):
        return outcome
    kept = [event for event in outcome.events if isinstance(event, _ALLOWED[pause])]
    if _promises(outcome.events, kept) or given.shared is not None:
        return await Replay(given).open(Purpose.PAUSED)
    person: Participant = reduce(Participant.after, kept, given.participant)
    dialogue = outcome.dialogue if outcome.asks else None
    return replace(outcome, participant=person, events=tuple(kept), dialogue=dialogue, missed=None)


def _promises(events: Sequence[Event], kept: Sequence[Event]) -> bool:
    """Tell whether an answer speaks of something as noted that is not."""
    return any(event not in kept and not isinstance(event, _IN_PASSING) for event in events)
