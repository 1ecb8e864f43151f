"""A tab of a browser, and a stranger who opens the page in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page, Request, ViewportSize


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Page]:
    """A tab for many visits: one that opens anew would read all of the page's scripts anew."""
    tab = opened(browser, address)
    with tab.context:
        yield tab


_free: defaultdict[tuple[Browser, str], list[Page]] = defaultdict(list)
"""Tabs of a browser at an address that nobody sits at."""


@contextmanager
def free_tab(browser: Browser, address: str) -> Iterator[Page]:
    """A tab that knows nobody, each with cookies of its own; once it is left in order, the next one sits down at it."""
    free = _free[browser, address]
    tab = free.pop() if free else opened(browser, address)
    yield tab
    _leave(tab)
    free.append(tab)


def opened(browser: Browser, address: str) -> Page:
    """A tab of its own, as of a browser that was never here before."""
    context = browser.new_context(locale="id-ID", reduced_motion="reduce", base_url=address)
    context.set_default_timeout(60_000)  # milliseconds; the machine may be busy
    return context.new_page()


def _leave(tab: Page) -> None:
    """The page ends, the tab stays the address's own, and whoever comes next finds nothing of whoever was here."""
    tab.goto("/healthz")
    tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.emulate_media(color_scheme="null")
    tab.context.clear_cookies()


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
    _leave(tab)
    tab.remove_listener("request", requested)
    tab.remove_listener("pageerror", failed)
    assert abroad == []
    assert errors == []
