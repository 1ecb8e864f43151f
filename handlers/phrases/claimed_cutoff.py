"""*Teman bilang batasnya jam 12 malam Papua, betul kah?*: yes or no to the moment that somebody named."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches, typed
from handlers.understanding import find_entities
from handlers.understanding.days_asked import days_asked
from handlers.understanding.moments import read_clock
from handlers.understanding.phrases import says
from handlers.understanding.residence import places_in
from locales import _, fill, short_date
from programme.cutoffs import Cutoff
from programme.model.zones import Zone

_MIDNIGHT: Final = ("00:00", "24:00", "23:59")
_MINUTE: Final = timedelta(minutes=1)
_OTHERWISE: Final = ("still in time", "would it be in time")


def with_verdict(reply: Reply, cutoff: Cutoff, turn: Turn) -> Reply:
    """Put yes or no before a cutoff, where it was asked whether a named hour or day, or midnight, is it."""
    verdict = _of_a_rumour(cutoff, turn) or _of_the_hour(cutoff, turn) or _of_the_day(cutoff, turn)
    return reply if verdict is None else reply.after(verdict)


def _of_a_rumour(cutoff: Cutoff, turn: Turn) -> str | None:
    """Return that the cutoff stays, where a message tells of another day for it: nobody's word moves it."""
    moved = any(matches(turn, what) for what in ("the cutoff was moved", "others tell of more time"))
    told = turn.told("date")
    if not moved or (told is not None and date.fromisoformat(told) == cutoff.day):
        return None
    return _("❌ <b>Kabar itu tidak cocok</b> dengan yang kupegang: batasnya tetap yang ini. Jangan disebarkan dulu.")


def _is_another_day(cutoff: Cutoff, turn: Turn) -> bool:
    """Whether the day that is told, now or before, is not the cutoff's."""
    told = turn.told("date")
    return told is not None and date.fromisoformat(told) != cutoff.day


def _of_the_hour(cutoff: Cutoff, turn: Turn) -> str | None:
    """Return whether an hour is the cutoff's where the person is, or that they are right where nothing is named."""
    text = typed(turn)
    there = turn.now.astimezone((turn.place or Zone.WIB).tz)
    clocks = read_clock(text, there)
    of_an_hour = bool(clocks) and says("is it that hour", text) and not any(says(what, text) for what in _OTHERWISE)
    if not of_an_hour and not says("is it right", text):
        return None
    end = cutoff.at.astimezone(there.tzinfo)
    ends = {f"{at:%H:%M}" for at in (end, end + _MINUTE)}
    if any(f"{clock:%H:%M}" in ends for clock in clocks):
        return _("✅ <b>Ya, betul</b>.")
    if clocks:
        return _("❌ <b>Bukan jam itu</b>: yang dihitung pukul 23.59 di Jakarta (WIB).")
    named = {one.kind for one in find_entities(text, today=turn.today)} & {"date", "wave"}
    if named or _is_another_day(cutoff, turn):
        return None if named else _("❌ <b>Bukan</b>, yang benar ini:")
    return _("✅ <b>Ya, betul</b>.")


def _of_the_day(cutoff: Cutoff, turn: Turn) -> str | None:
    """Return whether the day that is named is the cutoff's, or midnight on the clock that is meant."""
    if wrong := _wrong_days(cutoff, turn):
        words = _("✅ Yang benar <b>{day}</b>, bukan tanggal {wrong}.")
        return fill(words, day=short_date(cutoff.day), wrong=_(" atau ").join(wrong))
    asked = any(matches(turn, what) for what in ("is it true", "is it so", "is that the cutoff"))
    if asked and (there := _on_their_clock(cutoff, turn)) is not None:
        return there
    right = _is_right(cutoff, turn) if asked else None
    if right is None:
        return None
    return _("✅ <b>Betul.</b>") if right else _("❌ <b>Bukan</b>, yang benar ini:")


def _on_their_clock(cutoff: Cutoff, turn: Turn) -> str | None:
    """Return how the day that is named stands to the cutoff's on the clock of the place that was spoken of."""
    place, days = turn.place, _days_named(turn)
    if turn.told("zone") is None or place in {None, Zone.WIB} or len(days) != 1:
        return None
    there = cutoff.at.astimezone(place.tz).date()
    if days == {cutoff.day.day}:
        words = _("✅ <b>Betul</b> menurut WIB (jam Jakarta). Di jam {zone} sudah <b>{there}</b>.")
    elif days == {there.day}:
        words = _("✅ <b>Betul</b>, di jam {zone} sudah <b>{there}</b>. Menurut WIB masih {day}.")
    else:
        return None
    return fill(words, zone=place.value, there=short_date(there), day=short_date(cutoff.day))


def _days_named(turn: Turn) -> set[int]:
    named = find_entities(typed(turn), today=turn.today)
    return {date.fromisoformat(one.value).day for one in named if one.kind == "date"}


def _wrong_days(cutoff: Cutoff, turn: Turn) -> list[str]:
    """Return the days of the month that somebody takes for the cutoff's, where it is asked which is right."""
    text = typed(turn)
    asked = turn.told("doubted") is not None or says("which day is right", text) or says("one of these days", text)
    if not asked or says("the announcement", text):
        return []
    dates = (date.fromisoformat(one.value) for one in find_entities(text, today=turn.today) if one.kind == "date")
    named = {str(day.day) for day in (*dates, *days_asked(text, turn.today))} - {str(cutoff.day.day)}
    return sorted(named & set(re.findall(r"\d+", text)))


def _is_right(cutoff: Cutoff, turn: Turn) -> bool | None:
    named = find_entities(typed(turn), today=turn.today)
    days = _days_named(turn)
    hours = {one.value for one in named if one.kind == "hour"}
    zones = {one.value for one in places_in(named)}
    if len(days) == 1 and not hours:
        return days == {cutoff.day.day}
    if not days and len(hours) == 1 and hours <= set(_MIDNIGHT):
        return zones <= {Zone.WIB} if zones or turn.place in {None, Zone.WIB} else None  # whose midnight, nobody said
    return None
