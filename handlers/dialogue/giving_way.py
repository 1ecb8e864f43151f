"""Whether a text answers the open question, or only has something like an answer in it and is about something else."""

from __future__ import annotations

from handlers.dialogue.listening import OWN_WAVE_ASKED, Spoken, Stage
from handlers.dialogue.priorities import IDLE
from handlers.dialogue.question import SKIPPED, Misread, Question
from handlers.dialogue.register import conversations, family_of, is_heard, traits_of
from handlers.dialogue.reported import REPORTS, tells_a_step
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import names_training
from programme.model.dialogues import Dialogue

_OF_ITS_OWN = frozenset(("date", "passed_on", "platform"))
"""Questions whose answer may stand in a sentence about something else, where it answers nothing."""

OF_A_WAVE = OWN_WAVE_ASKED | {"wave"}
"""Questions for a wave, which its day answers, too."""

_NEEDS_THE_WAVE = frozenset(("deadline", "status", "revoked", "how_to_buy"))
"""Intents whose answer waits for the wave."""

_ENOUGH = 4
"""Words of a question of its own."""
_FEW = 3
_LIKELY = 0.6
_MATTERS = ("about the incentive", "about a certificate", "about the account", "about buying")


def answer_to(question: Question, dialogue: Dialogue, spoken: Spoken) -> str | Misread | None:
    """Return what a text answers to the question; None where it is no answer but asks or tells another thing."""
    answer = question.read(spoken.text)
    if conversations()[dialogue.conversation].staff:
        return answer  # nothing that staff say at their work is about themselves
    match answer:
        case str() if question.name in _OF_ITS_OWN and _is_about_else(dialogue, spoken):
            return None
        case str() if _only_seems_not_known(answer, question, spoken):
            return None
        case Misread() if _says_else(dialogue, spoken):
            return None
        case str() | Misread() if question.name in OF_A_WAVE and _has_day_of_else(spoken):
            return None
        case None if question.is_forgotten(spoken.text):
            return SKIPPED
        case _:
            return answer


def _only_seems_not_known(answer: str, question: Question, spoken: Spoken) -> bool:
    """Whether what is forgotten is another thing than the wave: *saya lupa password dashboard*."""
    told = answer.isdecimal() or question.name not in OF_A_WAVE or says("forgot the wave", spoken.text)
    understood = spoken.understood
    return not told and understood.certain and understood.intent not in {*IDLE, *_NEEDS_THE_WAVE}


def is_firm(answer: str | Misread | None, question: Question, text: str) -> bool:
    """Tell whether an answer says what was asked, and not only that it isn't known."""
    if not isinstance(answer, str) or question.open_ended:
        return False
    if question.name in OF_A_WAVE and says("forgot the wave", text):
        return True
    if answer == SKIPPED:
        return False
    return answer.isdecimal() or question.name not in OF_A_WAVE or not says("not known", text)


def asks_else(question: Question, dialogue: Dialogue, spoken: Spoken) -> bool:
    """Tell whether a text asks a plain thing of its own, whatever of an answer may be read in it."""
    told_as_story = question.open_ended and not question.options
    said = without("forgot the wave", spoken.text) if question.name in OF_A_WAVE else spoken.text
    if told_as_story or not says("a question", said) or len(spoken.text.split()) < _ENOUGH:
        return False
    if is_heard(spoken, Stage.STATEMENT):
        return True
    best = spoken.understood.guesses[0]
    waits = question.name in OF_A_WAVE and best.intent in _NEEDS_THE_WAVE
    same = family_of(best.intent) == family_of(dialogue.conversation)
    other = not (waits or same) and best.intent not in {*IDLE, *REPORTS}
    return not question.open_ended and other and best.confidence >= _LIKELY and says("of the programme", spoken.text)


def _is_about_else(dialogue: Dialogue, spoken: Spoken) -> bool:
    """Whether a sentence in which a day or a name occurs is about another matter, or reports a step."""
    if dialogue.conversation not in REPORTS and tells_a_step(spoken.text, spoken.today):
        return True
    understood = spoken.understood
    if _only_names(spoken):
        return False
    sure = understood.certain and understood.intent not in {*IDLE, dialogue.conversation}
    return sure and not (set(understood.also) & {dialogue.conversation}) and understood.intent not in REPORTS


def _only_names(spoken: Spoken) -> bool:
    """Whether hardly more than a name was said, *tokopedia yang betul*, which sounds like a matter of its own."""
    few = len(spoken.text.split()) <= _FEW and not traits_of(spoken.understood.intent).trouble
    return few and not any(says(what, spoken.text) for what in ("a question", "a contact"))


def _says_else(dialogue: Dialogue, spoken: Spoken) -> bool:
    """Whether a sentence with an answer that can't be right in it is no answer, but asks or tells a thing."""
    return is_heard(spoken, Stage.FIRST, Stage.STATEMENT) or _is_about_else(dialogue, spoken)


def _has_day_of_else(spoken: Spoken) -> bool:
    """Whether a day that might be a wave's is that of another matter by its words: *insentif dijadwalkan tgl 10*."""
    named = {entity.kind for entity in spoken.understood.entities}
    if "wave" in named or "date" not in named or says("the announcement", spoken.text):
        return False
    return names_training(spoken.text) or any(says(matter, spoken.text) for matter in _MATTERS)
