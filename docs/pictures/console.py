"""Takes the pictures of the console: an agent in the middle of an answer, and a broadcast being written.

Run `python docs/pictures/console.py` in the project's environment, with Debian's package chromium installed.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from make import DESK, FOLDER, served
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell"))
LARGEST = 150_000  # bytes
ANNOUNCED = "Halo {nama}, batas belimu <b>{sisa_hari} hari lagi</b>: {batas}. Pilih kelas di dashboard, lalu beli."
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
        _save(page, "console.png")
        _compose(browser.new_page(viewport=DESK, base_url=address, color_scheme="light", reduced_motion="reduce"))
        browser.close()


def _compose(page: Page) -> None:
    """Take it as Rina, who writes to whoever has not bought."""
    page.goto("/konsol")
    page.locator('form[action$="/rina"] button').click()
    page.goto("/konsol/siaran/baru?untuk=belum-beli&gelombang=21")
    page.get_by_label("Isi dalam bahasa Indonesia").fill(ANNOUNCED)
    expect(page.get_by_label("Tampilan pesan")).to_contain_text("3 hari lagi")
    page.get_by_role("button", name="WhatsApp").click()
    expect(page.get_by_label("Tampilan pesan")).to_contain_text("Ada kabar soal")
    _save(page, "console-siaran.png")


def _save(page: Page, name: str) -> None:
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(256)
    shot.save(FOLDER / name, optimize=True)
    if (size := (FOLDER / name).stat().st_size) >= LARGEST:
        raise SystemExit(f"{name} has {size:,} bytes")


if __name__ == "__main__":
    main()
