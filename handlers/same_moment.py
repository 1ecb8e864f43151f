"""*Jam 10 malam Jakarta = jam 12 malam Jayapura, betul?*: hours of several zones, held against each other."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.before_cutoff import with_cutoff
from handlers.understanding.phrases import says
from handlers.understanding.same_hours import HourThere, hours_between, hours_there, zones_named
from locales import _, fill
from programme.model.messages import Open
from programme.model.zones import Zone

NAME: Final = "same_moment"
_AGAIN: Final = "again"
"""The answer that tells that clocks were spoken of just now, so that the cutoff need not be told once more."""
_BOTH: Final = 2


def asks_of_two_clocks(spoken: Spoken) -> Open | None:
    """Hear whether two hours are the same, what an hour is elsewhere, or by how much two places differ."""
    text = spoken.text
    other = any(says(what, text) for what in ("still in time", "not late yet", "to be reminded"))
    if spoken.incoming.forwarded or other:
        return None
    here = spoken.participant.zone
    hours, zones = hours_there(text, here), zones_named(text, here)
    compared = len(hours) == _BOTH and hours[0].zone is not hours[1].zone and _is_compared(text)
    converted = len(hours) == 1 and len(zones) == _BOTH and says("which hour it is", text)
    apart = not hours and len(zones) == _BOTH and says("how far apart the clocks are", text)
    if apart and (says("of the deadline", text) or says("the cutoff there", text)):
        east = [zone for zone in zones if zone is not Zone.WIB]  # in WIB the cutoff is what it is called
        there = east[0] if len(east) == 1 else next(zone for zone in zones if zone is not spoken.participant.local)
        return Open("deadline", {**spoken.told, "zone": there.value})  # *batasnya di Jayapura jam berapa, kan beda*
    again = {_AGAIN: "1"} if spoken.matter is not None and spoken.matter.conversation == NAME else {}
    return Open(NAME, {SAID: text, **again}) if compared or converted or apart else None


def _is_compared(text: str) -> bool:
    return "=" in text or says("a question", text) or says("is it so", text) or says("the same hour", text)


@conversation(NAME, traits=Traits(tells=True, expects=asks_of_two_clocks, follow_ups=DATE_QUESTIONS))
async def same_moment(turn: Turn) -> Reply:
    """Say yes or no first, and the hours; then the person's own cutoff on their clock."""
    here = turn.participant.zone
    hours, zones = hours_there(turn.said, here), zones_named(turn.said, here)
    match hours:
        case [one, other] if one.is_same(other):
            reply = say(_("✅ <b>Betul</b>: {one} = {other}."), one=_written(one), other=_written(other))
        case [one, other]:
            right = _written(one.on_clock_of(other.zone))
            reply = say(_("❌ <b>Bukan</b>: {one} = <b>{right}</b>."), one=_written(one), right=right)
        case [one] if len(zones) == _BOTH:
            other_zone = next(zone for zone in zones if zone is not one.zone)
            reply = say("{one} = <b>{other}</b>.", one=_written(one), other=_written(one.on_clock_of(other_zone)))
        case _:
            reply = _apart(zones)
    return reply if turn.told(_AGAIN) is not None else with_cutoff(reply, turn, _("⏰ Batas belimu: {when}"))


def _apart(zones: list[Zone]) -> Reply:
    if len(zones) != _BOTH:
        return say(_("🕛 WITA 1 jam lebih dulu dari WIB, WIT 2 jam lebih dulu."))
    first, second = zones
    words = _("🕛 {first} dan {second} beda <b>{hours} jam</b>.")
    return say(words, first=first.value, second=second.value, hours=hours_between(first, second))


def _written(one: HourThere) -> str:
    return fill("{hour} {zone}", hour=f"{one.minutes // 60:02d}.{one.minutes % 60:02d}", zone=one.zone.value)
