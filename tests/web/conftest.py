"""A served page and a browser of the size of a phone or of a desk."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
PATIENCE = 40.0
expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while it is open, no other test can run an event loop of its own."""
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


class Served:
    """The page in a process of its own, which may end and come back at the same address."""

    def __init__(self, *options: str) -> None:
        self._port, self._options = _free_port(), options
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Served:
        self.comes()
        return self

    def __exit__(self, *_: object) -> None:
        self.goes()

    def comes(self) -> None:
        root = Path(__file__).parents[2]
        environment = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, str(Path(__file__).with_name("served.py")), str(self._port), *self._options],
            env={**environment, "PYTHONPATH": str(root)},
            cwd=root,
        )
        _wait_for(self.address, self._process)

    def goes(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The demonstration; its clock is shared by all who look at it."""
    with Served() as server:
        yield server.address


@pytest.fixture(scope="module")
def served_live() -> Iterator[str]:
    """The page of the real bot, whose clock nobody can move."""
    with Served("live") as server:
        yield server.address


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Page]:
    yield from _open(browser, served, PHONE)


@pytest.fixture
def desk(browser: Browser, served: str) -> Iterator[Page]:
    yield from _open(browser, served, DESK)


@pytest.fixture
def live(browser: Browser, served_live: str) -> Iterator[Page]:
    yield from _open(browser, served_live, DESK)


def _open(browser: Browser, address: str, size: dict[str, int]) -> Iterator[Page]:
    """Open the page as a stranger; whatever it asks of the network beyond this machine fails the test."""
    context = browser.new_context(viewport=size, locale="id-ID", reduced_motion="reduce", base_url=address)
    page = context.new_page()
    abroad: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: _note(abroad, request.url, address))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/")
    page.wait_for_selector(".composer")
    yield page
    context.close()
    assert abroad == []
    assert errors == []


def _note(abroad: list[str], url: str, address: str) -> None:
    if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        abroad.append(url)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urlopen(f"{address}/healthz", timeout=1) as answer:  # noqa: S310 - our own server
                assert answer.read() == b"ok"
                return
        except (URLError, TimeoutError):
            time.sleep(0.05)
    pytest.fail("the server did not answer")
