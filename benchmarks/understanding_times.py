"""How long a message takes on one core, and a new process to its first answer, in laps of the calibration.

Every round is a process of its own and asks each blind line once, as in real life: its words were mostly met before,
the line itself was not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson

from benchmarks.calibration import calibrated
from benchmarks.result import Result

ROOT = Path(__file__).parents[1]
ROUNDS = 5
P50, P99, START, MEMORY = 2.0, 5.0, 1500, 50  # laps of the processor; MB
_START = """
import time
before = time.process_time()
from datetime import date
from handlers.understanding import understand
understand("halo", today=date(2021, 10, 18))
spent = time.process_time() - before
from pathlib import Path
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
import orjson
print(orjson.dumps([spent, int(status["VmHWM"].split()[0]) / 1024]).decode())
"""
_MESSAGES = """
from pathlib import Path
import orjson
from handlers.understanding.evaluate import figures, judge, read
told = figures(judge(read(Path("tests/understanding/blind.tsv"))))
print(orjson.dumps([told["p50_ms"] / 1000, told["p99_ms"] / 1000]).decode())
"""


def times() -> list[Result]:
    """Return what a message and a start take: of several rounds the quietest."""
    with calibrated() as lap:
        p50, p99 = map(min, zip(*(_run(_MESSAGES) for _ in range(ROUNDS)), strict=True))
        start, memory = map(min, zip(*(_run(_START) for _ in range(ROUNDS)), strict=True))
    p50, p99, start = p50 / lap.cpu, p99 / lap.cpu, start / lap.cpu
    message = Result(
        "CPU laps a message", {"p50": p50, "p99": p99}, f"<= {P50:g}, <= {P99:g}", p50 <= P50 and p99 <= P99
    )
    target = f"<= {START:,} CPU laps, <= {MEMORY} MB"
    values = {"CPU laps": start, "MB": memory}
    return [message, Result("from nothing to the first answer", values, target, start <= START and memory <= MEMORY)]


def _run(script: str) -> list[float]:
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    found: list[float] = orjson.loads(done.stdout)
    return found
