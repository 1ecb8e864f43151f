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


def knows_its_day(spoken: Spoken) -> Recognised | None:
    """Hear *gelombangku brp ga tau, sms nya 22 september*: the day of the announcement tells the wave."""
    if spoken.participant.wave is not None or spoken.understood.entity("wave") is not None:
        return None
    number = _announced_then(spoken) if says("my wave is not known", spoken.text) else None
    if number is None:
        return None
    return Recognised(Open("deadline", {**spoken.told, "wave": str(number)}), "deadline", spoken.understood.confidence)


def _announced_then(spoken: Spoken) -> int | None:
    """Return the wave that was announced on the one day that is named."""
    known = (spoken.programme.wave(number, spoken.now) for number in spoken.programme.waves)
    by_day = {wave.announced_on.isoformat(): wave.number for wave in known if wave is not None and wave.announced_on}
    named = {one.value for one in spoken.understood.entities if one.kind == "date"}
    return by_day.get(named.pop()) if len(named) == 1 else None


def heard_of_own_wave(spoken: Spoken) -> Recognised | None:
    """Hear a doubt about one's wave, or by which day it is to be found."""
    return doubts_own_wave(spoken) or knows_its_day(spoken)


def _names_announcements(spoken: Spoken) -> bool:
    """Whether two days are named on which waves were announced, after a cutoff or of an announcement."""
    if not (says("the announcement", spoken.text) or _is_of_a_wave(spoken)):
        return False
    known = (spoken.programme.wave(number, spoken.now) for number in spoken.programme.waves)
    days = {wave.announced_on.day for wave in known if wave is not None and wave.announced_on}
    return len({int(number) for number in re.findall(r"\d+", spoken.text)} & days) >= _SEVERAL


def _is_of_a_wave(spoken: Spoken) -> bool:
    return spoken.matter is not None and spoken.matter.conversation in _OF_A_WAVE


@conversation("doubts_wave", traits=Traits(listens={Stage.FIRST: heard_of_own_wave}))
async def doubts_wave(turn: Turn) -> Reply:
    """Tell the cutoffs that it may be, and which counts until it is found."""
    return possible_waves(turn)
