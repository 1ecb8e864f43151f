"""How long a message takes on one core, and a new process to its first answer.

Alone, for a quiet machine: `python -m benchmarks understanding --times`. Every round is a process of its own and asks
each blind line once, as in real life: its words were mostly met before, the line itself was not. Told is CPU time, the
quietest round first, then the usual one; and beside it what a fixed loop of Python took meanwhile, so that a machine
that others use, or a slower one, can be told from slower code.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import orjson

ROOT = Path(__file__).parents[1]
ROUNDS = 7
_START = """
import time
before = time.process_time(), time.perf_counter()
from datetime import date
from handlers.understanding import understand
understand("halo", today=date(2021, 10, 18))
spent = time.process_time() - before[0], time.perf_counter() - before[1]
from pathlib import Path
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
import orjson
print(orjson.dumps([*spent, int(status["VmHWM"].split()[0]) / 1024]).decode())
"""
_MESSAGES = """
import sys, time
from pathlib import Path
import orjson
from handlers.understanding.evaluate import figures, judge, read

def loop():
    before = time.thread_time_ns()
    total = 0
    for number in range(20_000):
        total += number * number % 7
    return (time.thread_time_ns() - before) / 1e6

loops = [loop() for _ in range(25)]
told = figures(judge(read(Path("tests/understanding/blind.tsv"))))
loops += [loop() for _ in range(25)]
print(orjson.dumps([told["p50_ms"], told["p99_ms"], sorted(loops)[25]]).decode())
"""


def times(rounds: int = ROUNDS) -> dict[str, Any]:
    """Return milliseconds a message, seconds of a start (best round, usual round) and the most MB of memory."""
    messages = [_run(_MESSAGES) for _ in range(rounds)]
    starts = [_run(_START) for _ in range(rounds)]
    p50, p99, loops = zip(*messages, strict=True)
    cpu, wall, memory = zip(*starts, strict=True)
    return {
        "p50_ms": _best_and_usual(p50),
        "p99_ms": _best_and_usual(p99),
        "loop_ms": _best_and_usual(loops),
        "start_cpu_s": _best_and_usual(cpu),
        "start_s": _best_and_usual(wall),
        "memory_mb": round(max(memory), 1),
    }


def _best_and_usual(values: tuple[float, ...]) -> tuple[float, float]:
    return round(min(values), 3), round(median(values), 3)


def _run(script: str) -> list[float]:
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    found: list[float] = orjson.loads(done.stdout)
    return found
