"""Where the person lives: decides on which clock they read a deadline."""

from __future__ import annotations

from handlers.question import Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.understanding import find_entities
from locales import _
from programme.zones import Zone


async def ask_zone(turn: Turn, words: Reply | None = None) -> Zone | None:
    """Ask for the time zone, by its name or by a town; None where skipped."""
    options = [
        Option("WIB", _("WIB · Sumatra, Jawa, Kalbar, Kalteng"), ("wib", _("barat"))),
        Option("WITA", _("WITA · Bali, Nusa Tenggara, Sulawesi, Kalsel, Kaltim, Kaltara"), ("wita", _("tengah"))),
        Option("WIT", _("WIT · Maluku, Papua"), ("wit", _("timur"))),
    ]
    asked = words or say(_("Kamu tinggal di <b>zona waktu</b> mana? Boleh juga ketik nama kotamu."))
    value = await turn.choose("zone", asked, options, skip=_("Lewati"), read=lambda text: _read(turn, text))
    return None if value is None else Zone(value)


def _read(turn: Turn, text: str) -> str | None:
    found = find_entities(text, today=turn.today, kinds=("zone",))
    return found[0].value if found else None
