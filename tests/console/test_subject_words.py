"""Words of what acts are done to: read, and looked for, as people say them."""

from __future__ import annotations

import pytest

from bot.console.subject_words import subject_meant, subject_name
from locales import languages, speaking

SUBJECTS = ("ticket/12", "broadcast/3", "participant/7", "import/2", "incident/1", "list/4", "edit/5", "model/6")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_read_can_be_looked_for(subject: str, language: str) -> None:
    with speaking(language):
        assert "/" not in (named := subject_name(subject, {}))
        assert subject_meant(named) == subject_meant(named.replace("#", "").upper()) == subject


def test_a_member_is_named_and_what_nobody_named_stays() -> None:
    assert subject_name("telegram:9", {"telegram:9": "Sari"}) == "Sari"
    assert subject_name("telegram:8", {}) == subject_meant("telegram:8") == "telegram:8"
    assert subject_name("/konsol/impor", {}) == "/konsol/impor"
