import pytest

from handlers.dialogue.answer_first import before_a_question


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("sudah tampil min, boleh beli satu lagi?", "sudah tampil min,", "boleh beli satu lagi?"),
        ("udh muncul min 👍 eh tp saldonya bs diuangin gk?", "udh muncul min 👍 eh", "tp saldonya bs diuangin gk?"),
    ],
)
def test_the_words_before_a_question_are_cut_off(text: str, first: str, rest: str) -> None:
    assert before_a_question(text) == (first, rest)


@pytest.mark.parametrize("text", ["sudah tampil belum ya?", "sudah tampil min", "kapan cair?", "sudah, yakin?"])
def test_a_text_that_is_one_thing_is_not_cut(text: str) -> None:
    assert before_a_question(text) is None
