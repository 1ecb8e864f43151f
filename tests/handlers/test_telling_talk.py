"""What only tells something may be answered on a guess, for it decides nothing."""

from __future__ import annotations

import pytest

from handlers.dialogue.register import conversations
from handlers.dialogue.whose import notes_something
from tests.handlers.talking import Talk

TELLING = sorted(name for name, known in conversations().items() if known.traits.tells)


@pytest.mark.parametrize("name", TELLING)
async def test_what_tells_notes_nothing(jakarta: Talk, name: str) -> None:
    await jakarta.opens(name)
    assert jakarta.plain
    assert not notes_something(jakarta.events)


@pytest.mark.parametrize("name", ["report_bought", "report_completed", "reminder_settings", "forget_me", "my_zone"])
def test_what_notes_something_does_not_only_tell(name: str) -> None:
    assert name not in TELLING


async def test_a_guess_is_answered_with_the_others_a_tap_away(jakarta: Talk) -> None:
    await jakarta.says("masih ada waktu ko untuk beli itu kelas? beta baru turun dari kebun")
    assert "Kalau tidak salah tangkap" in jakarta.plain
    assert "21 Oktober 2021 pukul 23.59 WIB" in jakarta.plain
