"""Which wave is meant: as just said, as known of the person, or as answered when asked."""

from __future__ import annotations

import re
from datetime import date

from handlers.dialogue.listening import OTHERS_WAVE
from handlers.dialogue.question import SKIPPED, Misread, Option
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.possible_waves import announced_between, first_to_come, possible_waves
from handlers.phrases.wave_number import FURTHEST, wave_number
from handlers.understanding import find_entities
from handlers.understanding.phrases import says
from handlers.understanding.wave_answer import announced_about, numbers_answered
from locales import _, day_and_month, fill, long_date
from programme.facts import Certainty
from programme.model.events import WaveTold
from programme.waves import Wave

FORGOT = "forgot"
_ABOUT = "about "
"""What an answer begins with that tells only about when the wave was announced."""
_OFFERED = 4


async def which_wave(turn: Turn) -> int:
    """Return the wave that was named, else the person's own; asks only where nobody has told it.

    What is answered to the question is the person's own wave, and is kept.
    """
    if (named := wave_number(turn.told("wave"))) is not None:
        return named
    if turn.participant.wave is not None:
        return turn.participant.wave
    if (announced := announced_in(turn.said, turn)) is not None:
        return announced
    spoken_of = wave_number(turn.talk.get("wave")) or _of_whom_it_is_all(turn)
    if spoken_of is not None and turn.told("own_wave") is None:
        return spoken_of
    number = await ask_own_wave(turn)
    if number is None:
        raise AssertionError("without a skip the question is asked until it is answered")
    turn.record(WaveTold(number))
    return number


def _of_whom_it_is_all(turn: Turn) -> int | None:
    """Return the wave of somebody else, where the person has said nothing of one of their own: a parent's child's."""
    return None if says("of oneself rather", turn.said) else wave_number(turn.talk.get(OTHERS_WAVE))


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
        read=lambda text: _read(turn, text) or _forgotten(text, _passed_over(text) if skip is not None else FORGOT),
    )
    if value == FORGOT or (value or "").startswith(_ABOUT):
        value = await _found_later(turn, value or "")
    return None if value is None else int(value)


async def _found_later(turn: Turn, forgotten: str) -> str | None:
    """Tell what it may be, and leave the question open; the second time, what to go by until it is found."""
    words = possible_waves(turn, _span_of(forgotten))
    value = await turn.choose("announced_wave", words, [], read=lambda text: _found(turn, text))
    if value is None or value.isdecimal():
        return value
    later = possible_waves(turn, span) if (span := _span_of(value)) is not None else _until_found(turn)
    return await turn.choose("wave_later", later, [], read=lambda text: _number(turn, text))


def _found(turn: Turn, text: str) -> str | Misread | None:
    return _read(turn, text) or _forgotten(text, FORGOT)


def _until_found(turn: Turn) -> Reply:
    """Say that there is time to look, and which cutoff to go by meanwhile."""
    reply = say(_("Cari dulu dengan tenang ya. Begitu ketemu, ketik saja angkanya di sini."))
    first = first_to_come(turn)
    return (
        reply if first is None else reply.also(_("Sementara itu pegang <b>{day} pukul 23.59 WIB</b>."), day=first.day)
    )


def announced_in(said: str, turn: Turn) -> int | None:
    """Return the wave that was announced on the day which a text names as that of the announcement; else None."""
    days = [one.value for one in find_entities(said, today=turn.today) if one.kind == "date"] if said else []
    if len(days) != 1 or not says("the announcement", said):
        return None
    day = date.fromisoformat(days[0])
    number = _announced(turn, day, day)
    return int(number) if isinstance(number, str) and number.isdecimal() else None


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
    if text.startswith(_ABOUT):
        return text
    numbers = _numbers(turn, text)
    if len(numbers) > 1:
        return FORGOT  # *20 apa 21 ya*
    if numbers:
        return _within(numbers[0])
    span = announced_about(text, turn.today)
    return None if span is None else _announced(turn, *span)


def _number(turn: Turn, text: str) -> str | Misread | None:
    numbers = _numbers(turn, text)
    return _within(numbers[0]) if len(numbers) == 1 else None


def _numbers(turn: Turn, text: str) -> list[int]:
    if re.fullmatch(r"\s*\d{1,4}\s*", text):
        return [int(text)]
    return numbers_answered(text, turn.today, max((wave.number for wave in _recent(turn)), default=0))


def _within(number: int) -> str | Misread:
    if not 0 < number <= FURTHEST:
        return Misread(fill(_("Gelombang {number} belum ada. Coba cek lagi angkanya ya."), number=number))
    return str(number)


def _announced(turn: Turn, first: date, last: date) -> str | Misread:
    """Return the wave that was announced on a day; of one about then, only that it may be it."""
    waves = [turn.programme.waves[number] for number in announced_between(turn, (first, last))]
    for wave in waves:
        if wave.announced_on == first == last and wave.announced_certainty is Certainty.PUBLISHED:
            return str(wave.number)
    if waves:
        return f"{_ABOUT}{first.isoformat()} {last.isoformat()}"
    words = _("Setahuku tidak ada gelombang yang diumumkan {day}. Coba cek lagi tanggalnya, atau nomornya di SMS ya.")
    return Misread(fill(words, day=long_date(first)))


def _span_of(forgotten: str) -> tuple[date, date] | None:
    """Return the days that an answer keeps about which it was announced."""
    if not forgotten.startswith(_ABOUT):
        return None
    first, last = forgotten.removeprefix(_ABOUT).split()
    return date.fromisoformat(first), date.fromisoformat(last)


def _passed_over(text: str) -> str:
    """Return what not knowing means where the question may be skipped: who says what is forgotten wants it found."""
    return FORGOT if says("forgot the wave", text) else SKIPPED


def _forgotten(text: str, value: str) -> str | None:
    return value if text == value or says("forgot the wave", text) or _not_known(text) else None


def _not_known(text: str) -> bool:
    """Whether somebody forgot it: *forget me* means something else."""
    return says("not known", text) and not says("delete my data", text)
