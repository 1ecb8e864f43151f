"""Takes the picture of the console: an agent in the middle of an answer, in a real browser.

Run `python docs/pictures/console.py` in the project's environment, with Debian's package chromium installed.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from make import DESK, FOLDER, served
from PIL import Image
from playwright.sync_api import expect, sync_playwright

CHROMIUM = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell"))
LARGEST = 150_000  # bytes
WORDS = "Siap {nama}, terima kasih. Aku teruskan ke Tokopedia sekarang ya."


def main() -> None:
    """Take it as Budi, who holds a complaint."""
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(filter(Path.exists, CHROMIUM)), args=["--no-sandbox"])
        page = browser.new_page(viewport=DESK, base_url=address, color_scheme="light", reduced_motion="reduce")
        page.goto("/konsol")
        page.locator('form[action$="/budi"] button').click()
        page.goto("/konsol/aduan?tumpukan=terbuka&aduan=1")
        page.get_by_role("textbox", name="Jawaban").fill(WORDS)
        expect(page.locator(".composer")).to_contain_text("Draf tersimpan")
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(256)
        shot.save(FOLDER / "console.png", optimize=True)
        browser.close()
    if (size := (FOLDER / "console.png").stat().st_size) >= LARGEST:
        raise SystemExit(f"the picture has {size:,} bytes")


if __name__ == "__main__":
    main()
