"""Indonesia's three time zones, by the names that people use."""

from __future__ import annotations

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


_IANA = {Zone.WIB: "Asia/Jakarta", Zone.WITA: "Asia/Makassar", Zone.WIT: "Asia/Jayapura"}
