"""From `sobat chat --json` to its first answer, beside what Python takes for the libraries that it can't do without."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.bench import Result, quantile

RUNS = 15
_CHAT = ("-c", "from bot.cli.main import app; app()", "chat", "--json")
_LIBRARIES = ("-c", "import sqlalchemy.ext.asyncio, numpy, typer, babel.dates, orjson; print(input())")


def once(words: tuple[str, ...]) -> float:
    """Start Python with `words`, say one line, and return the seconds until a line came back."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write('{"text": "gel 21 terakhir kapan?"}\n')
    process.stdin.flush()
    answer = process.stdout.readline()
    took = time.perf_counter() - began
    process.stdin.close()
    process.wait()
    assert answer, "it ended without an answer"
    return took


def main(runs: int = RUNS) -> list[Result]:
    """Take turns, so that both have the same share of a noisy machine."""
    once(_CHAT)  # whatever is compiled once
    taken = [(once(_CHAT), once(_LIBRARIES)) for _ in range(runs)]
    chat, libraries = (quantile(list(column), 0.5) for column in zip(*taken, strict=True))
    slowest = max(ours for ours, _ in taken)
    return [
        Result("first answer of sobat chat (s)", {"p50": chat, "slowest": slowest}, "< 1 s", chat < 1),
        Result("its libraries alone (s)", {"p50": libraries, "share": libraries / chat}),
    ]
