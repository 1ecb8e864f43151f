"""What a moment in a text means for a reminder that was agreed on: it moves it, or is of something else."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.own_questions import asks
from handlers.dialogue.priorities import NO_ANSWER
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import SomeTime, read_clock, read_moment
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt

_FEW: Final = 2
"""Words that may stand beside a moment and say nothing else."""
_LIKELY: Final = 0.2
"""The confidence from which one of the two likeliest guesses counts."""
_SURELY: Final = 0.8
_PARTS: Final = re.compile(r"[.,;!?\n](?!\d)")
_WORD: Final = re.compile(r"[^\W\d_]+")


def sets_right(spoken: Spoken) -> bool:
    """Whether an hour is named in place of the one that was noted: *kok tetep jam 5, kan saya bilang ganti jam 7*."""
    meant = moment_meant(spoken.text, today=spoken.today)
    replaced = meant != spoken.text and bool(read_clock(meant, spoken.local_time))
    return replaced and "?" not in spoken.text and _is_planned(spoken)


def leaves_the_plan(spoken: Spoken) -> bool:
    """Whether a moment in words about something else lets an agreed reminder be: *besok hujan ga ya kira2*."""
    text = spoken.text
    found = read_moment(text, spoken.local_time, asked_for=True)
    if not _is_planned(spoken) or not isinstance(found, datetime | SomeTime) or not _is_foreign(spoken, _LIKELY):
        return False
    buys = says("about buying", text) and not says("buys something else", text)
    moves = buys or any(says(what, text) for what in ("to be reminded", "another moment"))
    moves = moves or _begins_with_an_hour(spoken)
    beside = [word for word in spoken.understood.normalised.split() if word.isalpha() and not says("a moment", word)]
    return not moves and len(beside) > (1 if _is_foreign(spoken, _SURELY) else _FEW)


def _begins_with_an_hour(spoken: Spoken) -> bool:
    """Whether a first clause is nothing but an hour, of a place if need be: *jam 8 malam waktu Ambon, pulang kerja*."""
    first, *rest = [part.strip() for part in _PARTS.split(spoken.text) if part.strip()]
    places = {word for one in spoken.understood.entities if one.kind == "zone" for word in one.text.casefold().split()}
    bare = " ".join(word for word in first.split() if word.casefold() not in {"waktu", *places})
    return bool(rest) and not asks(spoken.text) and _is_only_a_moment(bare, spoken)


def moment_alone(spoken: Spoken) -> str | None:
    """Return the last clause that is nothing but a day and its hour: *gajian belum masuk, besok jam 3 siang aja*."""
    parts = [part.strip() for part in _PARTS.split(spoken.text)]
    alone = [part for part in parts if says("a day", part) and _is_only_a_moment(part, spoken)]
    return alone[-1] if alone and len(parts) > 1 else None


def _is_only_a_moment(part: str, spoken: Spoken) -> bool:
    words = _WORD.findall(" ".join(token.word for token in spelt(part)))
    return bool(read_clock(part, spoken.local_time)) and all(
        says("a moment", word) or says("beside a moment", word) for word in words
    )


def _is_planned(spoken: Spoken) -> bool:
    planned = spoken.participant.plan_at
    return planned is not None and planned > spoken.now


def _is_foreign(spoken: Spoken, enough: float) -> bool:
    """Whether a text is about nothing of the programme, as far as its words and guesses tell."""
    text, understood = spoken.text, spoken.understood
    likely = {guess.intent for guess in understood.guesses[:2] if guess.confidence >= enough}
    ours = says("of the programme", text) and not says("buys something else", text)
    return not understood.also and NO_ANSWER in likely and not ours
