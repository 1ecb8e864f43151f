"""Ellipsis: a fragment is read with the subject of what was spoken of last put before it.

*Wajib ga?* after the rating is read as *rating dan ulasan wajib ga?*, by the same classifier as any text: where that is
certain of one of the matters of the talk, the fragment was about it. What is foreign to the talk stays so, since the
classifier hears *sertifikat, makan apa ya enaknya* as foreign, too.
"""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import GUESSED, asked_of, settled_of
from handlers.dialogue.listening import Spoken
from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.register import conversations, family_of, traits_of
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn import SAID
from handlers.understanding import understand
from handlers.understanding.phrases import says
from programme.model.messages import Matter, Open

_LONGEST: Final = 8
"""Words of a fragment; a longer text says by itself what it is about."""
_BRIEF: Final = 5
"""Words of a fragment that may only seem to be about something else."""
_SURE: Final = 0.6
_CONTACTS: Final = frozenset(("call_center", "platform_contact"))


def completed(spoken: Spoken) -> Open | None:
    """Return what a fragment asks once it has its subject; None where it is none, or even then nothing is sure."""
    foreign = spoken.understood.certain and spoken.understood.intent == NO_ANSWER
    if spoken.matter is None or foreign or len(spoken.text.split()) > _LONGEST:
        return None
    read = ((matter, _asked_of(matter, spoken)) for matter in spoken.matters)
    return next((_in_short(found, matter, spoken) for matter, found in read if found is not None), None)


def overruled(spoken: Spoken) -> Open | None:
    """Return what a few words ask of the matter, where alone they would mean another though nothing in them says so."""
    understood = spoken.understood
    brief = len(spoken.text.split()) <= _BRIEF and understood.certain and not understood.entities
    if spoken.matter is None or not brief or says("of the programme", spoken.text) or understood.intent in IDLE:
        return None
    if spoken.text.strip().isdecimal() or spoken.matter.conversation in _CONTACTS:
        return None  # a wave's number; a contact has no day and no conditions
    alone = traits_of(understood.intent)
    if alone.trouble or alone.beside or _is_near(understood.intent, spoken.matter):
        return None
    found = _asked_of(spoken.matter, spoken)
    if found is None or found.conversation != spoken.matter.conversation:
        return None
    return _in_short(found, spoken.matter, spoken)


def _in_short(found: Open, matter: Matter, spoken: Spoken) -> Open:
    """Prefer the short answer to *iraha teh?* to the whole of the matter once more."""
    again = found.conversation == matter.conversation
    return (again and asked_of(matter, spoken)) or found


def _asked_of(matter: Matter, spoken: Spoken) -> Open | None:
    subject = _subject(matter.conversation)
    if not subject or GUESSED in matter.told or traits_of(matter.conversation).alert:
        return None
    words = f"{subject} {spoken.text}"
    read = understand(words, today=spoken.today)
    best = read.guesses[0]
    if best.confidence < _SURE or best.intent in {*REPORTS, *IDLE} or not _is_near(best.intent, matter):
        return None
    of_itself = family_of(best.intent) == family_of(matter.conversation)
    opened = matter.conversation if of_itself and not conversations()[matter.conversation].about else best.intent
    traits = traits_of(opened)
    if traits.alert or (opened != matter.conversation and not (traits.tells or traits.trouble)):
        return None
    of_a_clock = "zone" in traits.slots  # elsewhere a town is where somebody is, and no clock
    named = {one.kind: one.value for one in reversed(read.entities) if of_a_clock or one.kind != "zone"}
    return Open(opened, {SAID: words, **settled_of(matter), **named})


def _is_near(intent: str, matter: Matter) -> bool:
    """Whether something is a part of the matter, or what its own short questions lead to."""
    near = {
        matter.conversation,
        *(leads_to.conversation for leads_to in traits_of(matter.conversation).follow_ups.values()),
    }
    return family_of(intent) in {family_of(name) for name in near}


def _subject(name: str) -> str:
    known = conversations().get(name)
    return "" if known is None else known.traits.subject or known.about.casefold()
