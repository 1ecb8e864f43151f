"""Somebody says that they complain, and of what, in the same breath: nothing of that is asked again."""

from __future__ import annotations

import re

from handlers.dialogue.complaint_memory import STORY
from handlers.phrases.matters import MATTER_OF
from handlers.understanding import Understanding

_COMPLAINS = re.compile(
    r"\b(mau|ingin|pengen|pingin|pgn|hendak|izin|ijin|numpang|saya|aku|tolong)\b.{0,12}"
    r"\b(komplain|komplen|complain|mengadu|ngadu|mengeluh|protes|melapor|melaporkan|lapor)\b"
    r"|^\W*(komplain|komplen|pengaduan|aduan)\b|\bwant to complain\b|\bi have a complaint\b",
    re.IGNORECASE,
)
_SHORTEST_STORY = 6  # words; "mau komplain insentif dong" is none


def told_complaint(understood: Understanding) -> dict[str, str] | None:
    """Return what is already told of a complaint, as answers; None where nobody says that they complain."""
    text = understood.text
    about = MATTER_OF.get(understood.intent) if understood.certain else None
    if about is None or not (_COMPLAINS.search(text) or _COMPLAINS.search(understood.normalised)):
        return None
    story = {"complaint": text[:STORY]} if len(text.split()) >= _SHORTEST_STORY else {}
    return {"about": about, **story}
