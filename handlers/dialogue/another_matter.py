"""Another matter by its name: *nomer cs tokopedia* in the middle of a certificate is asked of Tokopedia."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.odds import odds_of_fraud
from handlers.dialogue.register import family_of, traits_of
from handlers.understanding.matters import matters_named
from handlers.understanding.phrases import says

_CONTACT: Final = "platform_contact"
"""The intent that asks for the contact of a shop that is named."""
_PROBABLY: Final = 0.8
"""The confidence from which a text asks of the matter that it names."""
_HARDLY: Final = 0.02


def names_another_matter(spoken: Spoken) -> bool:
    """Whether a text names what it asks of, and that is nothing that was spoken of: *nomor prakerja berapa*.

    *Yang itu* is of what was shown, and what is said to a warning is of that unless it is surely no part of it.
    """
    read, matter = spoken.understood, spoken.matter
    if matter is None or not (read.certain or read.confidence >= _PROBABLY):
        return False
    alert = traits_of(matter.conversation).alert
    if (not alert and says("that one", spoken.text)) or (alert and not _has_nothing_of_a_fraud(spoken)):
        return False
    if read.intent == _CONTACT and read.entity("platform") is not None and says("a contact", spoken.text):
        return True
    before = () if alert else matter.earlier()  # a warning is gone back from
    of = {family_of(one.conversation) for one in (matter, *before)}
    return read.intent in matters_named(spoken.text, matter.conversation) and family_of(read.intent) not in of


def _has_nothing_of_a_fraud(spoken: Spoken) -> bool:
    """Whether a question is surely about something else than the fraud that was warned of."""
    read, suspicious = spoken.understood, ("of a fraud", "a stranger wants money", "a stranger wants a code", "a code")
    words = any(says(what, spoken.text) for what in suspicious)
    asks = says("a question", spoken.text) or traits_of(read.intent).trouble or read.intent == _CONTACT
    return read.certain and odds_of_fraud(read) < _HARDLY and not words and asks
