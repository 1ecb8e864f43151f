"""*Teman bilang batasnya jam 12 malam Papua, betul kah?*: yes or no to the moment that somebody named."""

from __future__ import annotations

from datetime import date
from typing import Final

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches, typed
from handlers.understanding import find_entities
from handlers.understanding.residence import places_in
from locales import _
from programme.cutoffs import Cutoff
from programme.model.zones import Zone

_MIDNIGHT: Final = ("00:00", "24:00", "23:59")


def with_yes_or_no(reply: Reply, cutoff: Cutoff, turn: Turn) -> Reply:
    """Put yes or no before a cutoff, where it was asked whether a day or midnight is it."""
    right = _is_right(cutoff, turn) if matches(turn, "is it true") or matches(turn, "is it so") else None
    if right is None:
        return reply
    return reply.after(_("✅ <b>Betul.</b>") if right else _("❌ <b>Bukan</b>, yang benar ini:"))


def _is_right(cutoff: Cutoff, turn: Turn) -> bool | None:
    """Whether the day that is named is the cutoff's, or midnight on the clock that is meant; None where neither is."""
    named = find_entities(typed(turn), today=turn.today)
    days = {date.fromisoformat(one.value).day for one in named if one.kind == "date"}
    hours = {one.value for one in named if one.kind == "hour"}
    zones = {one.value for one in places_in(named)}
    if len(days) == 1 and not hours:
        return days == {cutoff.day.day}
    if not days and len(hours) == 1 and hours <= set(_MIDNIGHT):
        return zones <= {Zone.WIB} if zones or turn.place in {None, Zone.WIB} else None  # whose midnight, nobody said
    return None
