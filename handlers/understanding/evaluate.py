"""How well messages are understood: a file of `text TAB acceptable,intents[,more]`, or one message in detail."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from handlers.understanding import OUT_OF_SCOPE, Understanding, understand

TODAY = date(2021, 10, 18)
"""The day on which the test messages were written, for their relative dates."""


class Line(NamedTuple):
    """One test message and the intents that would be right for it."""

    text: str
    expected: frozenset[str]


class Judged(NamedTuple):
    """A test message beside what was understood and the milliseconds that one core worked on it."""

    line: Line
    meaning: Understanding
    ms: float

    @property
    def right(self) -> bool:
        """Whether the best guess is acceptable."""
        return self.meaning.intent in self.line.expected

    @property
    def near(self) -> bool:
        """Whether an acceptable intent is among the best three."""
        return any(guess.intent in self.line.expected for guess in self.meaning.guesses[:3])

    @property
    def turned_away(self) -> bool:
        """Whether nothing within the programme was answered without asking."""
        return not self.meaning.certain or self.meaning.intent == OUT_OF_SCOPE


def read(path: Path) -> Iterator[Line]:
    """Yield the lines of a test file; raise ValueError naming the first line that has no intent."""
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        text, _, rest = row.partition("\t")
        expected = frozenset(intent.strip() for intent in rest.split("\t")[0].split(",") if intent.strip())
        if not expected:
            raise ValueError(f"{path}:{number}: needs a text, a tab and the acceptable intents")
        yield Line(text, expected)


def judge(lines: Iterable[Line], *, today: date = TODAY) -> list[Judged]:
    """Understand every line, each timed by itself, as in a process that has answered a few hundred messages before."""
    judged = []
    for text in ("halo", *_some_training_texts()):
        understand(text, today=today)
    for line in lines:
        start = time.thread_time_ns()
        meaning = understand(line.text, today=today)
        judged.append(Judged(line, meaning, (time.thread_time_ns() - start) / 1e6))
    return judged


def figures(judged: list[Judged]) -> dict[str, Any]:
    """Return the measures; shares are of all lines, None where there is nothing to measure.

    *coverage* is the share answered without asking, *accuracy_answered* how many of these answers are right,
    *rejected_out_of_scope* the share of out-of-scope lines that no intent of the programme answers.
    """
    answered = [one for one in judged if one.meaning.certain]
    outside = [one for one in judged if OUT_OF_SCOPE in one.line.expected]
    times = sorted(one.ms for one in judged)
    return {
        "n": len(judged),
        "top1": _share(one.right for one in judged),
        "top3": _share(one.near for one in judged),
        "coverage": _share(one.meaning.certain for one in judged),
        "accuracy_answered": _share(one.right for one in answered),
        "rejected_out_of_scope": _share(one.turned_away for one in outside),
        "p50_ms": _quantile(times, 0.5),
        "p99_ms": _quantile(times, 0.99),
        "wrong": [_told(one) for one in judged if not one.right],
    }


def evaluate_file(path: Path, *, today: date = TODAY) -> dict[str, Any]:
    """Return the measures over a test file; raises OSError or ValueError if it cannot be read."""
    return figures(judge(read(path), today=today))


def _some_training_texts() -> Iterator[str]:
    for path in sorted((Path(__file__).parent / "training" / "intents").glob("*.tsv")):
        yield from (row.partition("\t")[2] for row in path.read_text("utf-8").splitlines()[-8:])


def _told(one: Judged) -> dict[str, Any]:
    return {
        "text": one.line.text,
        "expected": sorted(one.line.expected),
        "got": one.meaning.intent,
        "confidence": round(one.meaning.confidence, 3),
        "answered": one.meaning.certain,
    }


def _share(flags: Iterable[bool]) -> float | None:
    counted = list(flags)
    return round(sum(counted) / len(counted), 4) if counted else None


def _quantile(ordered: list[float], share: float) -> float | None:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 4) if ordered else None
