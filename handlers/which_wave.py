"""Which wave is meant: as just said, as known of the person, or as answered when asked."""

from __future__ import annotations

import re

from handlers.question import Misread, Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.understanding import find_entities
from locales import _, fill
from programme.events import WaveTold

FURTHEST = 200
"""No wave will have a higher number for long; a larger one is a slip of the finger."""


async def which_wave(turn: Turn) -> int:
    """Return the wave that was named, else the person's own; asks only where nobody has told it.

    What is answered to the question is the person's own wave, and is kept.
    """
    named = turn.told("wave")
    if named is not None and named.isdigit() and 0 < int(named) <= FURTHEST:
        return int(named)
    if turn.participant.wave is not None:
        return turn.participant.wave
    number = await ask_own_wave(turn)
    if number is None:
        raise AssertionError("without a skip the question is asked until it is answered")
    turn.record(WaveTold(number))
    return number


async def ask_own_wave(turn: Turn, *, words: Reply | None = None, skip: str | None = None) -> int | None:
    """Ask in which wave the person passed; None where skipped."""
    words = words or say(
        _(
            "Kamu lolos di <b>gelombang berapa</b>? Pilih atau ketik angkanya.\n"
            "Lupa? Nomornya ada di SMS pengumuman dan di dashboard Prakerja."
        )
    )
    options = [Option(str(number), fill(_("Gelombang {number}"), number=number)) for number in _recent(turn)]
    value = await turn.choose("own_wave", words, options, skip=skip, columns=2, read=lambda text: _read(turn, text))
    return None if value is None else int(value)


def _recent(turn: Turn) -> list[int]:
    """The newest waves that were announced by now, newest first."""
    announced = [
        number
        for number in turn.programme.waves
        if (wave := turn.programme.wave(number, turn.now)) is not None and wave.announced_at is not None
    ]
    return sorted(announced, reverse=True)[:4]


def _read(turn: Turn, text: str) -> str | Misread | None:
    found = [entity.value for entity in find_entities(text, today=turn.today, kinds=("wave",))]
    number = found[0] if found else text.strip() if re.fullmatch(r"\s*\d{1,4}\s*", text) else None
    if number is None:
        return None
    if not 0 < int(number) <= FURTHEST:
        return Misread(fill(_("Gelombang {number} belum ada. Coba cek lagi angkanya ya."), number=number))
    return str(int(number))
