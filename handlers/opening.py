"""An opening that says nothing yet: *bang*, *mau tanya dong*, *prakerja*, *lolos*, a greeting with small talk."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import PASSED, tells_a_step
from handlers.dialogue.turn import Turn
from handlers.phrases.salutations import greeted_back
from handlers.understanding.lexicon import cues, lexicon
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import Said, said_of
from handlers.understanding.spelling import spelt
from locales import _
from programme.model.messages import Open

NAME: Final = "opening"
_OPENINGS: Final = ("a greeting", "asks leave to ask", "an excuse")
_LONGEST: Final = 20
"""Words; a longer text says something."""
_FEW: Final = 6
"""Words that tell one thing."""


def hears_an_opening(spoken: Spoken) -> Recognised | None:
    """Hear words that only open a talk."""
    text = spoken.text
    if len(text.split()) > _LONGEST or tells_a_step(text, spoken.today):
        return None  # *kita so bli* of Manado is no *bli* of Bali
    if _only_passed(spoken):
        passed = "status" if spoken.participant.wave is not None else "start"
        return Recognised(Open(passed, {"passed": "1"}), "greeting", spoken.understood.confidence)
    if _says_nothing_else(text) or _is_small_talk(spoken):
        invites = says("asks leave to ask", text) or _is_small_talk(spoken)
        return Recognised(Open(NAME if invites else "greeting"), "greeting", spoken.understood.confidence)
    return None


def _only_passed(spoken: Spoken) -> bool:
    """Whether nothing is told but that one passed: *saya teh udah lolos*."""
    text = spoken.text
    understood = spoken.understood
    brief = len(text.split()) <= _FEW and not (understood.certain or understood.entities or asks(text))
    told = brief and said_of(PASSED, text, today=spoken.today) is Said.PLAINLY
    return says("only that one passed", text) or told


def _says_nothing_else(text: str) -> bool:
    """Whether nothing is left of a text without greetings, excuses, the wish to ask and words of address."""
    rest = text
    for what in _OPENINGS:
        rest = without(what, rest)
    said = [token for token in spelt(rest) if token.raw[0].isalnum()]
    courtesies = lexicon().fillers | cues("words of address") | cues("interjections")
    return all({token.raw, token.word} & courtesies for token in said)


def _is_small_talk(spoken: Spoken) -> bool:
    """Whether a greeting goes with words about the day that ask nothing."""
    text, understood = spoken.text, spoken.understood
    chat = understood.intent == NO_ANSWER and understood.certain and not says("a question", text)
    greets = any(says(what, text) for what in ("a salaam", "a greeting at the beginning"))
    return chat and greets and not says("of the programme", text)


@conversation(NAME, traits=Traits(beside=True, listens={Stage.FIRST: hears_an_opening}))
async def opening(turn: Turn) -> Reply:
    """Greet back and invite the question; who is new hears in half a sentence who answers."""
    back = greeted_back(turn)
    if turn.participant.welcomed or turn.participant.wave is not None:
        return say(_("{greeting} 👋 Silakan, mau tanya apa?"), greeting=back)
    return say(
        _("{greeting} 👋 Aku <b>Sobat</b>, asisten (bot) buat peserta Kartu Prakerja. Silakan, mau tanya apa?"),
        greeting=back,
    )
