"""The same words are not sent twice within a few turns: what of them was asked now, else an apology and other choices.

What was said lately goes with the last message, as marks of its bubbles that nobody can read back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Final

from handlers.dialogue.guess_head import without_guess_head
from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.register import Purpose, conversation_for, conversations, family_of, traits_of
from handlers.dialogue.reply import Reply, button
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import notes_something
from handlers.understanding.phrases import says, without
from handlers.understanding.refused import says_something
from locales import Html, _, fill
from programme.model.messages import Matter, Message, Sort

_WANTS_IT_AGAIN: Final = ("said again", "not clear")
_WANTS_THE_STEPS: Final = ("how to do it", "what to do now")
"""Phrases that bring an answer again, but not the very last one."""
_BUBBLES: Final = 8
"""How many bubbles count as said lately: those of some four turns."""
_CHOICES: Final = 3
_WORTH_OFFERING: Final = 0.05
_PARAGRAPH: Final = "\n\n"
_CHANGES: Final = re.compile(r"\d+|<[^>]+>")
_BY_THEMSELVES, _SURELY = 10, 0.99
"""Words, and the confidence, from which a text says by itself what it is about."""
_BRIEF: Final = 500
"""Characters up to which an answer is said whole, with a word of its own, where it is all that is known."""
_LONG: Final = 90
"""Characters from which a bubble says enough to be tired of."""


def not_twice(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Return the outcome without what was said lately, and with the marks of what is said now."""
    shown = _said_anew(given, outcome) if _may_be_tired_of_it(given, outcome) else outcome
    marks = (*map(_mark, reversed(_meant(shown, outcome))), *_lately(given))
    return replace(shown, reply=_marked(shown.reply, marks[:_BUBBLES]))


def _meant(shown: TurnOutcome, outcome: TurnOutcome) -> Sequence[Message]:
    """Return what is marked as said: of an answer that was cut or given a word of its own, the answer."""
    one = len(shown.messages) == len(outcome.messages) == 1
    return outcome.messages if one else shown.messages


def is_repeated(given: TurnInput, outcome: TurnOutcome) -> bool:
    """Tell whether an answer that may not be what was asked is nothing but what was said lately."""
    doubtful = given.complains or outcome.missed is not None or _means_another(given, outcome)
    tired = doubtful and _may_be_tired_of_it(given, outcome) and not outcome.asks and bool(outcome.messages)
    return tired and all(_is_repeated(one, given) for one in outcome.messages)


def _means_another(given: TurnInput, outcome: TurnOutcome) -> bool:
    """Whether words surely mean another matter than the last answer, which they bring once more."""
    read = outcome.why.understood if outcome.why is not None else None
    about = outcome.messages[-1].about if outcome.messages else None
    if read is None or about is None or not _was_said_last(given, outcome):
        return False
    if len(read.text.split()) < _BY_THEMSELVES or read.confidence < _SURELY:
        return False
    return read.intent not in {*IDLE, *REPORTS, NO_ANSWER} and family_of(read.intent) != family_of(about.conversation)


def _may_be_tired_of_it(given: TurnInput, outcome: TurnOutcome) -> bool:
    typed = given.incoming.sort is Sort.TEXT and not given.incoming.text.startswith("/")
    kept = _WANTS_IT_AGAIN if _was_said_last(given, outcome) else (*_WANTS_IT_AGAIN, *_WANTS_THE_STEPS)
    again = any(says(what, given.incoming.text) for what in kept)
    return typed and not notes_something(outcome.events) and not again


def _was_said_last(given: TurnInput, outcome: TurnOutcome) -> bool:
    return bool(outcome.messages) and _lately(given)[:1] == (_mark(outcome.messages[-1]),)


def _said_anew(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    main = () if given.complains else outcome.messages[:1]
    fresh = [one for one in outcome.messages if one in main or not _is_repeated(one, given)]
    if outcome.asks and len(outcome.messages) > 1 and _is_repeated(outcome.messages[-1], given):
        *answer, question = outcome.messages
        asked = replace(question, text=without_guess_head(question.text).split(_PARAGRAPH)[-1])
        return replace(outcome, reply=replace(outcome.reply, messages=(*answer, asked)))
    if outcome.asks or not outcome.messages:
        return outcome
    if fresh and len(outcome.messages) > 1:
        kept = (*fresh[:-1], replace(fresh[-1], about=outcome.messages[-1].about))
        return replace(outcome, reply=replace(outcome.reply, messages=kept))
    return _said_shorter(given, outcome) if _is_repeated(outcome.messages[-1], given) else outcome


def _said_shorter(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Say what was asked of an answer given before; own that it missed where that was said, or where it is a guess."""
    message = outcome.messages[-1]
    sure = outcome.missed is None and not given.refused
    if given.complains and not sure and not (_tells_the_cutoff(message) and _says_more(given.incoming.text)):
        words = _("🙏 Maaf, jawabanku tadi belum kena. Maksudmu yang mana? Atau tulis dengan kata lain ya.")
        return replace(outcome, reply=_with_choices(message, words, outcome))
    briefly = given.complains or says("yes or no", given.incoming.text)
    just = _was_said_last(given, outcome) and not _tells_the_cutoff(message)
    words = _("☝️ {short}\n\nKalau bukan itu maksudmu, pilih yang lain atau tulis dengan kata lain ya.")
    text = without_guess_head(message.text)
    if briefly or (not (sure or just) and _lately(given).count(_mark(message)) > 1):
        return replace(outcome, reply=_with_choices(message, fill(words, short=Html(_opening(text))), outcome))
    if not just:
        return outcome
    all_of_it = _("☝️ {short}\n\nItu semua yang kutahu soal ini. Yang lebih tahu: Prakerja, {phone} (bebas pulsa).")
    phone = given.programme.contacts["phone"].value
    main = text if len(text) <= _BRIEF else _opening(text)
    told = replace(message, text=fill(all_of_it if sure else words, short=Html(main), phone=phone))
    return replace(outcome, reply=_to_people(told) if sure else Reply((told,)))


def _tells_the_cutoff(message: Message) -> bool:
    """Whether an answer is the cutoff: that is told once more rather than held back, *batasku malam ini toh?*."""
    return message.about is not None and message.about.conversation == "deadline"


def _says_more(text: str) -> bool:
    """Whether a text says anything beside its complaint: a bare *bukan itu* asks for no cutoff."""
    return says_something(without("the answer missed", text))


def _is_repeated(message: Message, given: TurnInput) -> bool:
    alert = message.about is not None and traits_of(message.about.conversation).alert
    return not alert and len(message.text) >= _LONG and _mark(message) in _lately(given)


def _lately(given: TurnInput) -> tuple[str, ...]:
    return given.last.lately if given.last is not None else ()


def _marked(reply: Reply, marks: tuple[str, ...]) -> Reply:
    if not reply.messages:
        return reply
    *earlier, last = reply.messages
    return replace(reply, messages=(*earlier, replace(last, lately=marks)))


def _mark(message: Message) -> str:
    """Return a mark by which the same words are known again, whatever time is left by now."""
    words = " ".join(_CHANGES.sub("", without_guess_head(message.text)).split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def _with_choices(message: Message, words: str, outcome: TurnOutcome) -> Reply:
    """Offer the next best readings, then what was spoken of before."""
    known = conversations()
    rows = [button(_(known[name].about), name) for name in _other_readings(outcome, message.about)]
    reply = reduce(Reply.row, rows, Reply((replace(message, text=words, keys=()),)))
    return reply.button(_("💬 Bicara dengan petugas"), conversation_for(Purpose.PERSON))


def _opening(text: str) -> str:
    """Return as many paragraphs of an answer as say the main of it."""
    first, *others = text.split(_PARAGRAPH)
    while others and len(first) < _LONG:
        first = f"{first}{_PARAGRAPH}{others.pop(0)}"
    return first


def _other_readings(outcome: TurnOutcome, answered: Matter | None) -> Sequence[str]:
    read = outcome.why.understood if outcome.why is not None else None
    guesses = [guess.intent for guess in read.guesses if guess.confidence >= _WORTH_OFFERING] if read else []
    earlier = [one.conversation for one in answered.earlier()] if answered is not None else []
    refused = {family_of(answered.conversation)} if answered is not None else set()
    known = conversations()
    names = dict.fromkeys(name for name in (*guesses, *earlier) if name not in {*IDLE, *REPORTS})
    return [name for name in names if known[name].about and family_of(name) not in refused][:_CHOICES]


def _to_people(message: Message) -> Reply:
    return Reply((message,)).button(_("💬 Bicara dengan petugas"), conversation_for(Purpose.PERSON))
