"""What of a page is drawn already?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, eq=False)
class Shown:
    """What the parts of a page were drawn from, so that only what changed is drawn anew.

    A part that is drawn anew has new elements, and a press on one of the old ones, which is on its way from the
    browser meanwhile, would be lost. That is why nothing is drawn anew only because something else changed.
    """

    _parts: dict[str, object] = field(default_factory=dict)

    def differs(self, part: str, source: object) -> bool:
        """Whether a part has to be drawn anew from this; from then on it counts as drawn from it."""
        if part in self._parts and self._parts[part] == source:
            return False
        self._parts[part] = source
        return True

    def forget(self, part: str) -> None:
        """Have a part drawn anew at the next time: what held it is gone."""
        self._parts.pop(part, None)


def to_the_minute(now: datetime) -> datetime:
    """Return the minute of a moment: how long something takes or is left is told to the minute, and drawn anew then."""
    return now.replace(second=0, microsecond=0)
