"""A served page and a browser of the size of a phone or of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Request, ViewportSize, expect, sync_playwright
from serving import PHONE, Served

CHROMIUM = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""Debian's; the first needs a third less of the processor, since it draws no windows."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK: ViewportSize = {"width": 1280, "height": 800}
expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while it is open, no other test can run an event loop of its own."""
    found = next((each for each in CHROMIUM if each.exists()), None)
    if found is None:
        pytest.skip("Debian's chromium is not installed (apt-get install chromium-headless-shell)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(found), args=FLAGS)
        yield chromium
        chromium.close()


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


@pytest.fixture(scope="module")
def tab(browser: Browser, served: str) -> Iterator[Page]:
    with visiting(browser, served) as tab:
        yield tab


@pytest.fixture(scope="module")
def tab_live(browser: Browser, served_live: str) -> Iterator[Page]:
    with visiting(browser, served_live) as tab:
        yield tab


@pytest.fixture
def phone(tab: Page, served: str) -> Iterator[Page]:
    with stranger(tab, served, PHONE):
        yield tab


@pytest.fixture
def desk(tab: Page, served: str) -> Iterator[Page]:
    with stranger(tab, served, DESK):
        yield tab


@pytest.fixture
def live(tab_live: Page, served_live: str) -> Iterator[Page]:
    with stranger(tab_live, served_live, DESK):
        yield tab_live


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Page]:
    """A tab for many visits: one that opens anew would read all of the page's scripts anew."""
    with browser.new_context(locale="id-ID", reduced_motion="reduce", base_url=address) as context:
        yield context.new_page()


@contextmanager
def stranger(tab: Page, address: str, size: ViewportSize) -> Iterator[None]:
    """Open the page as a stranger on Monday morning; what it asks of the network beyond this machine fails the test."""
    abroad: list[str] = []
    errors: list[str] = []

    def requested(request: Request) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            abroad.append(request.url)

    def failed(error: Error) -> None:
        errors.append(str(error))

    tab.on("request", requested)
    tab.on("pageerror", failed)
    tab.set_viewport_size(size)
    tab.request.post("/test/start")
    tab.goto("/")
    tab.wait_for_selector(".composer")
    yield
    tab.goto("/healthz")  # the page ends, and the tab stays the address's own
    tab.remove_listener("request", requested)
    tab.remove_listener("pageerror", failed)
    tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.emulate_media(color_scheme="null")
    tab.context.clear_cookies()
    assert abroad == []
    assert errors == []
