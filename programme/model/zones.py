"""Indonesia's three time zones, by the names that people use."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Zone(StrEnum):
    """WIB (UTC+7), WITA (UTC+8) or WIT (UTC+9). The programme's own clock is WIB."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def tz(self) -> ZoneInfo:
        """The IANA zone behind the name."""
        return ZoneInfo(_IANA[self])

    @property
    def ahead(self) -> timedelta:
        """By how much its clock is ahead of the programme's; none of the three changes it during a year."""
        day = datetime(2021, 1, 1)  # noqa: DTZ001 - the same wall clock in both zones
        return day.replace(tzinfo=Zone.WIB.tz) - day.replace(tzinfo=self.tz)


_IANA = {Zone.WIB: "Asia/Jakarta", Zone.WITA: "Asia/Makassar", Zone.WIT: "Asia/Jayapura"}
