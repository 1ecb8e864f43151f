"""Which rules hold for the person: those of the wave just named, of their own, or of the newest wave."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.wave_number import wave_number
from handlers.phrases.which_wave import ask_own_wave
from locales import _
from programme.calendars import Calendar
from programme.model.events import WaveTold
from programme.rules import Scheme


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of `wave`. `assumed` means that nobody named a wave, and the newest one was taken."""

    wave: int
    scheme: Scheme
    calendar: Calendar | None
    assumed: bool = False


async def which_rules(turn: Turn) -> Rules:
    """Return the rules to speak of; asks for the wave only where the person pressed to tell it."""
    number = await _wave(turn)
    assumed = number is None
    number = number or _newest(turn)
    return Rules(number, turn.programme.scheme(number), turn.programme.calendar(number, turn.now), assumed)


def calendar_of(turn: Turn) -> Calendar | None:
    """Return the last days of the programme year for the wave that was named, the person's own, or the newest."""
    return turn.programme.calendar(wave_number(turn.told("wave")) or turn.participant.wave or _newest(turn), turn.now)


def with_assumption(reply: Reply, rules: Rules, conversation: str) -> Reply:
    """Say for which waves the answer holds where none was named, and offer to name it."""
    if not rules.assumed:
        return reply
    first, last = rules.scheme.first_wave, rules.scheme.last_wave
    if last is None:
        reply = reply.also(_("<i>Ini aturan gelombang {first} dan sesudahnya.</i>"), first=first)
    else:
        words = _("<i>Ini aturan gelombang {first}–{last}; gelombang lain bisa beda.</i>")
        reply = reply.also(words, first=first, last=last)
    return reply.button(_("🔢 Pilih gelombangku"), conversation, ask_wave="1")


async def _wave(turn: Turn) -> int | None:
    if (named := wave_number(turn.told("wave"))) is not None:
        return named
    if turn.participant.wave is not None or turn.told("ask_wave") is None:
        return turn.participant.wave or wave_number(turn.talk.get("wave"))
    number = await ask_own_wave(turn)
    if number is not None:
        turn.record(WaveTold(number))
    return number


def _newest(turn: Turn) -> int:
    latest = turn.programme.latest_wave(turn.now)
    return latest.number if latest else turn.programme.schemes[0].first_wave
