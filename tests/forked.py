"""Processes that begin with all imports done and the model loaded, forked by one that did it: that takes longer than
most tests.

What begins by an import is tested where `sobat run` is started as people do: see `tests.processes.sobat_run`.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from bot.app import serve
from bot.demo import pages
from bot.store.engine import migrate

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload([each.__name__ for each in (serve, pages, migrate)] + [__name__, "tests.rehearsed"])


def start(
    main: Callable[..., Any], *words: str, environment: Mapping[str, str], log: Path | None = None
) -> ForkServerProcess:
    """Start a process that calls `main` with these words on its command line, and writes into `log`, if any."""
    if log is not None:
        log.write_bytes(b"")
    process = _FORKED.Process(target=_begin, args=(main, words, dict(environment), log), daemon=True)
    process.start()
    return process


def sobat() -> None:
    """The command line: by its name, for its parts can't be handed to another process."""
    from bot.cli.main import app

    app()


def _begin(main: Callable[..., Any], words: tuple[str, ...], environment: dict[str, str], log: Path | None) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["sobat", *words]
    if log is not None:
        with log.open("ab") as written:
            os.dup2(written.fileno(), 1)
            os.dup2(written.fileno(), 2)
    main()
