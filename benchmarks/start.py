"""From `sobat chat --json` to its first answer."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.calibration import calibrated
from benchmarks.result import Result, quantile
from tests.processes.sobat_run import SOBAT

RUNS, MOST = 15, 10_000  # laps: a second, where a lap takes a tenth of a millisecond


def _once() -> float:
    """Start it, say one line, and return the seconds until a line came back."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *SOBAT, "chat", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write('{"text": "gel 21 terakhir kapan?"}\n')
        process.stdin.flush()
        answer = process.stdout.readline()
        took = time.perf_counter() - began
        process.stdin.close()
    assert answer, "it ended without an answer"
    return took


def main(runs: int = RUNS) -> list[Result]:
    _once()  # whatever is compiled once
    with calibrated() as lap:
        taken = [_once() for _ in range(runs)]
    middle = quantile(taken, 0.5)
    values = {"s p50": middle, "s slowest": max(taken), "laps": middle / lap.wall}
    return [Result("first answer of sobat chat", values, f"<= {MOST:,} laps", middle / lap.wall <= MOST)]
