"""*Aku gelombang 21*, *saya tinggal di Jayapura*: what people tell of themselves without asking anything."""

from __future__ import annotations

import re
from datetime import date

from handlers.deadline import deadline
from handlers.dialogue.listening import OWN_WAVE_ASKED, WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.own_wave import believed, doubted, takes_a_word_more
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.dialogue.whose import own_words
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_wave import FORGOT, which_wave
from handlers.phrases.zone import ask_zone
from handlers.understanding import Understanding
from handlers.understanding.ones_own import is_own
from handlers.understanding.phrases import says
from handlers.understanding.residence import Residence, residence_in
from handlers.understanding.statements import names_somebody
from locales import _
from programme.model.events import Event, WaveTold, ZoneTold
from programme.model.messages import Open, Sort
from programme.model.zones import Zone

_ONLY = frozenset(
    (
        *(
            "saya",
            "lolos",
            "lulus",
            "di",
            "dari",
            "gelombang",
            "peserta",
            "penerima",
            "tinggal",
            "domisili",
            "asal",
            "orang",
        ),
        *("kota", "daerah", "sudah", "yang", "ikut", "masuk", "termasuk", "sekarang", "salah", "bukan", "i", "am"),
        *("in", "live", "from", "passed", "living", "staying", "based", "are", "now", "here", "kita"),
    )
)
_HEDGES = frozenset(
    ("kalau", "tidak", "salah", "kayaknya", "sepertinya", "rasanya", "if", "not", "wrong", "mistaken", "think")
)
"""Words of *gelombang 21 kalau tidak salah*, which names that wave all the same."""
_OF_ONESELF = frozenset(("status", "start"))
"""Matters that are about the person's own steps."""
_BRIEF = 12  # words
_FIRST_PERSON = frozenset(("saya", "lolos", "lulus", "i", "am", "passed"))


def statement(spoken: Spoken) -> Recognised | None:
    """Hear what is nothing but a statement of oneself."""
    if (unsure := _wave_sought(spoken)) is not None:
        return unsure
    own = own_words(spoken.incoming)
    if own and (number := doubted(spoken)) is not None and not _asks_more(spoken):
        return Recognised(Open("which_of_two", {"wave": str(number)}), "deadline", spoken.understood.confidence)
    name = told_of_oneself(spoken.understood, spoken.today)
    if name == "my_zone" and spoken.matter is not None and WHOSE in spoken.matter.told:
        return None  # where somebody else is
    if name == "deadline" and own and _is_of_oneself(spoken):
        name = "my_wave"
    return Recognised(Open(name, spoken.told), "deadline", spoken.understood.confidence) if name is not None else None


def _is_of_oneself(spoken: Spoken) -> bool:
    """Whether a wave by itself is one's own, since one's own steps were spoken of: *aku lolos*, then *gelombang 21*."""
    unknown = spoken.participant.wave is None and "?" not in spoken.text
    return unknown and spoken.matter is not None and spoken.matter.conversation in _OF_ONESELF


def _asks_more(spoken: Spoken) -> bool:
    """Whether a text that tells a wave asks or tells something else as well."""
    return says("a question", spoken.text) or bool(spoken.understood.also) or len(spoken.text.split()) > _BRIEF


def _wave_sought(spoken: Spoken) -> Recognised | None:
    """Hear *lolos tapi lupa gelombang berapa*, and whoever says of registering that they have passed already."""
    understood, text = spoken.understood, spoken.text
    named = understood.entity("wave") or understood.entity("date")
    if spoken.participant.wave is not None or named is not None or names_somebody(text):
        return None
    if (
        spoken.asked in OWN_WAVE_ASKED
        or says("not passed yet", text)
        or understood.also[:1] not in {(), ("report_completed",)}
    ):
        return None
    unclear = understood.intent in {"register_wave", "deadline"} or not understood.certain
    if unclear and says("forgot the wave", text):
        return Recognised(Open("deadline", {"own_wave": FORGOT}), "deadline")
    passed = understood.intent == "register_wave" and says("has passed", text) and not says("have I passed", text)
    return Recognised(Open("status"), "status") if passed else None


def told_of_oneself(understood: Understanding, today: date) -> str | None:
    """Return the conversation that takes such a statement; None where the text says anything else."""
    kinds = {entity.kind for entity in understood.entities}
    if not kinds or not kinds <= {"wave", "zone"}:
        return None
    words = _beside_names(understood)
    if names_only_a_place(understood) and (_is_named_twice(understood) or words & _WHERE_ONE_IS):
        return "my_zone"
    if says("if I am right", understood.text):
        words -= _HEDGES
    if not words <= _ONLY:
        return None
    if "bukan" in words and len(understood.entities) == 1:
        return "change_wave" if kinds == {"wave"} else None
    if words and not is_own(frozenset(kinds), understood.text, today=today):
        return "deadline" if kinds == {"wave"} else None
    if "zone" in kinds:
        return "my_zone"
    return "my_wave" if words & _FIRST_PERSON else "deadline"


def _is_named_twice(understood: Understanding) -> bool:
    """Whether one place is told by several names, as one writes where one is: *di bitung, sulut. WITA*."""
    zones = [entity.value for entity in understood.entities if entity.kind == "zone"]
    return len(zones) > 1 and len(set(zones)) == 1


_WHERE_ONE_IS = frozenset({"di", "dari", "sini", "saya"})
"""Words by which one tells where one is: *di makassar kak*, and not *makassar* alone."""
_BESIDE_A_PLACE = frozenset({"di", "dari", "ke", "saja", "ini", "itu", "sini", "saya"})
"""Words that say no more than a place by itself."""


def names_only_a_place(understood: Understanding) -> bool:
    """Tell whether a text is nothing but a place, which is the person's own where one's zone is about to be asked."""
    kinds = {entity.kind for entity in understood.entities}
    return kinds == {"zone"} and _beside_names(understood) <= _BESIDE_A_PLACE and "?" not in understood.text


def _beside_names(understood: Understanding) -> set[str]:
    named = " ".join(entity.text for entity in understood.entities).casefold().split()
    return set(re.sub(r"<\w+>", " ", understood.normalised).split()) - set(named)


def said_of_oneself(spoken: Spoken) -> list[Event]:
    """Return what the person tells of themselves in passing: *saya gelombang 21 di Bali, cara belinya gimana*.

    Only what was not known yet, or is so no more (*sekarang tinggal di Makassar*), and only where one zone is named; of
    two waves the one that is believed.
    """
    understood, person = spoken.understood, spoken.participant
    told: list[Event] = []
    if (wave := believed(spoken)) is not None:
        told.append(wave)
    if not any(entity.kind == "zone" for entity in understood.entities):
        return told
    home = residence_in(understood.text, today=spoken.today)
    if home is not None and (person.zone is None or (person.zone != home.zone and _lives(home, spoken.text))):
        told.append(ZoneTold(Zone(home.zone)))
    return told


def _lives(home: Residence, text: str) -> bool:
    return home.lives or says("moved house", text)


@conversation("my_wave", traits=Traits(listens={Stage.STATEMENT: statement}, notes=said_of_oneself, beside=True))
async def my_wave(turn: Turn) -> Open:
    """Keep the wave that the person named as theirs, and tell its cutoff; of two it is asked which."""
    number = await which_wave(turn)
    spoken = turn.said and turn.incoming.sort is Sort.TEXT and own_words(turn.incoming)
    if spoken and takes_a_word_more(number, turn.participant, turn.programme, turn.now):
        return Open("which_of_two", {"wave": str(number)})
    if not turn.participant.official:
        turn.record(WaveTold(number))
    return Open("deadline", {**turn.answers, "wave": str(number)})


@conversation("my_zone", commands=("zona",), traits=Traits(beside=True))
async def my_zone(turn: Turn) -> Reply:
    """Keep where the person lives, and tell the cutoff on that clock."""
    zone = await ask_zone(turn)
    if zone is None:
        return with_next_step(say(_("Oke, tidak ada yang diubah.")), turn)
    turn.record(ZoneTold(zone))
    if turn.told("wave") is not None and not turn.participant.official:
        turn.record(WaveTold(await which_wave(turn)))
    reply = say(_("👌 Kucatat: kamu di zona <b>{zone}</b>."), zone=zone.value)
    return with_next_step(reply, turn) if turn.participant.wave is None else reply.then(await deadline(turn))
