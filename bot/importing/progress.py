"""How far an import is: a bar where somebody looks on, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""

Advance = Callable[[int], None]


class Teller:
    """Tells how far each stage of the work is: share, and rows a second."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console, self._clock = console, clock

    @contextmanager
    def stage(self, doing: str, total: int) -> Iterator[Advance]:
        """Begin a stage of `total` rows; call what is yielded with how many more are done."""
        if self._console.is_terminal:
            with self._bar(doing, total) as advance:
                yield advance
        else:
            yield _Lines(self._console, self._clock, doing, total).advance

    @contextmanager
    def _bar(self, doing: str, total: int) -> Iterator[Advance]:
        words = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"))
        with Progress(*words, TimeRemainingColumn(), console=self._console, transient=True) as progress:
            bar, began, done = progress.add_task(doing, total=total, rate=""), self._clock(), 0

            def advance(more: int) -> None:
                nonlocal done
                done += more
                progress.update(bar, completed=done, rate=_rate(done, self._clock() - began))

            yield advance


class _Lines:
    def __init__(self, console: Console, clock: Callable[[], float], doing: str, total: int) -> None:
        self._console, self._clock, self._doing, self._total = console, clock, doing, total
        self._began = self._told = clock()
        self._done = 0

    def advance(self, more: int) -> None:
        self._done += more
        now = self._clock()
        if now - self._told < EVERY:
            return
        self._told = now
        share = f"{self._done / max(self._total, 1):.0%}"
        rate = _rate(self._done, now - self._began)
        self._console.print(f"{self._doing}: {self._done:,} of {self._total:,} ({share}), {rate}", highlight=False)


def _rate(done: int, seconds: float) -> str:
    return f"{done / seconds:,.0f} rows/s" if seconds > 0 else ""
