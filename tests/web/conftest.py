"""A served page and a browser of the size of a phone or of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
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
DESK = {"width": 1280, "height": 800}
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
def visits(browser: Browser, served: str) -> Iterator[BrowserContext]:
    yield from _visits(browser, served)


@pytest.fixture(scope="module")
def visits_live(browser: Browser, served_live: str) -> Iterator[BrowserContext]:
    yield from _visits(browser, served_live)


def _visits(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser that has been at this address before: it has the page's libraries, and nothing of anybody."""
    context = browser.new_context(locale="id-ID", reduced_motion="reduce", base_url=address)
    yield context
    context.close()


@pytest.fixture
def phone(visits: BrowserContext, served: str) -> Iterator[Page]:
    yield from _open(visits, served, PHONE)


@pytest.fixture
def desk(visits: BrowserContext, served: str) -> Iterator[Page]:
    yield from _open(visits, served, DESK)


@pytest.fixture
def live(visits_live: BrowserContext, served_live: str) -> Iterator[Page]:
    yield from _open(visits_live, served_live, DESK)


def _open(context: BrowserContext, address: str, size: dict[str, int]) -> Iterator[Page]:
    """Open the page as a stranger; whatever it asks of the network beyond this machine fails the test."""
    context.clear_cookies()
    page = context.new_page()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    abroad: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: _note(abroad, request.url, address))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/")
    page.wait_for_selector(".composer")
    yield page
    page.evaluate("localStorage.clear()")
    page.close()
    assert abroad == []
    assert errors == []


def _note(abroad: list[str], url: str, address: str) -> None:
    if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        abroad.append(url)
