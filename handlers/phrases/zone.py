"""Where the person lives: decides on which clock they read a deadline."""

from __future__ import annotations

from handlers.dialogue.in_talk import HERE
from handlers.dialogue.question import Option
from handlers.dialogue.reply import say
from handlers.dialogue.turn import Turn
from handlers.understanding import find_entities
from handlers.understanding.phrases import says
from locales import _
from programme.model.events import ZoneTold
from programme.model.zones import Zone


async def ask_zone(turn: Turn, *, first: str | None = None) -> Zone | None:
    """Ask for the time zone, by its name or by a town, below what is said `first`; None where skipped."""
    options = [
        Option(Zone.WIB, "WIB", (_("barat"),)),
        Option(Zone.WITA, "WITA", (_("tengah"),)),
        Option(Zone.WIT, "WIT", (_("timur"),)),
    ]
    asked = say(
        _(
            "Kamu tinggal di <b>zona waktu</b> mana? Boleh juga ketik nama kotamu.\n\n"
            "<b>WIB</b>: Sumatra, Jawa, Kalbar, Kalteng\n"
            "<b>WITA</b>: Bali, Nusa Tenggara, Sulawesi, Kalsel, Kaltim, Kaltara\n"
            "<b>WIT</b>: Maluku, Papua"
        )
    )
    asked = asked if first is None else asked.after(first)
    value = await turn.choose("zone", asked, options, skip=_("Lewati"), columns=3, read=lambda text: _read(turn, text))
    return None if value is None else Zone(value)


async def own_clock_known(turn: Turn, said: str) -> None:
    """Keep whose clock an hour is said by: that of the place named in this talk; *waktu sini* without one is asked."""
    if turn.participant.zone is not None:
        return
    here = turn.talk.get(HERE)
    if here is not None:
        turn.record(ZoneTold(Zone(here)))
    elif says("an hour of here", said) and (zone := await ask_zone(turn)) is not None:
        turn.record(ZoneTold(zone))


def _read(turn: Turn, text: str) -> str | None:
    found = find_entities(text, today=turn.today, kinds=("zone",))
    return found[0].value if found else None
