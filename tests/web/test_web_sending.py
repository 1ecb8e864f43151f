"""What a browser hands in: nothing in it makes an error, for a browser would send that again for ever."""

from __future__ import annotations

import pytest

from bot.demo.sending import handed_in

ID = "0123456789abcdef"


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        (r"gel 21 \ud83d kapan", "gel 21 \N{REPLACEMENT CHARACTER} kapan"),
        (r"\ud83d\ude42", "\N{SLIGHTLY SMILING FACE}"),
        (r"\u202egel 21\u0000", "\u202egel 21\0"),
    ],
)
def test_of_half_a_character_the_other_signs_are_heard(written: str, heard: str) -> None:
    """As of a text that was cut in the middle of one."""
    said = handed_in(f'{{"id": "{ID}", "words": "{written}"}}'.encode())
    assert said is not None
    assert said.words == heard


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"5", b"null", b"[" * 100_000, b"{}", b'{"id": "x"}', b'{"id": "\xff"}', b'{"id": null}',
     f'{{"id": "{ID}", "words": null}}'.encode(), f'{{"id": "{ID}", "words": ["a"]}}'.encode(),
     f'{{"id": "{ID}", "words": "{"a" * 5000}"}}'.encode(), f'{{"id": "{ID}", "key": [1]}}'.encode()],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_nothing(body: bytes) -> None:
    assert handed_in(body) is None
