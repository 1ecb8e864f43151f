"""A tab of a browser, and a stranger who opens the page in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page, Request, ViewportSize


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Page]:
    """A tab for many visits: one that opens anew would read all of the page's scripts anew."""
    with browser.new_context(locale="id-ID", reduced_motion="reduce", base_url=address) as context:
        context.set_default_timeout(60_000)  # milliseconds; the machine may be busy
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
