"""A message of several sentences is a talk in itself: a later question goes on from the first.

*OTP ga masuk. Kalau tetep ga bisa, saya hubungi siapa?* asks two things, the second of which needs the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from handlers.dialogue.follow_up import alerted, follow_up
from handlers.dialogue.listening import WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.priorities import IDLE
from handlers.dialogue.register import after_any, expected, heard_at, traits_of
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn import SAID
from handlers.understanding import understand
from handlers.understanding.fraud_told import asks_as_a_victim
from handlers.understanding.phrases import says
from handlers.understanding.sentences import SENTENCE_ENDS, sentences
from programme.model.messages import Matter, Open

_CUT: Final = re.compile(
    SENTENCE_ENDS + r"|\b(?:terus|trs|trus|sekalian|oiya|oya|oh iya)\b"
    r"|,?\s\bdan (?=itu|kalau|kalo|jika|apa|berapa|kapan|boleh|bisa|gimana|bagaimana)",
    re.IGNORECASE,
)
_PIECES: Final = re.compile(_CUT.pattern + r"|,\s+", re.IGNORECASE)
"""Where the questions of a message without marks are cut: *skrg ngapain, insentif gw brp totalnya*."""
_MARK: Final = re.compile(r"[,;.?!\n]")
_ENOUGH: Final = 3
"""Words of a question that is worth an answer of its own."""
_DOUBT: Final = 5
"""Words that only ask whether what stands before them is true."""
_LIKELY: Final = 0.8
_BEYOND_DOUBT: Final = 0.97
"""The confidence from which a sentence says by itself what it is about, whatever was spoken of last."""
_TOLD_BY_A_REPORT: Final = frozenset(("status", "how_to_buy", "deadline", "purchase_problem", "recommend"))
"""What the answer to a report says anyway, or what it makes pointless."""
_TELLS_TOO: Final = {
    "when_paid": "incentive_history",
    "in_time": "deadline",
    "by_that_day": "deadline",
    "same_moment": "deadline",
    "other_platform": "purchase_problem",
    "call_center": "contact_detail",
}
"""What an answer tells beside its own matter."""


def asked_after(spoken: Spoken, matter: Matter | None, answered: Collection[str]) -> Open | None:
    """Return the first question of a later sentence that what was `answered` leaves open, `matter` being the last."""
    parts = (
        replace(spoken, understood=understand(part, today=spoken.today), matter=matter)
        for part in _later(spoken.text)
        if not (alerted(matter) and asks_as_a_victim(part))  # which the thread of a fraud answers with the rest
    )
    found = (_of_anothers_cutoff(spoken, part) or _asked(part, answered) for part in parts)
    warned = any(traits_of(name).alert for name in answered)
    failed = "purchase_problem" in answered
    left = (one for one in found if one is not None and not (warned and traits_of(one.conversation).alert))
    left = (one for one in left if not (failed and one.conversation == "how_to_buy"))
    told = {*answered, *(_TELLS_TOO[one] for one in answered if one in _TELLS_TOO)}
    told |= {"by_that_day"} if "deadline" in answered and _is_over(spoken) else set()
    return next((opened for opened in left if opened.conversation not in told), None)


def asked_beside_a_report(spoken: Spoken, matter: Matter | None, answered: Collection[str]) -> Iterator[Open]:
    """Yield what a message that reports a step asks beside it, whatever marks its questions are parted by."""
    parts = (part for sentence in sentences(spoken.text) for part in _PIECES.split(sentence))
    for part in parts:
        if len(part.split()) < _ENOUGH or not asks(part):
            continue
        read = replace(spoken, understood=understand(part, today=spoken.today), matter=matter)
        found = _asked(read, answered)
        if found is not None and found.conversation not in {*answered, *_TOLD_BY_A_REPORT}:
            yield replace(found, answers={**found.answers, SAID: part})


def _of_anothers_cutoff(spoken: Spoken, part: Spoken) -> Open | None:
    """Hear *aku sudah. Udin belum, gel 21 juga. Sampai kapan dia?*, where the wave was told before the question."""
    told, best = spoken.told, part.understood.guesses[0]
    if WHOSE not in told or best.intent != "deadline" or best.confidence < _LIKELY:
        return None
    return Open("deadline", {**part.told, "wave": told["wave"], WHOSE: told[WHOSE]})


def _is_over(spoken: Spoken) -> bool:
    """Whether the person's own cutoff has passed, so that no day is asked of it any more."""
    cutoff = spoken.programme.cutoff_of(spoken.participant)
    return cutoff is not None and spoken.now > cutoff.at


def asked_beside_an_alarm(text: str) -> Iterator[str]:
    """Yield the questions of a text that have nothing of a fraud: *batas beli kapan? ada yang nawarin cairin*."""
    for part in _CUT.split(text):
        asks = any(says(what, part) for what in ("a question", "really", "is it safe"))
        of_it = says("of a fraud", part) or says("may it be misused", part) or asks_as_a_victim(part)
        if asks and says("of the programme", part) and not of_it:
            yield part.strip()


def asked_first(spoken: Spoken, answered: Collection[str]) -> Open | None:
    """Return what the first clause asks further of the last matter, where the rest was about something else.

    *Selain di Tokopedia ada di mana, akunku lupa password* asks of the training, and tells of a password.
    """
    first, *rest = _MARK.split(spoken.text, maxsplit=1)
    asks = len(first.split()) >= _ENOUGH and says("a question", first)
    if spoken.matter is None or not rest or not rest[0].strip() or not asks:
        return None
    opened = follow_up(replace(spoken, understood=understand(first.strip(), today=spoken.today)))
    if opened is None or (alerted(spoken.matter) and traits_of(opened.conversation).alert):
        return None
    return opened if opened.conversation not in answered else None


def _later(text: str) -> Iterator[str]:
    """Yield the questions after the first sentence."""
    for part in _parts(text):
        if len(part.split()) >= _ENOUGH and ("?" in part or (asks(part) and not says("it works", part))):
            yield part.strip()


def _parts(text: str) -> Iterator[str]:
    """Yield the parts after the first, a sentence with the short *apakah benar demikian?* that doubts it as one."""
    first, *later = sentences(text)
    yield from _CUT.split(first)[1:]
    for place, sentence in enumerate(later):
        if any(map(_doubts, later[place + 1 : place + 2])):
            yield f"{sentence.rstrip(' .')}, {later[place + 1]}"
        elif place == 0 or not _doubts(sentence):
            yield from _CUT.split(sentence)


def _doubts(sentence: str) -> bool:
    return len(sentence.split()) <= _DOUBT and (says("is it true", sentence) or says("which day is right", sentence))


def _is_answered(spoken: Spoken, answered: Collection[str]) -> bool:
    """Whether a sentence is what a conversation that tells something heard of the whole message."""
    heard = heard_at(Stage.FIRST, spoken) or heard_at(Stage.TOLD, spoken)
    name = heard.open.conversation if isinstance(heard, Recognised) else ""
    return name in answered and (traits_of(name).tells or traits_of(name).beside)


def _asked(spoken: Spoken, answered: Collection[str]) -> Open | None:
    """Read one as what goes on from the matter, else as what it is most likely about by itself."""
    if _is_answered(spoken, answered):
        return None
    heard = heard_at(Stage.FIRST, spoken)
    if isinstance(heard, Recognised) and traits_of(heard.open.conversation).tells:
        return heard.open
    best = spoken.understood.guesses[0]
    by_itself = spoken.understood.certain and best.confidence >= _BEYOND_DOUBT and traits_of(best.intent).tells
    further = expected(spoken) or (None if by_itself and best.intent not in answered else follow_up(spoken))
    if further is not None:
        return further
    if (
        anywhere := next((Open(name) for what, name in after_any().items() if says(what, spoken.text)), None)
    ) is not None:
        return anywhere
    traits = traits_of(best.intent)
    likely = (
        best.confidence >= _LIKELY
        and (traits.tells or traits.trouble)
        and best.intent not in {*IDLE, *REPORTS, "fraud"}
    )
    return Open(best.intent, spoken.told) if likely and says("of the programme", spoken.text) else None
