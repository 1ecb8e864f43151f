"""An event loop whose time passes only when nothing happens: an hour takes a moment."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Waits `grace` seconds for what other threads do, then lets time pass."""

    grace = 0.0
    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0 if timeout == 0 else self.grace if timeout is not None else 5.0)
        if not events and timeout:
            self.passed += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, grace: float) -> None:
        self.clockwork = _Selector()
        self.clockwork.grace = grace
        super().__init__(self.clockwork)

    def time(self) -> float:
        return 1000.0 + self.clockwork.passed

    def stall(self, seconds: float) -> None:
        """Let time pass in which the process does nothing."""
        self.clockwork.passed += seconds


def run(main: Coroutine[Any, Any, T], grace: float = 0.0) -> T:
    loop = VirtualLoop(grace)
    try:
        return loop.run_until_complete(main)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def here() -> VirtualLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    return loop
