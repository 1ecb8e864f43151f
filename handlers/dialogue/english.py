"""Language detection: who writes English, and is answered in Indonesian, is offered the other."""

from __future__ import annotations

import re

from handlers.dialogue.reply import button
from handlers.understanding.lexicon import cues
from programme.model.messages import Button

_WORD = re.compile(r"[a-z]+")
_ENOUGH = 3


def offers_english(text: str) -> bool:
    """Tell whether a message is clearly English: at least three English words, and no Indonesian one."""
    words = _WORD.findall(text.casefold())
    return sum(word in cues("English") for word in words) >= _ENOUGH and cues("Indonesian").isdisjoint(words)


def english_button() -> Button:
    """Return the button that switches to English at once."""
    return button("🇬🇧 English?", "choose_language", language="en")
