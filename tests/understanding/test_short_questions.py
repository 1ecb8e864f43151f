"""Short questions in many regions' words, and what is none."""

from __future__ import annotations

import pytest

from handlers.dialogue.register import after_any, conversations, traits_of
from handlers.understanding.phrases import says
from handlers.understanding.short_questions import NONE, asked_in_short
from handlers.understanding.train_short_questions import lines

HEARD_BY_ITSELF = {"said again", "not clear", "a contact", "the conditions", "how to do it", "what to do now"}
"""Phrases that `follow_up` asks for in its own code."""
NOT_ANSWERED = {"the same of another", "online or in person"}
"""Known, so that they are taken for nothing else."""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("kudu ngomong karo sapa", "whom to ask"),
        ("ke siapa ka bertanya", "whom to ask"),
        ("nomernye mane", "a contact"),
        ("kuwe sepisan tok apa saben wulan", "how many times"),
        ("sampe tanggal piro", "until which day"),
        ("nunggune pirang dino yo", "how long"),
        ("maisinyo di ma", "where to do it"),
        ("wajib kah ini", "must it be"),
        ("bs mundur?", "leniency"),
        ("trs k siapa dong", "whom to ask"),
    ],
)
def test_a_short_question_is_heard_in_words_that_no_list_has(text: str, asked: str) -> None:
    assert asked in asked_in_short(text)


@pytest.mark.parametrize(
    "text", ["iya", "besok pagi", "siap kak", "sudah kubeli kemarin", "insentif kapan cair", "bukan yang itu", "lupa"]
)
def test_answers_and_matters_of_their_own_are_none(text: str) -> None:
    assert asked_in_short(text) == ()


def test_every_class_is_something_that_a_conversation_goes_on_from() -> None:
    classes = {line.intent for line in lines()} - {NONE}
    listed = {what for name in conversations() for what in traits_of(name).follow_ups}
    assert classes - listed - set(after_any()) == (HEARD_BY_ITSELF | NOT_ANSWERED) - listed - set(after_any())
    assert not any(says(what, "tidak ada") for what in classes - NOT_ANSWERED)  # each has phrases of that name
