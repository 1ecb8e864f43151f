"""How well secrets are cut out of messages, and what it costs; the messages are those of `tests/redaction`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from benchmarks.calibration import calibrated
from benchmarks.result import Result, quantile
from programme.redaction.cutter import redact
from tests.redaction.drawn import Message, leaks, ordinary
from tests.redaction.judging import LONG, left_of
from tests.redaction.natural import natural_leaks, natural_ordinary

CUT, INTO = 99.5, 0.5  # %, at least, and less than
NATURAL_CUT, NATURAL_INTO = 97.0, 1.0
SLOWEST = 200  # laps


def main(count: int = 2000) -> list[Result]:
    secret, plain = list(leaks(count)), list(ordinary(count))
    lines = [
        _judged(f"drawn, {name}", _only(secret, held), _only(plain, held), CUT, INTO)
        for name, held in (("open", False), ("held out", True))
    ]
    lines += [
        _judged(
            f"natural, {name}", natural_leaks(aside=aside), natural_ordinary(aside=aside), NATURAL_CUT, NATURAL_INTO
        )
        for name, aside in (("open", False), ("put aside", True))
    ]
    return [*lines, _cost([message.text for message in (*secret, *plain)])]


def _only(messages: Iterable[Message], held_out: bool) -> Iterator[Message]:
    return (message for message in messages if message.held_out is held_out)


def _judged(name: str, secret: Iterable[Message], plain: Iterable[Message], cut: float, into: float) -> Result:
    """Judge messages that give something away, and others of which nothing must be cut."""
    leaked = [not left_of(message, redact(message.text)[0]) for message in secret]
    touched = [redact(message.text)[0] != message.text for message in plain]
    shares = 100 * sum(leaked) / len(leaked), 100 * sum(touched) / len(touched)
    values = {"leaks": len(leaked), "% cut": shares[0], "ordinary": len(touched), "% cut into": shares[1]}
    met = shares[0] >= cut and shares[1] < into
    return Result(name, values, f">= {cut:g} % cut, under {into:g} % cut into", met)


def _cost(messages: list[str]) -> Result:
    with calibrated() as lap:
        taken = [_seconds(text) for text in messages]
        worst = max(min(_seconds(text) for _ in range(3)) for text in LONG.values())
    values = {"p50": quantile(taken, 0.5), "p99": quantile(taken, 0.99), "worst of 10,000 characters": worst}
    laps = {name: seconds / lap.cpu for name, seconds in values.items()}
    return Result("CPU laps a message", laps, f"worst <= {SLOWEST} laps", worst <= SLOWEST * lap.cpu)


def _seconds(text: str) -> float:
    before = time.thread_time()  # of this thread: others on the machine do not count
    redact(text)
    return time.thread_time() - before
