"""*Itu jam berapa? Live-nya di mana?*: what a broadcast said, told again, with its hours on the person's own clock."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.announced import ANNOUNCED, hours_of
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _, fill
from programme.model.messages import Open
from programme.model.zones import Zone

NAME: Final = "announced"
_LONGEST: Final = 16
"""Words of a text that asks what was announced."""
_ZONES_AHEAD: Final = {Zone.WIB: 0, Zone.WITA: 60, Zone.WIT: 120}
"""Minutes by which each clock is ahead of Jakarta's."""


def asks_what_was_announced(spoken: Spoken) -> Open | None:
    """Hear a question for the hour, the day or the place of what the last broadcast announced."""
    text, matter = spoken.text, spoken.matter
    if matter is None or ANNOUNCED not in matter.told or len(text.split()) > _LONGEST:
        return None
    elsewhere = says("of the deadline", text) or spoken.understood.entity("wave") is not None
    if elsewhere or not (says("what was announced", text) or says("in whose time", text)):
        return None
    return Open(NAME, {ANNOUNCED: matter.told[ANNOUNCED], **_place(spoken)})


def _place(spoken: Spoken) -> dict[str, str]:
    return {"zone": spoken.place} if spoken.place is not None else {}


@conversation(
    NAME, traits=Traits(purpose=Purpose.ANNOUNCED, expects=asks_what_was_announced, slots=frozenset({"zone"}))
)
async def announced(turn: Turn) -> Reply:
    """Say again what was written, and no more: nothing else is known of it."""
    text = turn.told(ANNOUNCED) or ""
    reply = say(_("📣 Yang tertulis di pengumuman itu:\n“{text}”"), text=text)
    lines = [_on_clocks(minutes, turn.place) for minutes in hours_of(text)]
    if lines:
        reply = reply.also("\n".join(lines))
    return with_next_step(reply.also(_("Di luar yang tertulis itu, aku belum tahu.")), turn)


def _on_clocks(minutes: int, place: Zone | None) -> str:
    """Write an hour of Jakarta's clock as it is where the person is, or everywhere."""
    others = [place] if place not in {None, Zone.WIB} else [Zone.WITA, Zone.WIT]
    there = " = ".join(f"{_clock(minutes + _ZONES_AHEAD[zone])} {zone.value}" for zone in others if zone is not None)
    return fill(_("🕙 {jakarta} WIB = {there}"), jakarta=_clock(minutes), there=there)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}.{minutes % 60:02d}"
