"""Statements of SQLite run on the event loop's own thread in tests: changing threads was a sixth of their time.

`sobat run` hands to a thread what may take long, so that nobody waits for it; a test has nobody who waits. Where
threads are the matter (a store that is left in the middle, two who race), a test asks for `threads`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.store.engine.sqlite import SQLiteConnection

T = TypeVar("T")
_in_a_thread = SQLiteConnection.run_sync


async def _on_the_loop(self: SQLiteConnection, work: Callable[[Connection], T]) -> T:
    """Do the work; then let others go on, as they do while a thread works."""
    done = work(self.sync_connection)
    if not self._at_once:
        await asyncio.sleep(0)
    return done


SQLiteConnection.run_sync = _on_the_loop  # type: ignore[method-assign]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements that may take long run in threads, as they do in `sobat run`."""
    monkeypatch.setattr(SQLiteConnection, "run_sync", _in_a_thread)
