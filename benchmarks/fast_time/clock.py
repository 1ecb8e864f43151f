"""The night's clock: one for all processes, running faster than ours, and leaping where nothing is under way.

It lies in a small file that every process maps: which of two lines holds, and in each when it began (of the machine's
monotonic clock, which all processes share), what was shown then (seconds since 1970), and the pace.
"""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_LINE: Final = struct.Struct("<ddd")
_FIRST: Final = 8  # bytes before the lines; the first of them says which line holds
_LENGTH: Final = _FIRST + 2 * _LINE.size


class NightClock:
    """Shows the night's time. Never goes back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _LENGTH)

    def now(self) -> datetime:
        """Return the night's moment in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def seconds(self) -> float:
        """Return the same in seconds since 1970."""
        began, shown, pace = _LINE.unpack_from(self._map, self._place(self._map[0]))
        return float(shown + (time.monotonic() - began) * pace)

    @staticmethod
    def _place(line: int) -> int:
        return _FIRST + line * _LINE.size


class Conductor(NightClock):
    """The one hand that moves the clock."""

    def __init__(self, path: Path, at: datetime) -> None:
        path.write_bytes(bytes(_LENGTH))
        super().__init__(path)
        self.pace = 0.0
        self._set(at.timestamp())

    def run(self, pace: float) -> None:
        """Go on from here, making `pace` seconds of a real one."""
        at, self.pace = self.seconds(), pace
        self._set(at)

    def leap(self, to: datetime) -> None:
        """Be at `to` at once; a moment that is past changes nothing."""
        if to > self.now():
            self._set(to.timestamp())

    def _set(self, shown: float) -> None:
        """Write the line that nobody reads, then have it read."""
        line = 1 - self._map[0]
        _LINE.pack_into(self._map, self._place(line), time.monotonic(), shown, self.pace)
        self._map[0] = line
