"""Corrections of what was told before: *eh salah, bukan Pintaria, Tokopedia*, *gel 20 aku, bukan 21*."""

from __future__ import annotations

import re

from handlers.dialogue.follow_up import CORRECTED
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Purpose, conversation_for, traits_of
from handlers.dialogue.reported import REPORTS
from handlers.understanding.corrections import speaks_of_oneself
from handlers.understanding.instead import denies_day, denies_place, meant_instead
from handlers.understanding.sentences import but_questions
from handlers.understanding.spelling import spelt
from programme.model.messages import Open


def corrected(spoken: Spoken) -> Open | None:
    """Hear *eh salah, bukan Pintaria, Tokopedia*: the same as before, of what was meant instead."""
    matter = spoken.matter
    if (wave := denies_own_wave(spoken)) is not None:
        return Open(conversation_for(Purpose.OWN_WAVE), {"own_wave": wave})
    if matter is None:
        return None
    traits = traits_of(matter.conversation)
    slots = traits.slots | traits.corrected_by
    meant = meant_instead(but_questions(spoken.text), spoken.today, bare_number="wave" in slots)
    known = {"wave": str(spoken.participant.wave), **matter.told}  # *oh jadi 21, bukan 18* changes no wave
    instead = {kind: value for kind, value in meant.items() if kind in slots and value != known.get(kind)}
    again = "date" in slots & meant.keys() and any(map(str.isdecimal, spoken.text))
    if not instead and again and matter.conversation in REPORTS:
        return Open(matter.conversation, {**matter.told, CORRECTED: "1"})  # as it was corrected already
    if instead == {"date": spoken.today.isoformat()} and not denies_day(spoken.text, spoken.today):
        return None  # *tadi salah info* tells when the mistake was made
    if not instead and matter.conversation in REPORTS and denies_place(spoken.text, matter.told.get("platform")):
        kept = {kind: value for kind, value in matter.told.items() if kind != "platform"}
        return Open(matter.conversation, {**kept, CORRECTED: "1"})
    if "wave" in instead and spoken.participant.wave is None and speaks_of_oneself(spoken.text):
        return Open(conversation_for(Purpose.OWN_WAVE), {"own_wave": instead["wave"]})
    if "wave" in instead and matter.told.get("wave") == str(spoken.participant.wave):
        return Open(conversation_for(Purpose.OWN_WAVE), {"own_wave": instead["wave"]})
    return Open(matter.conversation, {**matter.told, **instead, CORRECTED: "1"}) if instead else None


def denies_own_wave(spoken: Spoken) -> str | None:
    """Return the wave that a text names in place of the person's own: *gel 20 aku, bkn 21*."""
    own, named = spoken.participant.wave, spoken.understood.entity("wave")
    meant = " ".join(token.word for token in spelt(spoken.text))
    if own is None or named in {None, str(own)} or not re.search(rf"\bbukan\D{{0,12}}{own}\b", meant):
        return None
    return named
