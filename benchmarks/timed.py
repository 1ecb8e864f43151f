"""The slowest statement of whatever is done meanwhile, as the database's driver sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from bot.store import Store


@dataclass
class Timed:
    """The slowest statement of what was done meanwhile, in milliseconds, and how many there were."""

    slowest: float = 0.0
    statement: str = ""
    count: int = 0
    _began: dict[Any, float] = field(default_factory=dict)

    def before(self, _connection: Any, cursor: Any, *_: Any) -> None:
        self._began[cursor] = time.perf_counter()

    def after(self, _connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        began, task = self._began.pop(cursor, None), asyncio.current_task()
        if began is None:
            return  # it was on its way before
        took = (time.perf_counter() - began) * 1000
        if task is not None and task.get_name().startswith("console: "):
            return  # what the process does by itself
        self.count += 1
        if took > self.slowest:
            self.slowest, self.statement = took, " ".join(statement.split())[:70]


@contextmanager
def timed(store: Store) -> Iterator[Timed]:
    watch, engines = Timed(), {store._reader.sync_engine, store._writer.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", watch.before)
        event.listen(engine, "after_cursor_execute", watch.after)
    yield watch
    for engine in engines:
        event.remove(engine, "before_cursor_execute", watch.before)
        event.remove(engine, "after_cursor_execute", watch.after)
