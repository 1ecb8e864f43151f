"""Takes the pictures of the README: one participant's last days of wave 21, in a real browser.

Run `python docs/pictures/make.py` in the project's environment, with Debian's packages chromium and
fonts-noto-color-emoji installed.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

FOLDER = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SHARPNESS = 2  # device pixels for one of the page's
WIDEST = 1440  # pixels that are kept
LARGEST = 200_000  # bytes
TROUBLE = "ada gangguan di pihakku"  # said where something broke: nothing to show to anybody
PATIENCE = 40.0  # seconds for the server to start


@contextmanager
def served() -> Iterator[str]:
    """Serve the demonstration on a free port; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "DATABASE_"))}
    server = subprocess.Popen(  # noqa: S603 - our own command
        [Path(sys.executable).with_name("sobat"), "run"], env={**environment, "PORT": str(port)}, cwd=FOLDER.parents[1]
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - our own server
                return
        except (URLError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@dataclass(slots=True)
class Story:
    """What one participant says and does on the page, and what is photographed of it."""

    page: Page

    def says(self, words: str) -> None:
        """Type a message, and wait for its answer."""
        box = self.page.get_by_role("textbox", name="Tulis pesan")
        box.fill(words)
        box.press("Enter")
        expect(self.page.locator(".post.mine").last).to_contain_text(words)
        self._answered()

    def presses(self, label: str | re.Pattern[str]) -> None:
        """Press the newest button of this label, and wait for the answer."""
        self.page.get_by_role("log").get_by_role("button", name=label).last.click()
        self._answered()

    def jumps(self, stop: str, *, hears: str) -> None:
        """Move the clock to one of the stops beside the phone; what falls due on the way is heard."""
        self.page.set_viewport_size(DESK)
        key = self.page.get_by_role("region", name="Lompat ke").get_by_role("button", name=stop)
        key.click()
        expect(self.page.locator(".header .status")).to_contain_text(key.locator("small").inner_text())
        expect(self.page.locator(".posts")).to_contain_text(hears)
        self._answered()

    def turns(self, app: str) -> None:
        """Have the phone look like another app."""
        self.page.get_by_role("button", name=app).click()
        expect(self.page.get_by_role("button", name=app)).to_have_attribute("aria-pressed", "true")
        self._answered()

    def shows(
        self, name: str, size: ViewportSize = PHONE, *, scheme: Literal["light", "dark"] = "light", top: bool = False
    ) -> None:
        """Take a picture of the page with the newest message in sight: its keys, or with `top` its beginning."""
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self.page.set_viewport_size(size)
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur(); sobat.toEnd(false)")
        if top:
            self.page.evaluate("[...document.querySelectorAll('.post')].at(-1).scrollIntoView({block: 'start'})")
        self.page.wait_for_function("[...document.images].every(image => image.complete)")
        self.page.wait_for_timeout(400)
        _keep(name, self.page.screenshot(animations="disabled"))

    def _answered(self) -> None:
        expect(self.page.locator(".chat")).not_to_have_class(re.compile("answering"))
        expect(self.page.locator(".posts")).not_to_contain_text(TROUBLE)
        self.page.wait_for_timeout(400)


def _keep(name: str, png: bytes) -> None:
    """Write a picture in as many colours as fit; a page of flat ones does not miss the others."""
    file = FOLDER / f"{name}.png"
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture.thumbnail((WIDEST, picture.height), Image.Resampling.LANCZOS)
    for colours in (256, 192, 128, 96):
        few = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
        if file.stat().st_size < LARGEST:
            break
    size = f"{picture.width} x {picture.height}"
    sys.stdout.write(f"{file.name:<28}{size:<14}{file.stat().st_size / 1000:.0f} kB\n")


def tell(story: Story) -> None:
    """Live through the story: start, deadline, training, purchase, undo, the last evening, the morning after."""
    story.shows("1-start")
    story.presses(re.compile("^Mulai$"))
    story.presses("Gelombang 21")
    story.presses(re.compile("pengumuman"))
    story.presses("WITA")
    story.says("batas belinya kapan ya min?")
    story.shows("2-deadline")
    story.says("ada kelas bikin sambal?")
    story.shows("3-recommendation")
    story.says("udah beli kemarin di tokped")
    story.shows("4-bought")
    story.presses(re.compile("Batalkan, belum beli"))
    story.shows("5-undone")
    story.jumps("Malam terakhir", hears="Pengingat terakhir")
    story.shows("6-last-evening", top=True)
    story.shows("6-last-evening-dark", scheme="dark", top=True)
    story.shows("desk-last-evening", DESK, top=True)
    story.shows("desk-last-evening-dark", DESK, scheme="dark", top=True)
    story.turns("WhatsApp")
    story.shows("whatsapp", DESK, top=True)
    story.turns("Telegram")
    story.jumps("Lewat batas", hears="Pengingat terakhir")
    story.says("masih bisa beli nggak?")
    story.shows("7-past-the-cutoff")
    story.jumps("Pagi esoknya", hears="sudah lewat (Kamis")
    story.shows("8-morning-after")


def main() -> None:
    """Serve, tell, and take the pictures."""
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=PHONE, locale="id-ID", device_scale_factor=SHARPNESS)
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector(".composer")
        page.evaluate("document.fonts.ready")
        tell(Story(page))
        browser.close()


if __name__ == "__main__":
    main()
