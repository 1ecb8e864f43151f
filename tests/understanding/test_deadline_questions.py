"""A thousand questions about the deadline: the wave is the right one, or none."""

from __future__ import annotations

from datetime import date

from handlers.understanding import understand
from tests.understanding.deadline_questions import questions


def test_no_question_is_given_another_waves_deadline():
    """Over waves, phrasings, spellings, slips and questions without a wave, no wrong wave is ever read."""
    found = 0
    for question in questions(1000):
        waves = {e.value for e in understand(question.text, today=date(2021, 10, 18)).entities if e.kind == "wave"}
        assert waves <= {str(question.wave)}, question
        found += bool(waves)
    assert found >= 700
