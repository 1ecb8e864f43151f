"""A question of a conversation: its words, the answers it offers, and how it reads free text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handlers.dialogue.by_place import place_alone
from handlers.dialogue.label_said import says_label
from handlers.dialogue.reply import Reply
from handlers.understanding.corrections import forgets
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Answer, Button, Key, Open

SKIPPED = "-"
_STRIPPED = re.compile(r"[^\w|.+-]|_")
_YES_OR_NO = 2  # options
_FEW = 8  # words

MORE = "more"
LEFT_OPEN = frozenset({MORE, "announced_wave", "wave_later"})
"""The names of questions that an answer leaves open: never asked again, and any other goes before them."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered: the value that is kept, the label on its button, and other names for it."""

    value: str
    label: str
    heard_as: tuple[str, ...] = ()
    opens: Open | None = None
    """What its button opens where the question is gone by then; it answers the question while that is open."""


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer that can't be taken, and the sentence that says why."""

    why: str


Reader = Callable[[str], str | Misread | None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `read` turns free text into the value to keep; None means that it isn't an answer."""

    name: str
    words: Reply
    options: tuple[Option, ...]
    read: Reader
    skip: str | None = None
    columns: int = 1
    open_ended: bool = False
    """Whether any text is an answer, so that nothing in it means something else."""

    def as_reply(self) -> Reply:
        """Return the question with its buttons; the dialogue's number is filled in when it is stored."""
        reply = self.words
        for row in _rows([self._key(option) for option in self.options], self.columns):
            reply = reply.row(*row)
        if self.skip is not None:
            reply = reply.row(self._button(self.skip, SKIPPED))
        return reply

    def named(self, text: str) -> str | None:
        """Return the value of a skip, or of an option typed by its name or number."""
        said = plain(text)
        if self.skip is not None and self._is_skipped(said, text):
            return SKIPPED
        if "?" in text and len(self.options) <= _YES_OR_NO:
            return None  # *ya?* asks back
        return self._option_named(said) or self._option_at(place_alone(text))

    def is_forgotten(self, text: str) -> bool:
        """Tell whether a few words say that the person can't tell, beside a guess at it: *lupa namanya, yang hijau*."""
        asked = self.skip is not None and not self.open_ended
        brief = "?" not in text and len(text.split()) <= _FEW
        return asked and brief and forgets(text)

    def _option_at(self, place: int | None) -> str | None:
        """Return the option at a place; to a yes or no nobody says *yang kedua*."""
        if place is None or not _YES_OR_NO < len(self.options) >= place:
            return None
        option = self.options[place - 1]
        return None if _is_a_number(option) else option.value

    def _is_skipped(self, said: str, text: str) -> bool:
        """Whether a text passes a question over: by its button's words, or as somebody does who can't tell."""
        words = {plain(self.skip or ""), *plain(_("lewati|lewat|skip|nanti aja")).split("|")}
        return said in words or (not self.open_ended and says("cannot tell", text))

    def _option_named(self, said: str) -> str | None:
        for place, option in enumerate(self.options, start=1):
            names = {plain(option.label), option.value.casefold(), *map(plain, option.heard_as)}
            if said in names or (said == str(place) and not _is_a_number(option)):
                return option.value
        return next((option.value for option in self.options if says_label(said, option.label)), None)

    def _key(self, option: Option) -> Key:
        return self._button(option.label, option.value) if option.opens is None else Button(option.label, option.opens)

    def _button(self, label: str, value: str) -> Key:
        return Button(label, Answer(0, self.name, value))


def _is_a_number(option: Option) -> bool:
    """Whether the answer is itself a number or an hour, which a typed one would be mistaken for its place."""
    return option.value.isdigit() or option.label[:1].isdigit()


class Unanswered(Exception):
    """The conversation needs the answer to `question` before it can go on."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.name)
        self.question = question


def _rows(keys: list[Key], columns: int) -> Iterable[list[Key]]:
    return (keys[start : start + columns] for start in range(0, len(keys), columns))


def plain(text: str) -> str:
    """Strip case, emoji and punctuation, so that a label typed by hand is recognised."""
    return " ".join(_STRIPPED.sub(" ", text.casefold()).split()).strip(".")
