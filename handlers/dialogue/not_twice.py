"""The same answer is not given twice in a row, word for word: the second time what of it was asked, and a way on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers.dialogue.register import Purpose, conversation_for, family_of
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from locales import Html, _, fill
from programme.model.messages import Message, Sort

_WANTS_IT_AGAIN: Final = ("said again", "not clear", "how to do it", "what to do now")
_OF: Final = frozenset(("incentive_problem", "certificate"))
"""The families whose answers may be said shorter: a deadline or a fraud is told in full each time."""
_PARAGRAPH: Final = "\n\n"
_SENTENCE: Final = re.compile(r"(?<=[.!])\s+(?![.!•])|\n\n+")
_OF_TIME, _OF_MONEY = re.compile(r"\d\S* (?:hari|jam|bulan)|tanggal|\d{4}|pukul"), re.compile(r"Rp")
_LETTERS: Final = 5
"""Letters by which two words are taken for forms of one."""


def not_twice(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Return the outcome with what was said in the last message already said in short; a third time, who else can."""
    typed = given.incoming.sort is Sort.TEXT and not given.incoming.text.startswith("/")
    if given.last is None or not typed or outcome.asks or len(outcome.messages) != 1 or _wants_it_again(given):
        return outcome
    [message], last = outcome.messages, given.last.text
    if message.about is None or family_of(message.about.conversation) not in _OF:
        return outcome
    shorter = _in_short(message, given)
    if last == shorter.text:
        return replace(outcome, reply=_lead_on(message, given))
    repeated = _PARAGRAPH in message.text and _content(message.text) == _content(last)
    return replace(outcome, reply=_to_people(shorter)) if repeated else outcome


def _wants_it_again(given: TurnInput) -> bool:
    return any(says(what, given.incoming.text) for what in _WANTS_IT_AGAIN)


def _content(text: str) -> str:
    """Return a text without the paragraph that says what it is taken to be about."""
    head, found, rest = text.partition(_PARAGRAPH)
    return rest if found and head.startswith(_("Kalau tidak salah tangkap, ini soal <b>{about}</b>.")[:20]) else text


def _in_short(message: Message, given: TurnInput) -> Message:
    words = _("☝️ {short}\n\nBelum terjawab? Tulis dengan kata lain, atau tanya Prakerja: {phone} (bebas pulsa).")
    short = Html(_asked_of(_content(message.text), given.incoming.text))
    return replace(message, text=fill(words, short=short, phone=given.programme.contacts["phone"].value))


def _lead_on(message: Message, given: TurnInput) -> Reply:
    words = _(
        "🙏 Lebih dari itu tidak ada di sumberku, maaf. Yang bisa melihat datamu: Prakerja, {phone} (bebas pulsa) atau "
        "Formulir Pengaduan."
    )
    return _to_people(replace(message, text=fill(words, phone=given.programme.contacts["phone"].value)))


def _to_people(message: Message) -> Reply:
    return Reply((message,)).button(_("💬 Bicara dengan petugas"), conversation_for(Purpose.PERSON))


def _asked_of(text: str, asked: str) -> str:
    """Return the sentences of a text that have to do with a question; all of it where none has."""
    stems = {token.word[:_LETTERS] for token in spelt(asked) if len(token.word) >= _LETTERS}
    timed = any(says(what, asked) for what in ("how long", "when it is", "when it is paid", "until which day"))
    of_money = says("which sum", asked)

    def fits(sentence: str) -> bool:
        if (timed and _OF_TIME.search(sentence)) or (of_money and _OF_MONEY.search(sentence)):
            return True
        return bool(stems & {word[:_LETTERS] for word in re.findall(r"\w+", sentence.casefold())})

    found = [one for one in _SENTENCE.split(text) if one.strip() and fits(one)]
    return "\n".join(found) or text
