"""Somebody says that they complain, and of what, in the same breath: nothing of that is asked again."""

from __future__ import annotations

from handlers.dialogue.complaint_memory import STORY
from handlers.phrases.matters import MATTER_OF
from handlers.understanding import Understanding
from handlers.understanding.phrases import says

_SHORTEST_STORY = 6  # words; "mau komplain insentif dong" is none


def told_complaint(understood: Understanding) -> dict[str, str] | None:
    """Return what is already told of a complaint, as answers; None where nobody says that they complain."""
    text = understood.text
    about = MATTER_OF.get(understood.intent) if understood.certain else None
    if about is None or not says("a complaint", text):
        return None
    story = {"complaint": text[:STORY]} if len(text.split()) >= _SHORTEST_STORY else {}
    return {"about": about, **story}
