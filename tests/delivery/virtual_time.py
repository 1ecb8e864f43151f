"""An event loop whose time passes only when nothing happens: an hour takes a moment."""

from __future__ import annotations

import asyncio
import selectors
from asyncio import Future
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar

T = TypeVar("T")

STUCK = 2.0
"""Seconds of real time after which what is waited for is taken to wait for something in virtual time itself."""


class _Selector(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Waits for threads and sockets as long as any of them is at work; else lets time pass."""

    passed = 0.0
    in_threads = 0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if self._others_work() or timeout is None:
            events = super().select(STUCK if timeout is not None else 5.0)
        if not events and timeout:
            self.passed += timeout
        return events

    def _others_work(self) -> bool:
        """Whether a thread runs for the loop, or a socket besides the loop's own is waited for."""
        return self.in_threads > 0 or len(self.get_map()) > 1


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.clockwork = _Selector()
        super().__init__(self.clockwork)

    def time(self) -> float:
        return 1000.0 + self.clockwork.passed

    def stall(self, seconds: float) -> None:
        """Let time pass in which the process does nothing."""
        self.clockwork.passed += seconds

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> Future[T]:
        self.clockwork.in_threads += 1
        done = super().run_in_executor(executor, func, *args)
        done.add_done_callback(self._thread_is_back)
        return done

    def _thread_is_back(self, _done: Future[Any]) -> None:
        self.clockwork.in_threads -= 1


def run(main: Coroutine[Any, Any, T]) -> T:
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(main)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def here() -> VirtualLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    return loop
