"""What all tests share."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import settings

import tests.compiled  # noqa: F401 - statements are compiled once for all tests
from tests.databases import (  # noqa: F401 - one PostgreSQL for every folder of tests
    POSTGRES,
    empty_url,
    in_memory,
    postgres_migrated,
    postgres_server,
    postgres_url,
    sqlite_template,
    sqlite_url,
    store,
    tx,
    url,
)
from tests.migrated import migrations  # noqa: F401 - tables are worked out once, too, but for who asks for all of it
from tests.on_the_loop import threads  # noqa: F401 - and who needs them has SQLite's statements in threads

# A slow machine is no failure; and where a change is judged, examples are the same as the time before.
settings.register_profile("sobat", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("sobat")

gc.set_threshold(20_000, 20, 50)


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


# Where Python's own handler stands, asyncio sets one for every fixture and test, and Python words each: with the whole
# app that the fixture gave.
signal.signal(signal.SIGINT, _interrupted)


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the workers makes the folder of their PostgreSQL; they know it by the environment."""
    if not hasattr(config, "workerinput"):
        os.environ[POSTGRES] = tempfile.mkdtemp(prefix="sobat-postgres-")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse to run where pytest-xdist keeps no group together: each process would start a browser of its own."""
    grouped = [item for item in items if item.get_closest_marker("xdist_group")]
    if config.getoption("loadgroup", default=False) and not all("@" in item.nodeid for item in grouped):
        raise pytest.UsageError("this pytest-xdist keeps no group of tests together under this pytest")


def pytest_collection_finish() -> None:
    """What was imported stays; looking through it again and again for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(POSTGRES))


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The event loop on which `sobat run` serves, too: it takes a tenth off the time of whatever waits for sockets."""
    try:
        from uvloop import new_event_loop
    except ImportError:  # not on Windows
        from asyncio import new_event_loop
    return {"loop": new_event_loop}
