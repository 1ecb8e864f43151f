"""How a moment is told to people east of WIB: on their own clock, and in WIB."""

from __future__ import annotations

from datetime import datetime

from locales import moment
from programme.model.zones import Zone


def hour_there(at: datetime, zone: Zone) -> str:
    """Write the hour alone: *19.00 WIT = 17.00 WIB*."""
    return " = ".join(_hour(at, each) for each in dict.fromkeys((zone, Zone.WIB)))


def moment_there(at: datetime, zone: Zone) -> str:
    """Write the whole moment, in WIB only the hour where it is the same day."""
    there = moment(at, zone.tz, zone.value)
    if zone is Zone.WIB:
        return there
    same_day = at.astimezone(zone.tz).date() == at.astimezone(Zone.WIB.tz).date()
    jakarta = _hour(at, Zone.WIB) if same_day else moment(at, Zone.WIB.tz, Zone.WIB.value)
    return f"{there} = {jakarta}"


def _hour(at: datetime, zone: Zone) -> str:
    return f"{at.astimezone(zone.tz):%H.%M} {zone.value}"
