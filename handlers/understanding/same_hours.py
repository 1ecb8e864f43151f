"""Hours in several zones, as a text names them: *jam 10 malam jakarta = jam 12 malam jayapura*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from handlers.understanding.entities import hours, names
from handlers.understanding.entities.span import Asked
from handlers.understanding.lexicon import cues
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token
from programme.model.zones import Zone

_DAY: Final = 24 * 60
_HALF: Final = 12 * 60
_PLACES: Final = Asked(date.min, frozenset({"zone"}))


class HourThere(NamedTuple):
    """Minutes of a day on the clock of a zone; `certain` tells that no hour twelve hours later can be meant."""

    minutes: int
    zone: Zone
    certain: bool

    def on_clock_of(self, zone: Zone) -> HourThere:
        """Return the same moment on the clock of another zone."""
        later = (zone.ahead - self.zone.ahead) // timedelta(minutes=1)
        return HourThere((self.minutes + later) % _DAY, zone, self.certain)

    def is_same(self, other: HourThere) -> bool:
        """Tell whether both name the same moment, as far as they are certain."""
        apart = (self.on_clock_of(other.zone).minutes - other.minutes) % _DAY
        return apart == 0 or (apart == _HALF and not (self.certain and other.certain))


def hours_there(text: str, here: Zone | None) -> list[HourThere]:
    """Return the hours of a text with the zone that stands beside each; *sini* is `here`. Others are left out."""
    tokens = spelt(text)
    clocks, places = list(hours.clocks(tokens)), _places(tokens, here)
    lead = any(clocks and place == clocks[0].first - 1 for place, _zone in places)  # *di Jakarta jam 8, sini jam 10*
    found = list[HourThere]()
    for at, clock in enumerate(clocks):
        ends = clocks[at + 1].first if at + 1 < len(clocks) else len(tokens)
        behind = [zone for place, zone in places if clock.last <= place < ends]
        before = [zone for place, zone in places if place < clock.first]
        zone = before[-1] if before and (lead or (at == 0 and not behind)) else next(iter(behind), None)
        if zone is not None:
            found.append(HourThere(clock.minutes % _DAY, zone, clock.certain))
    return found


def but_said_twice(text: str, here: Zone | None) -> str:
    """Return a text from its second hour on, where that is the first one on another clock and has the day beside it."""
    tokens, hours_said = spelt(text), hours_there(text, here)
    clocks = list(hours.clocks(tokens))
    if len(hours_said) != 2 or len(clocks) != 2 or not hours_said[0].is_same(hours_said[1]):
        return text
    second = text[tokens[clocks[1].first].start :]
    return second if says("a day", second) and not says("a day", text.removesuffix(second)) else text


def zones_named(text: str, here: Zone | None) -> list[Zone]:
    """Return the zones that a text names, each once, in their order."""
    return list(dict.fromkeys(zone for _place, zone in _places(spelt(text), here)))


def hours_between(one: Zone, other: Zone) -> int:
    """Return by how many hours two zones differ."""
    return abs(one.ahead - other.ahead) // timedelta(hours=1)


def _places(tokens: Sequence[Token], here: Zone | None) -> list[tuple[int, Zone]]:
    """Return where zones stand: by name, by a town, or as the place where somebody is."""
    named = [(span.first, Zone(span.value)) for span in names.find(list(tokens), _PLACES) if span.kind == "zone"]
    own = [(at, here) for at, token in enumerate(tokens) if here is not None and token.raw in cues("here")]
    return sorted((*named, *own))
