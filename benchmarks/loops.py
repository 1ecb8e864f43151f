"""The event loop of all benchmarks: the one on which `sobat run` serves."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run on uvloop where there is one. Told to end, it is cancelled, and stops what it started."""
    try:
        import uvloop
    except ImportError:  # not on Windows
        return asyncio.run(_until_told(main))
    return uvloop.run(_until_told(main))


async def _until_told(main: Coroutine[Any, Any, T]) -> T:
    task = asyncio.current_task()
    assert task is not None
    with suppress(NotImplementedError):  # Windows
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await main
