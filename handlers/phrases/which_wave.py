"""Which wave is meant: as just said, as known of the person, or as answered when asked."""

from __future__ import annotations

import re
from datetime import date

from handlers.dialogue.question import SKIPPED, Misread, Option
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding import find_entities
from handlers.understanding.phrases import says
from locales import _, day_and_month, fill, long_date, short_date
from programme.facts import Certainty
from programme.model.events import WaveTold
from programme.waves import Wave

FURTHEST = 200
"""No wave will have a higher number for long; a larger one is a slip of the finger."""

FORGOT = "forgot"
_OFFERED = 4


async def which_wave(turn: Turn) -> int:
    """Return the wave that was named, else the person's own; asks only where nobody has told it.

    What is answered to the question is the person's own wave, and is kept.
    """
    named = turn.told("wave")
    if named is not None and named.isdigit() and 0 < int(named) <= FURTHEST:
        return int(named)
    if turn.participant.wave is not None:
        return turn.participant.wave
    if (announced := announced_in(turn.said, turn)) is not None:
        return announced
    number = await ask_own_wave(turn)
    if number is None:
        raise AssertionError("without a skip the question is asked until it is answered")
    turn.record(WaveTold(number))
    return number


async def ask_own_wave(turn: Turn, *, words: Reply | None = None, skip: str | None = None) -> int | None:
    """Ask in which wave the person passed; None where skipped.

    Whoever forgot it skips where they may; else they are told where it stands, and find it by its date.
    """
    words = words or say(_("Kamu lolos di <b>gelombang berapa</b>? Pilih, ketik angkanya, atau tanggal diumumkannya."))
    options = [Option(str(wave.number), _label(wave), (_name(wave),)) for wave in _recent(turn)]
    forgot = [] if skip is not None else [Option(FORGOT, _("🤔 Lupa / tidak tahu"))]
    value = await turn.choose(
        "own_wave",
        words,
        [*options, *forgot],
        skip=skip,
        read=lambda text: _read(turn, text) or _forgotten(text, SKIPPED if skip is not None else FORGOT),
    )
    if value == FORGOT:
        value = await _by_date(turn)
    return None if value is None else int(value)


async def _by_date(turn: Turn) -> str | None:
    """Ask for the day of the broadcast instead, and say where the number stands."""
    words = say(
        _(
            "Tidak apa-apa. Nomornya ada di <b>SMS pengumuman</b> dan di <b>dashboard</b> Prakerja.\n\n"
            "Atau ingat kapan kamu diumumkan lolos? Pilih harinya, atau ketik tanggalnya."
        )
    )
    words = words.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    words = words.button(_("☎️ Tanya Prakerja"), "call_center")
    options = [
        Option(str(wave.number), short_date(wave.announced_on), (_name(wave),))
        for wave in _recent(turn)
        if wave.announced_on is not None and wave.announced_certainty is Certainty.PUBLISHED
    ]
    later = _("Cari dulu dengan tenang ya. Begitu ketemu, ketik saja di sini.")
    return await turn.choose(
        "announced_wave",
        words,
        options,
        columns=2,
        read=lambda text: _read(turn, text) or (Misread(later) if _not_known(text) else None),
    )


def announced_in(said: str, turn: Turn) -> int | None:
    """Return the wave that was announced on the day which a text names as that of the announcement; else None."""
    days = [one.value for one in find_entities(said, today=turn.today) if one.kind == "date"] if said else []
    if len(days) != 1 or not says("the announcement", said):
        return None
    number = _announced(turn, date.fromisoformat(days[0]))
    return int(number) if isinstance(number, str) else None


def _recent(turn: Turn) -> list[Wave]:
    """The newest waves in which somebody can have passed by now, newest first.

    That is every wave that was announced, and one that was closed so long ago that it must have been.
    """
    now = turn.now
    known = [wave for wave in turn.programme.waves.values() if wave.as_known_at(now) is wave and not wave.is_open(now)]
    return sorted(known, key=lambda wave: wave.number, reverse=True)[:_OFFERED]


def _name(wave: Wave) -> str:
    return fill(_("Gelombang {number}"), number=wave.number)


def _label(wave: Wave) -> str:
    day = wave.announced_on
    if day is None or wave.announced_certainty is not Certainty.PUBLISHED:
        return _name(wave)
    return fill(_("Gelombang {number} · diumumkan {day}"), number=wave.number, day=day_and_month(day))


def _read(turn: Turn, text: str) -> str | Misread | None:
    """Read a wave by its number, or by the day on which it was announced where a source tells that day."""
    found = {entity.kind: entity.value for entity in reversed(find_entities(text, today=turn.today))}
    if "wave" not in found and "date" in found:
        return _announced(turn, date.fromisoformat(found["date"]))
    bare = find_entities(text, today=turn.today, kinds=("wave",))
    number = bare[0].value if bare else text.strip() if re.fullmatch(r"\s*\d{1,4}\s*", text) else None
    if number is None:
        return None
    if not 0 < int(number) <= FURTHEST:
        return Misread(fill(_("Gelombang {number} belum ada. Coba cek lagi angkanya ya."), number=number))
    return str(int(number))


def _announced(turn: Turn, day: date) -> str | Misread:
    known = (turn.programme.wave(number, turn.now) for number in turn.programme.waves)
    for wave in known:
        if wave and wave.announced_on == day and wave.announced_certainty is Certainty.PUBLISHED:
            return str(wave.number)
    words = _("Setahuku tidak ada gelombang yang diumumkan {day}. Coba cek lagi tanggalnya, atau nomornya di SMS ya.")
    return Misread(fill(words, day=long_date(day)))


def _forgotten(text: str, value: str) -> str | None:
    return value if text == value or _not_known(text) else None


def _not_known(text: str) -> bool:
    """Whether somebody forgot it: *forget me* means something else."""
    return says("not known", text) and not says("delete my data", text)
