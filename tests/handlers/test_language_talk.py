"""Changing the language, by name or by button; the answer comes in it already."""

from __future__ import annotations

import pytest
from talking import Talk

from handlers.dialogue.english import english_button, offers_english
from locales import languages
from programme.model.messages import Open


async def test_every_language_is_offered_by_its_own_name(talk: Talk) -> None:
    await talk.opens("language")
    assert talk.buttons == [one.name for one in languages().values()]
    await talk.presses("English")
    assert talk.participant.language == "en"
    assert "English" in talk.text


@pytest.mark.parametrize(("words", "code"), [("ganti ke bahasa inggris dong", "en"), ("speak english please", "en")])
async def test_a_named_language_is_taken_at_once(talk: Talk, words: str, code: str) -> None:
    await talk.says(words)
    assert talk.participant.language == code
    assert talk.dialogue is None


async def test_the_way_back_is_open(talk: Talk) -> None:
    await talk.opens("language")
    await talk.says("inggris")
    assert talk.participant.language == "en"
    await talk.opens("choose_language")
    await talk.says("indonesia")
    assert talk.participant.language == "id"
    assert "mulai sekarang aku pakai Bahasa Indonesia" in talk.plain


@pytest.mark.parametrize(
    "words",
    [
        "jangan pakai bahasa inggris nak, ibu tidak mengerti",
        "kok inggris bang, kaga ngerti gw",
        "pake bahasa indo aja yaa kak jangan inggris",
        "bisa bahasa jawa gak",
    ],
)
async def test_a_language_that_may_not_be_wanted_is_asked_about(talk: Talk, words: str) -> None:
    await talk.says(words)
    assert talk.participant.language == "id"
    assert "pesanmu boleh campur bahasa daerah" in talk.text


@pytest.mark.parametrize(
    "words",
    [
        "when is the deadline?",
        "how do I buy a course?",
        "what is the call center number",
        "can I buy two courses at once?",
        "Hello, could you help me with my Prakerja training?",
    ],
)
def test_a_message_in_english_is_recognised(words: str) -> None:
    assert offers_english(words)


@pytest.mark.parametrize(
    "words",
    [
        "hello",
        "deadline kapan min",
        "udah checkout di tokped, i need help with dashboard yang kosong",
        "insentif abdi can cair wae",
        "aku wis lolos gelombang 21, tuku pelatihan e piye",
        "thank you kak",
        "customer service training",
    ],
)
def test_indonesian_with_english_words_is_indonesian(words: str) -> None:
    assert not offers_english(words)


async def test_the_key_to_english_switches_at_once(talk: Talk) -> None:
    action = english_button().action
    assert isinstance(action, Open)
    await talk.opens(action.conversation, **action.answers)
    assert talk.participant.language == "en"
