"""Which rules hold for the person: those of the wave just named, of their own, or of the newest wave."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.which_wave import FURTHEST, ask_own_wave
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
    return turn.programme.calendar(_named(turn) or turn.participant.wave or _newest(turn), turn.now)


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
    if (named := _named(turn)) is not None:
        return named
    if turn.participant.wave is not None or turn.told("ask_wave") is None:
        spoken_of = turn.talk.get("wave")
        return turn.participant.wave or (int(spoken_of) if spoken_of is not None else None)
    number = await ask_own_wave(turn)
    if number is not None:
        turn.record(WaveTold(number))
    return number


def _named(turn: Turn) -> int | None:
    named = turn.told("wave")
    return int(named) if named is not None and named.isdigit() and 0 < int(named) <= FURTHEST else None


def _newest(turn: Turn) -> int:
    latest = turn.programme.latest_wave(turn.now)
    return latest.number if latest else turn.programme.schemes[0].first_wave
