"""Language detection: who writes English, and is answered in Indonesian, is offered the other."""

from __future__ import annotations

import re

from handlers.dialogue.reply import button
from programme.model.messages import Button

_WORD = re.compile(r"[a-z]+")
_ENGLISH = frozenset(
    _WORD.findall(
        "a about am an and any are at bought buy can could course deadline did do does find for from get has have hello"
        " help how i in is it me must my need not of on or please should show tell that the there this to training"
        " until was what when where which who why will with would you your"
    )
)
_INDONESIAN = frozenset(
    _WORD.findall(
        "ada aja aku apa bagaimana batas beli belum berapa bisa blm buat cara dan dari di dong ga gak gimana ini itu"
        " kak kalau kapan karena ke kenapa kok mana mau min nggak nya saya sudah tidak tolong udah untuk ya yang"
    )
)
_ENOUGH = 3


def offers_english(text: str) -> bool:
    """Tell whether a message is clearly English: at least three English words, and no Indonesian one."""
    words = _WORD.findall(text.casefold())
    return sum(word in _ENGLISH for word in words) >= _ENOUGH and _INDONESIAN.isdisjoint(words)


def english_button() -> Button:
    """Return the button that switches to English at once."""
    return button("🇬🇧 English?", "choose_language", language="en")
