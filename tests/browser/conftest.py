"""A served page and a browser of the size of a phone or of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import DESK, PHONE, Served
from tests.browser.visiting import stranger, visiting
from tests.toy_utterances import write_toy_utterances

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
expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while it is open, no other test can run an event loop of its own.

    So all that need it are in this folder, and no other test is.
    """
    found = next((each for each in CHROMIUM if each.exists()), None)
    if found is None:
        pytest.skip("Debian's chromium is not installed (apt-get install chromium-headless-shell)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(found), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def served() -> Iterator[str]:
    """The demonstration; its clock is shared by all who look at it."""
    with Served() as server:
        yield server.address


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration again, for its console: what is done there to complaints and to the programme stays."""
    with Served(str(write_toy_utterances(tmp_path_factory.mktemp("utterances")))) as server:
        yield server.address


@pytest.fixture(scope="package")
def served_live() -> Iterator[str]:
    """The page of the real bot, whose clock nobody can move."""
    with Served("live") as server:
        yield server.address


@pytest.fixture(scope="package")
def tab(browser: Browser, served: str) -> Iterator[Page]:
    with visiting(browser, served) as tab:
        yield tab


@pytest.fixture(scope="package")
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
