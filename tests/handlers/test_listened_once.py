"""Who listens to a text is asked once, however many on its way want to know what they heard."""

from __future__ import annotations

from collections import Counter

import pytest

from handlers.dialogue import register
from handlers.dialogue.listening import Listener, Spoken, Stage
from programme.model.participants import Participant
from tests.handlers.talking import Talk


@pytest.mark.parametrize("text", ["cara beli pelatihan", "insentif belum cair"])
async def test_listeners_of_a_stage_are_asked_once_a_text(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    asked = Counter[tuple[Stage, str]]()

    def of(stage: Stage) -> Listener:
        def hears_nothing(spoken: Spoken) -> None:
            asked[stage, spoken.text] += 1

        return hears_nothing

    monkeypatch.setattr(register, "_listeners", lambda: {stage: (of(stage),) for stage in Stage})
    await Talk(Participant(id=1, welcomed=True)).says(text)
    assert asked[Stage.ALARM, text] == 1
    assert set(asked.values()) == {1}
