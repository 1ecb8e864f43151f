"""*Ga yakin, diumumkan tanggal 15 atau 22 ya?*: whoever doubts the wave that was noted hears of all that it may be."""

from __future__ import annotations

import re
from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.possible_waves import possible_waves
from handlers.understanding.phrases import says
from handlers.understanding.wave_answer import numbers_answered
from programme.model.messages import Open
from programme.model.milestones import Milestone

_OF_A_WAVE: Final = frozenset(("deadline", "status", "my_wave", "start", "doubts_wave"))
"""Matters behind which a day is that of the announcement."""
_SEVERAL: Final = 2


def doubts_own_wave(spoken: Spoken) -> Recognised | None:
    """Hear of whoever wavers between two waves, by their numbers or by the days on which they were announced."""
    person, text = spoken.participant, spoken.text
    if person.official or person.has(Milestone.BOUGHT) or not says("not certain", text):
        return None
    latest = spoken.programme.latest_wave(spoken.now)
    waves = numbers_answered(text, spoken.today, latest.number) if latest is not None else []
    if len(waves) >= _SEVERAL or _names_announcements(spoken):
        return Recognised(Open("doubts_wave"), "deadline", spoken.understood.confidence)
    return None


def _names_announcements(spoken: Spoken) -> bool:
    """Whether two days are named on which waves were announced, after a cutoff or of an announcement."""
    if not (says("the announcement", spoken.text) or _is_of_a_wave(spoken)):
        return False
    known = (spoken.programme.wave(number, spoken.now) for number in spoken.programme.waves)
    days = {wave.announced_on.day for wave in known if wave is not None and wave.announced_on}
    return len({int(number) for number in re.findall(r"\d+", spoken.text)} & days) >= _SEVERAL


def _is_of_a_wave(spoken: Spoken) -> bool:
    return spoken.matter is not None and spoken.matter.conversation in _OF_A_WAVE


@conversation("doubts_wave", traits=Traits(listens={Stage.FIRST: doubts_own_wave}))
async def doubts_wave(turn: Turn) -> Reply:
    """Tell the cutoffs that it may be, and which counts until it is found."""
    return possible_waves(turn)
