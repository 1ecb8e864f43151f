"""Statements of SQLite run on the event loop's own thread in tests: changing threads was a sixth of their time.

`sobat run` hands to a thread what may take long, so that nobody waits for it; a test has nobody who waits. Where
threads are the matter (a store that is left in the middle, two who race), a test asks for `threads`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

import pytest

from bot.store.engine import sqlite

T = TypeVar("T")
_IN_THREADS = sqlite._threads


class _AtOnce(Executor):
    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


sqlite._threads = _AtOnce()  # type: ignore[assignment]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements that may take long run in threads, as they do in `sobat run`."""
    monkeypatch.setattr(sqlite, "_threads", _IN_THREADS)
