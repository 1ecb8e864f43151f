"""Which wave is believed: the first that is told, and of two the one whose cutoff comes first, while it is ahead.

Whoever is believed to be in a later wave hears of a later cutoff, and in one that is over hears of none any more: that
takes a word more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from handlers.dialogue.listening import OWN_WAVE_ASKED, Spoken
from handlers.dialogue.register import Purpose, conversation_for
from handlers.dialogue.reply import Reply, button
from handlers.understanding.ones_own import is_own
from handlers.understanding.phrases import says
from handlers.understanding.wave_answer import answered_first
from locales import _, fill
from programme.facts import Certainty
from programme.model.events import Event, WaveTold
from programme.model.participants import Participant
from programme.programme import Programme


def believed(spoken: Spoken) -> WaveTold | None:
    """Return the wave that the person tells of themselves, where it is kept at once."""
    number, person = _told(spoken), spoken.participant
    if number is None or number == person.wave or person.official:
        return None
    return None if takes_a_word_more(number, person, spoken.programme, spoken.now) else WaveTold(number)


def doubted(spoken: Spoken) -> int | None:
    """Return the wave that the person tells of themselves, where it is asked once more."""
    number = _told(spoken)
    if number is None or not takes_a_word_more(number, spoken.participant, spoken.programme, spoken.now):
        return None
    return number


def takes_a_word_more(number: int, person: Participant, programme: Programme, now: datetime) -> bool:
    """Whether a wave is another than the known one, and its cutoff is later than that or lies behind."""
    if person.wave in {None, number} or person.official:
        return False
    own, other = programme.cutoff_of(person), programme.cutoff(number)
    return own is None or other is None or not now <= other.at < own.at


def said_of_wave(
    events: Sequence[Event], before: Participant, programme: Programme, opened: Collection[str]
) -> str | None:
    """Say which wave was noted, where the answer itself does not show it or another one was known."""
    told = next((event.wave for event in reversed(events) if isinstance(event, WaveTold)), None)
    if told is None or (before.wave is None and not {"deadline", "status"}.isdisjoint(opened)):
        return None
    if before.wave is None:
        return fill(_("👌 Kucatat: gelombang {wave}."), wave=told)
    cutoff = programme.cutoff(told)
    if cutoff is None or cutoff.certainty is Certainty.UNSURE:
        return fill(_("👌 Kuganti: kamu di <b>gelombang {wave}</b>, bukan {before}."), wave=told, before=before.wave)
    return fill(
        _("👌 Kuganti: kamu di <b>gelombang {wave}</b>, bukan {before}. Batas belimu {day} pukul 23.59 WIB."),
        wave=told,
        before=before.wave,
        day=cutoff.day,
    )


def words_for_which() -> str:
    """Return the question which of two waves it is, with places for both."""
    return _("🤔 Tadi kucatat gelombang {known}. Jadi kamu di <b>gelombang {wave}</b>? Nomornya tampil di dashboard.")


def asking_which(reply: Reply, number: int, known: int | None) -> Reply:
    """Ask below an answer which of two waves is the person's."""
    asked = reply.also(words_for_which(), known=known, wave=number)
    label = fill(_("✅ Ya, gelombang {wave}"), wave=number)
    own = conversation_for(Purpose.OWN_WAVE)
    return asked.row(
        button(label, own, own_wave=str(number)), button(fill(_("Tetap {wave}"), wave=known), own, own_wave=str(known))
    )


def _told(spoken: Spoken) -> int | None:
    if (said := spoken.own_wave) is not None:
        return said.number
    if (answered := _answered_first(spoken)) is not None:
        return answered
    waves = {entity.value for entity in spoken.understood.entities if entity.kind == "wave"}
    joins = spoken.understood.intent == "register_wave" and not says("the announcement", spoken.text)
    alone = spoken.participant.wave is None and len(waves) == 1 and not joins
    return int(*waves) if alone and is_own(frozenset({"wave"}), spoken.text, today=spoken.today) else None


def _answered_first(spoken: Spoken) -> int | None:
    """Return the number with which a text answers the question for the wave, before it goes on about something else."""
    if spoken.asked not in OWN_WAVE_ASKED:
        return None
    latest = spoken.programme.latest_wave(spoken.now)
    return None if latest is None else answered_first(spoken.text, spoken.today, latest.number)
