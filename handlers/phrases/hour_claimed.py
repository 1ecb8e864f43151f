"""*Teman bilang batasnya jam 12 malam Papua, betul kah?*: yes or no before the cutoff itself."""

from __future__ import annotations

from datetime import timedelta

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import typed
from handlers.understanding.entities import find_entities
from handlers.understanding.moments import read_clock
from handlers.understanding.phrases import says
from locales import _
from programme.cutoffs import Cutoff
from programme.model.zones import Zone

_MINUTE = timedelta(minutes=1)
_OTHERWISE = ("still in time", "would it be in time")


def with_verdict(reply: Reply, cutoff: Cutoff, turn: Turn) -> Reply:
    """Put before the cutoff whether the hour that somebody asks to have confirmed is that of the cutoff."""
    text = typed(turn)
    there = turn.now.astimezone((turn.place or Zone.WIB).tz)
    clocks = read_clock(text, there)
    if says("is it right", text):
        named = {one.kind for one in find_entities(text, today=turn.today)} & {"date", "wave"}
    elif clocks and says("is it that hour", text) and not any(says(what, text) for what in _OTHERWISE):
        named = set[str]()
    else:
        return reply
    end = cutoff.at.astimezone(there.tzinfo)
    ends = {f"{at:%H:%M}" for at in (end, end + _MINUTE)}
    if any(f"{clock:%H:%M}" in ends for clock in clocks):
        return reply.after(_("✅ <b>Ya, betul</b>."))
    if clocks:
        return reply.after(_("❌ <b>Bukan jam itu</b>: yang dihitung pukul 23.59 di Jakarta (WIB)."))
    return reply if named else reply.after(_("✅ <b>Ya, betul</b>."))
