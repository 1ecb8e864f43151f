"""The page in a process of its own, for a browser to look at."""

from __future__ import annotations

import os
import time
from multiprocessing.context import ForkServerProcess
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import ViewportSize

from tests import forked
from tests.browser.served import main
from tests.processes.sobat_run import free_port

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
PATIENCE = 40.0


class Served:
    """The page in a process of its own, which may end and come back at the same address."""

    def __init__(self, *options: str) -> None:
        self._port, self._options = free_port(), options
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: ForkServerProcess | None = None

    def __enter__(self) -> Served:
        self.comes()
        return self

    def __exit__(self, *_: object) -> None:
        self.goes()

    def comes(self) -> None:
        environment = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        self._process = forked.start(main, str(self._port), *self._options, environment=environment)
        _wait_for(self.address, self._process)

    def goes(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(10)
            self._process = None


def _wait_for(address: str, server: ForkServerProcess) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.exitcode is None, "the server ended before it answered"
        try:
            with urlopen(f"{address}/healthz", timeout=1) as answer:  # noqa: S310 - our own server
                assert answer.read() == b"ok"
                return
        except (URLError, TimeoutError):
            time.sleep(0.05)
    pytest.fail("the server did not answer")
