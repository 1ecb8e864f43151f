"""The moments of a wave that are worth jumping to in the demonstration, and how a moment is written short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from locales import N_, current_language
from programme.model.zones import Zone

_STOPS = (
    (-3, time(9), N_("H-3")),
    (-1, time(9), N_("H-1")),
    (0, time(9), N_("Hari terakhir")),
    (0, time(18), N_("Sore terakhir")),
    (0, time(21), N_("Malam terakhir")),
    (0, time(23, 58), N_("Menit terakhir")),
    (1, time(0, 5), N_("Lewat batas")),
    (1, time(9, 5), N_("Pagi esoknya")),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment with its name (a message id)."""

    name: str
    at: datetime


def stops(last_day: date) -> list[Stop]:
    """Return the stops around a cutoff whose last day in WIB is `last_day`."""
    return [
        Stop(name, datetime.combine(last_day + timedelta(days=days), hour, Zone.WIB.tz)) for days, hour, name in _STOPS
    ]


def short_moment(at: datetime) -> str:
    """Write a moment on the programme's clock: *Sen 18 Okt 09.00*."""
    local = at.astimezone(Zone.WIB.tz)
    return f"{format_date(local.date(), 'EEE d MMM', locale=current_language().locale)} {local:%H.%M}"
