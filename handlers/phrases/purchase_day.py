"""The day of a purchase: days of the programme are those of WIB, whatever day it is where the person lives."""

from __future__ import annotations

from datetime import date, datetime

from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.understanding.moments import read_clock
from locales import Html, _, fill
from programme.model.milestones import Milestone
from programme.model.zones import Zone


def in_jakarta(day: date | None, turn: Turn) -> date | None:
    """Return which day it was in Jakarta on a day of the person's own: in the east it is past midnight before."""
    if day is None:
        return None
    there = turn.now.astimezone(turn.participant.local.tz)
    clocks = read_clock(turn.said, there) if turn.said and turn.told("date") == day.isoformat() else ()
    if clocks and turn.told("hour") in {f"{clock:%H:%M}" for clock in clocks}:  # else by another zone's clock
        likely = clocks[-1]  # *tanggal 22 jam 1* may be the afternoon, and then it was late
        return datetime.combine(day, likely, there.tzinfo).astimezone(Zone.WIB.tz).date()
    return min(day, turn.now.astimezone(Zone.WIB.tz).date())


def day_told(there: date, jakarta: date, turn: Turn) -> Html:
    """Write a day, with its zone where it is another day in WIB."""
    if there == jakarta:
        return Html(fill("{day}", day=jakarta))
    zone = turn.participant.local.value
    return Html(fill(_("{there} {zone} = {jakarta} WIB"), there=there, zone=zone, jakarta=jakarta))


def was_in_time(turn: Turn) -> bool | None:
    """Tell whether the purchase that is noted was in time; None where that can't be known."""
    step, cutoff = turn.participant.progress.get(Milestone.BOUGHT), turn.cutoff
    if step is None or cutoff is None:
        return None
    if step.on is None:
        return True if turn.now <= cutoff.at else None
    return step.on <= cutoff.day


def before_which(turn: Turn) -> Html:
    """Write the cutoff that a purchase was before, in one line."""
    assert turn.cutoff is not None  # noqa: S101 - known wherever it was in time
    return Html(on_both_clocks(turn.cutoff, turn.place or Zone.WIB).replace("\n", " "))
