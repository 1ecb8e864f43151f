"""Two ways to work at a page: by the keyboard alone, and by a finger on a small screen."""

from __future__ import annotations

from typing import Final, Protocol

from playwright.sync_api import FilePayload, Locator, Page, expect

MOST: Final = 150
"""So many times somebody presses Tab for one thing, and no more."""

_WAY = """each => {
  const asks = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const over = document.querySelector("dialog[open]") ?? document;
  const stops = [...over.querySelectorAll(asks)].filter((one) => one.checkVisibility() && !one.disabled);
  const look = getComputedStyle(each);
  const away = each === document.activeElement ? 0 : stops.indexOf(each) - stops.indexOf(document.activeElement) || 1;
  return [away, look.outlineStyle !== "none" || look.boxShadow !== "none"];
}"""
"""How many stops of Tab something is away, less than zero where it lies before, and whether one sees being there."""


class Hand(Protocol):
    """What somebody does at a page."""

    def press(self, target: Locator) -> None:
        """Press a button, or follow a link."""
        ...

    def write(self, target: Locator, words: str) -> None:
        """Write into a field, in place of what stands there, and leave it."""
        ...

    def choose(self, target: Locator, name: str) -> None:
        """Choose of a list what is called so."""
        ...

    def bring(self, target: Locator, file: FilePayload) -> None:
        """Press where a file is brought, and choose this one."""
        ...


class Keyboard:
    """Goes by Tab to what is meant, sees where it is, and presses Enter."""

    def __init__(self, page: Page) -> None:
        self._page, self._keys = page, page.keyboard

    def press(self, target: Locator) -> None:
        self._go_to(target)
        self._keys.press("Enter")

    def write(self, target: Locator, words: str) -> None:
        self._go_to(target)
        self._keys.press("Control+A")
        self._keys.type(words)
        self._keys.press("Tab")

    def choose(self, target: Locator, name: str) -> None:
        self._go_to(target)
        self._keys.type(name)
        self._keys.press("Tab")

    def bring(self, target: Locator, file: FilePayload) -> None:
        with self._page.expect_file_chooser() as chooser:
            self._go_to(target)  # meanwhile the browser hears that its own dialogue is to stay shut
            self._keys.press("Space")
        chooser.value.set_files([file])

    def _go_to(self, target: Locator) -> None:
        expect(target).to_be_visible()
        pressed = 0
        away, seen = target.evaluate(_WAY)
        while away:
            for _ in range(abs(away)):
                self._keys.press("Tab" if away > 0 else "Shift+Tab")
            pressed += abs(away)
            assert pressed < MOST, f"{target} can't be reached by Tab"
            away, seen = target.evaluate(_WAY)
        assert seen, f"nobody sees that they are at {target}"


class Finger:
    """Taps what is in sight."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, words: str) -> None:
        target.fill(words)
        target.blur()

    def choose(self, target: Locator, name: str) -> None:
        target.select_option(label=name)

    def bring(self, target: Locator, file: FilePayload) -> None:
        with self._page.expect_file_chooser() as chooser:
            expect(target).to_be_visible()
            target.click()
        chooser.value.set_files([file])
