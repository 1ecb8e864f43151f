"""How far an import is: a bar where somebody looks on, else a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""

Advance = Callable[[int], None]


class Stages(Protocol):
    """Whoever wants to know how far an import is."""

    def stage(self, doing: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a stage of `total` rows; call what is yielded with how many more are done."""


class Teller:
    """Tells how far each stage of the work is: share, and rows a second."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def stage(self, doing: str, total: int) -> Iterator[Advance]:
        """Begin a stage of `total` rows; call what is yielded with how many more are done."""
        seen = self._console.is_terminal
        words = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"))
        with Progress(
            *words, TimeRemainingColumn(), console=self._console, transient=True, disable=not seen
        ) as progress:
            bar, told = progress.add_task(doing, total=total, rate=""), time.monotonic()

            def advance(more: int) -> None:
                nonlocal told
                progress.advance(bar, more)
                (task,) = progress.tasks
                rate = f"{task.completed / (task.elapsed or 1):,.0f} rows/s"
                progress.update(bar, rate=rate)
                if not seen and time.monotonic() - told >= EVERY:
                    told = time.monotonic()
                    share = f"{task.completed / max(total, 1):.0%}"
                    self._console.print(f"{doing}: {task.completed:,} of {total:,} ({share}), {rate}", highlight=False)

            yield advance
