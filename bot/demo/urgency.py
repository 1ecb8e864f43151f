"""How near a cutoff is, as a name for colours and as words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from locales import _, _n
from programme.model.zones import Zone


class Urgency(StrEnum):
    """The degrees of the deadline pictures: the page's colours bear these names."""

    CALM = "calm"
    SOON = "soon"  # three days or two
    TOMORROW = "tomorrow"
    TODAY = "today"
    OVER = "over"
    KEPT = "kept"  # bought in time: nothing to fear any more


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until a cutoff, in calendar days of the programme's clock and in whole minutes."""

    urgency: Urgency
    days: int
    words: str
    short: str


def left_until(cutoff: datetime, now: datetime, *, bought: bool = False) -> Left:
    """Tell what is left at `now` until `cutoff`; both are aware."""
    if bought:
        return Left(Urgency.KEPT, 0, _("Aman, sudah beli"), _("Aman"))
    if now > cutoff:
        return Left(Urgency.OVER, 0, _("Batas sudah lewat"), _("Lewat"))
    days = (cutoff.astimezone(Zone.WIB.tz).date() - now.astimezone(Zone.WIB.tz).date()).days
    short = _n("{days} hari lagi", "{days} hari lagi", days).format(days=days) if days else _("Hari ini")
    return Left(_urgency(days), days, _words(cutoff - now), short)


def _urgency(days: int) -> Urgency:
    match days:
        case 0:
            return Urgency.TODAY
        case 1:
            return Urgency.TOMORROW
        case 2 | 3:
            return Urgency.SOON
        case _:
            return Urgency.CALM


def _words(left: timedelta) -> str:
    hours, minutes = divmod(int(left.total_seconds() // 60), 60)
    days, hours = divmod(hours, 24)
    if days:
        return _("{days} hari {hours} jam {minutes} menit").format(days=days, hours=hours, minutes=minutes)
    if hours:
        return _("{hours} jam {minutes} menit").format(hours=hours, minutes=minutes)
    return _("{minutes} menit").format(minutes=minutes)
