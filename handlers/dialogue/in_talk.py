"""What was named in the talk so far, so that nobody is asked for it again.

It goes along with what is spoken of, whatever that is: *di Bukalapak* beside a question about the balance is still
known when a purchase is told of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from handlers.dialogue.follow_up import GUESSED
from handlers.dialogue.listening import OTHERS_WAVE, OWN_WAVE_ASKED, WHOSE, Spoken
from handlers.dialogue.register import Purpose, conversation_for, family_of
from handlers.dialogue.reported import REPORTS
from handlers.understanding.furthest import furthest_told
from handlers.understanding.of_whom import Whose, names_another
from handlers.understanding.payment_days import first_paid_on, told_schedule
from handlers.understanding.phrases import says
from handlers.understanding.relatives import relative_named, writer, writer_named, writes_for_them
from handlers.understanding.reports import Said, said_of
from handlers.understanding.residence import names_place
from handlers.understanding.sentences import sentences
from handlers.understanding.whose_wave import waves_said
from programme.model.messages import Matter
from programme.model.milestones import Milestone
from programme.model.participants import Participant

BOUGHT_AT: Final = "bought_at"
"""The platform that was named of a purchase."""
HERE: Final = "here"
"""The zone of a place that was named in a question of one's own, where one's own zone is not known."""

ANOTHERS: Final = "anothers"
"""Tells that the last answer was for somebody else."""
SOMEBODY: Final = "somebody"
"""Tells that somebody else was spoken of."""
RELATIVE: Final = "relative"
"""Who was introduced by name, as `relatives` keeps it."""
FAR: Final = "far"
"""That somebody is in the dashboard and has the balance."""

NOT_BOUGHT: Final = "not_bought"
"""That somebody said that they have not bought."""

FURTHEST: Final = "furthest"
"""The furthest step that somebody told of themselves beside something else."""

ANNOUNCED_ON: Final = "announced_on"
"""The day by which a wave was told."""

PAID_ON: Final = "paid_on"
"""The day on which the first incentive came in, as it was told."""
SCHEDULED_FOR: Final = "scheduled_for"
"""The day for which money is scheduled, as it was told."""

_BUYING: Final = "purchase_problem"
_OF_ONESELF: Final = (BOUGHT_AT, HERE, FAR, NOT_BOUGHT, FURTHEST, PAID_ON, SCHEDULED_FOR)
_KINDS: Final = ("platform", "partner", "wave", OTHERS_WAVE, SOMEBODY, RELATIVE, ANNOUNCED_ON, *_OF_ONESELF)
"""Kinds of named things that a talk keeps."""


def named_in_talk(matter: Matter | None) -> dict[str, str]:
    """Return what was named in the talk, by kind, the latest of each; somebody else's wave stands for itself."""
    named: dict[str, str] = {}
    for one in () if matter is None else matter.all():
        named = {**one.named, **_of(one), **named}
    return {**named, ANOTHERS: "1"} if matter is not None and WHOSE in matter.told else named


def of_relatives(matter: Matter | None) -> Matter | None:
    """Return nothing but whose relative was spoken of, for the days after a talk; None where there was nobody."""
    named = {kind: value for kind, value in named_in_talk(matter).items() if kind in {OTHERS_WAVE, SOMEBODY, RELATIVE}}
    return Matter(conversation_for(Purpose.MENU), named=named) if named.keys() & {OTHERS_WAVE, RELATIVE} else None


def relative_known(matter: Matter | None, text: str, person: Participant) -> str | None:
    """Return the relative who was introduced, or who says just now that they write for whose account this is."""
    return _writer(text, person) or named_in_talk(matter).get(RELATIVE)


def _writer(text: str, person: Participant) -> str | None:
    """Return who writes for another; of an account without a wave nobody can tell whose it is."""
    if (kin := writer_named(text)) is not None:
        return writer(kin, owner_known=person.wave is not None)
    if person.wave is None or person.has(Milestone.BOUGHT) or not writes_for_them(text, person.wave):
        return None
    return writer("cucu", owner_known=True)


def with_named(matter: Matter, said: Spoken | None, before: Mapping[str, str]) -> Matter:
    """Return what is spoken of with all that was named in the talk `before`, and what was `said` now."""
    named = {**before, **(_said(said) if said is not None else {})}
    return replace(matter, named={kind: named[kind] for kind in _KINDS if kind in named})


def is_past_buying(spoken: Spoken) -> bool:
    """Whether somebody has bought: by what is noted, or by a later step that they tell now or told in this talk."""
    if spoken.participant.has(Milestone.BOUGHT) or FURTHEST in named_in_talk(spoken.matter):
        return True
    return furthest_told(spoken.text, spoken.today) is not None


def is_paid(spoken: Spoken) -> bool:
    """Whether somebody was paid already, by what is noted or told in this talk."""
    paid = Milestone.INCENTIVE_PAID
    return spoken.participant.has(paid) or named_in_talk(spoken.matter).get(FURTHEST) == paid


def of_oneself(matter: Matter | None, text: str) -> Matter | None:
    """Return what is spoken of without whose it was, where a text turns to its writer: *lalu saya sendiri kapan?*."""
    if matter is None or WHOSE not in matter.told or not says("of oneself rather", text):
        return matter
    told = {name: value for name, value in matter.told.items() if name not in {WHOSE, "wave"}}
    return replace(matter, told=told)


def _of(matter: Matter) -> dict[str, str]:
    """Return what a matter is about."""
    told = dict(matter.told) if GUESSED not in matter.told else {}
    if WHOSE in told and "wave" in told:
        told[OTHERS_WAVE] = told.pop("wave")
    if {"wave", "date"} <= told.keys():
        told[ANNOUNCED_ON] = told["date"]
    if "platform" in told and (matter.conversation in REPORTS or family_of(matter.conversation) == _BUYING):
        told[BOUGHT_AT] = told["platform"]
    return {kind: told[kind] for kind in _KINDS if kind in told}


def _said(spoken: Spoken) -> dict[str, str]:
    """Return what a message names: of its places and platforms the one, where it speaks of nobody else."""
    said = waves_said(spoken.text, spoken.today, asked=spoken.asked in OWN_WAVE_ASKED)
    wave = {OTHERS_WAVE if one.whose is Whose.OTHERS else "wave": str(one.number) for one in said}
    if len({one.number for one in said if one.whose is not Whose.OTHERS}) > 1:
        wave.pop("wave")  # *20 atau 21*: which of them, nobody knows
    platforms = {one.value for one in spoken.understood.entities if one.kind == "platform"}
    furthest = furthest_told(spoken.text, spoken.today)
    own = {FURTHEST: furthest} if furthest is not None else {}
    introduced = relative_named(spoken.incoming.text) or _writer(spoken.incoming.text, spoken.participant)
    if introduced is not None or names_another(spoken.text):
        return {**wave, **own, SOMEBODY: "1", **({RELATIVE: introduced} if introduced is not None else {})}
    wished = said_of(Milestone.BOUGHT, spoken.text, today=spoken.today) is Said.AS_A_WISH  # *mau ambil di Pijar Mahir*
    where = {"platform": (at := platforms.pop()), BOUGHT_AT: at if wished else ""} if len(platforms) == 1 else {}
    place = spoken.place if names_place(spoken.text, spoken.today) else None
    here = {HERE: place} if place not in {None, "WIB"} else {}
    denied = any(
        says("no purchase after all", part) for part in sentences(spoken.text)
    )  # *gagal. saya beli* denies none
    unbought = {NOT_BOUGHT: "1"} if denied else {}
    return wave | where | here | unbought | own | _days_of_money(spoken)


def _days_of_money(spoken: Spoken) -> dict[str, str]:
    days = {
        PAID_ON: first_paid_on(spoken.text, spoken.today),
        SCHEDULED_FOR: told_schedule(spoken.text, spoken.today),
    }
    return {kind: day.isoformat() for kind, day in days.items() if day is not None}
