"""A served page and a browser of the size of a phone or of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import PHONE, Served

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
DESK = {"width": 1280, "height": 800}
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
