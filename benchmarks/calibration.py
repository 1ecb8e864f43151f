"""How quick the machine is at this moment: a small loop of plain Python and I/O, by which figures are divided.

One *lap* of it writes 200 numbers as JSON into a socket, reads them at its other end, and compares: a tenth of a
millisecond on the machine of docs/PERFORMANCE.md. A figure in laps says the same on a slow machine and on a quick one,
and roughly the same on one that others use, too: the loop runs before and after whatever is measured, for long enough
to be interrupted as that is.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import mean, median

_LAPS = 3000


@dataclass
class Watch:
    """Wall and processor seconds of this process."""

    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.wall, time.process_time() - self.cpu


@dataclass
class Lap:
    """Seconds that one lap takes, by the clock and of the processor; known once the block has ended."""

    wall: float = 0.0
    cpu: float = 0.0


MEASURED: list[Lap] = []
"""Every calibration of this process, to be printed beside its figures."""


@contextmanager
def calibrated() -> Iterator[Lap]:
    """Run the loop before and after the block: what it yields is their mean."""
    lap, before = Lap(), _loop()
    yield lap
    lap.wall, lap.cpu = (mean(both) for both in zip(before, _loop(), strict=True))
    MEASURED.append(lap)


def told() -> dict[str, float]:
    """Return what the loop took in this process: microseconds a lap."""
    if not MEASURED:
        return {}
    walls = [lap.wall * 1e6 for lap in MEASURED]
    shown = {"lap": median(walls), "quickest": min(walls), "slowest": max(walls)}
    return shown | {"of the processor": median(lap.cpu for lap in MEASURED) * 1e6}


def _loop() -> tuple[float, float]:
    here, there = socket.socketpair()
    with here, there:
        watch = Watch()
        for number in range(_LAPS):
            words = {f"key {each}": each * number % 7 for each in range(200)}
            here.sendall(json.dumps(words).encode())
            assert json.loads(there.recv(1 << 16)) == words
        wall, cpu = watch.read()
    return wall / _LAPS, cpu / _LAPS
