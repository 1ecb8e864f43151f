"""Which language is spoken, and what happens where a sentence or a language is not known."""

from __future__ import annotations

import pytest

from locales import _, _n, current_language, languages, speaking


def test_indonesian_is_spoken_unless_told_otherwise():
    assert current_language().code == "id"
    assert _("Batal") == "Batal"


@pytest.mark.parametrize("code", ["xx", "", "EN", "../en"])
def test_an_unknown_language_speaks_indonesian(code: str):
    with speaking(code):
        assert current_language().code == "id"
        assert _("Batal") == "Batal"


def test_english_is_spoken_within_the_block_only():
    with speaking("en"):
        assert _("Batal") == "Cancel"
        with speaking("id"):
            assert _("Batal") == "Batal"
        assert _("Batal") == "Cancel"
    assert _("Batal") == "Batal"


def test_the_language_is_put_back_after_an_error():
    with pytest.raises(ZeroDivisionError), speaking("en"):
        _ = 1 / 0
    assert current_language().code == "id"


def test_a_sentence_that_nobody_translated_is_said_in_indonesian():
    with speaking("en"):
        assert _("Kalimat yang belum ada di kamus") == "Kalimat yang belum ada di kamus"


@pytest.mark.parametrize(
    ("code", "said"), [("id", ["1 hari lagi", "3 hari lagi"]), ("en", ["1 day left", "3 days left"])]
)
def test_one_day_and_more_days(code: str, said: list[str]):
    with speaking(code):
        assert [_n("{days} hari lagi", "{days} hari lagi", days).format(days=days) for days in (1, 3)] == said


def test_each_language_says_its_own_name():
    assert {code: language.name for code, language in languages().items()} == {
        "en": "English",
        "id": "Bahasa Indonesia",
    }
