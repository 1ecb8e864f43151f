"""Takes the pictures of the console: an answer being written, a broadcast, a proposal, and the difference of a list.

Run `python docs/pictures/console.py` in the project's environment, with Debian's package chromium installed.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from make import DESK, FOLDER, served
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell"))
LARGEST = 150_000  # bytes
ANNOUNCED = "Halo {nama}, batas belimu <b>{sisa_hari} hari lagi</b>: {batas}. Pilih kelas di dashboard, lalu beli."
WORDS = "Siap {nama}, terima kasih. Aku teruskan ke Tokopedia sekarang ya."
LIST = "No;Nama;No. HP;Gelombang\n" + "".join(
    f"{row};Peserta;08130000{row:04};{24 if row % 9 == 0 else 21}\n" for row in range(1, 4201)
)
WRONG = "".join(f"{row};Peserta;08{row % 100};21\n" for row in range(4201, 4227))


def main() -> None:
    """Take them one after another, each as whoever would do it."""
    with served() as address, sync_playwright() as playwright:
        chromium = next(filter(Path.exists, CHROMIUM))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _answer(_page_of(browser, address, "budi"))
        _compose(_page_of(browser, address, "rina"))
        _propose(_page_of(browser, address, "rina"), _page_of(browser, address, "tari"))
        _bring(_page_of(browser, address, "rina"))
        browser.close()


def _page_of(browser: Browser, address: str, who: str) -> Page:
    page = browser.new_page(
        viewport=DESK, base_url=address, color_scheme="light", reduced_motion="reduce", locale="id-ID"
    )
    page.goto("/konsol")
    page.locator(f'form[action$="/{who}"] button').click()
    return page


def _answer(page: Page) -> None:
    """Budi, who holds a complaint."""
    page.goto("/konsol/aduan?tumpukan=terbuka&aduan=1")
    page.get_by_role("textbox", name="Jawaban").fill(WORDS)
    expect(page.locator(".composer")).to_contain_text("Draf tersimpan")
    _save(page, "console.png")


def _compose(page: Page) -> None:
    """Rina, who writes to whoever has not bought."""
    page.goto("/konsol/siaran/baru?untuk=belum-beli&gelombang=21")
    page.get_by_label("Isi dalam bahasa Indonesia").fill(ANNOUNCED)
    expect(page.get_by_label("Tampilan pesan")).to_contain_text("3 hari lagi")
    page.get_by_role("button", name="WhatsApp").click()
    expect(page.get_by_label("Tampilan pesan")).to_contain_text("Ada kabar soal")
    _save(page, "console-siaran.png")


def _propose(author: Page, other: Page) -> None:
    """Rina, who proposes another cutoff, and Tari, who finds that it waits for her."""
    author.goto("/konsol/program?berkas=waves.tsv&baris=21&isian=cutoff")
    author.get_by_label("Batas baru").fill("2021-10-25")
    author.get_by_label("Sumber", exact=True).fill("@prakerja.go.id")
    author.get_by_role("button", name="Lihat dampaknya").click()
    author.get_by_role("button", name="Usulkan ke orang kedua").click()
    expect(author.get_by_text("Ini usulanmu")).to_be_visible()
    other.goto("/konsol/program")
    expect(other.get_by_text("Menunggu orang kedua")).to_be_visible()
    _save(other, "console-program.png")


def _bring(page: Page) -> None:
    """Rina, who sees what a list would change."""
    page.goto("/konsol/impor")
    file = {"name": "Lolos gelombang 21 - 18 Okt.csv", "mimeType": "text/csv", "buffer": f"{LIST}{WRONG}".encode()}
    page.locator(".drop input").set_input_files([file])  # type: ignore[list-item]
    page.wait_for_url("**/konsol/impor?nomor=*")
    page.get_by_role("button", name="Kolomnya benar").click()
    expect(page.locator(".figure-box").first).to_contain_text("4.200", timeout=60_000)
    _save(page, "console-import.png")


def _save(page: Page, name: str) -> None:
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(256)
    shot.save(FOLDER / name, optimize=True)
    if (size := (FOLDER / name).stat().st_size) >= LARGEST:
        raise SystemExit(f"{name} has {size:,} bytes")


if __name__ == "__main__":
    main()
