"""Words that are denied are not looked for."""

import pytest

from handlers.understanding.ruled_out import meant_rather, without_denied


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("jgn yg masak, yang jahit aja", "yang jahit aja"),
        ("bukan yang foto, yg video aja", "yg video aja"),
        ("bukan microsoft office mas. sy office boy", "sy office boy"),
    ],
)
def test_what_a_denial_is_of_goes_with_it(text: str, rest: str) -> None:
    assert without_denied(text) == rest


def test_a_denial_at_the_end_is_left_out() -> None:
    assert meant_rather("sy mau jualan bukan masak") == "sy mau jualan"
