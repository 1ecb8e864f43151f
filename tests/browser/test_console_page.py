"""The console in a real browser: each page's main task, on a phone and at a desk, in both themes, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Error, Page, ViewportSize, expect

from bot.console.pages import PAGES
from tests.browser.hands import Keyboard
from tests.browser.serving import DESK
from tests.browser.visiting import free_tab, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console in a browser")]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_LOOK = """([within, options]) => {
  const light = axe._audit.rules.filter((rule) => ["minor", "moderate"].includes(rule.impact));
  const rules = Object.fromEntries(light.map((rule) => [rule.id, { enabled: false }]));
  return axe.run(within, { rules, ...options });
}"""
"""Leaves out the rules that find nothing serious, which take a quarter of the time."""

SMALL: ViewportSize = {"width": 360, "height": 780}
ZOOMED: ViewportSize = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
"""A desk at 200 %."""

OPENED = {
    "/konsol/aduan": "?tumpukan=terbuka&aduan=1",
    "/konsol/program": "?berkas=waves.tsv&baris=21&isian=cutoff",
    "/konsol/siaran/baru": "?untuk=belum-terhubung&gelombang=21",
}
"""What a page shows more of when it is asked for so."""

VIEWS = [re.sub(r"{[^}]*}", "1", path) + OPENED.get(path, "") for path, _right, _draw in PAGES]


@contextmanager
def signed_in(browser: Browser, town: str, who: str, size: ViewportSize = DESK) -> Iterator[Page]:
    """A tab in which somebody of the made-up staff is signed in, as by a press at the door."""
    with free_tab(browser, town) as page:
        entered = page.request.post(f"/konsol/demo/{who}", headers={"sec-fetch-site": "same-origin"}, max_redirects=0)
        assert entered.status == 303
        page.set_viewport_size(size)
        errors: list[str] = []

        def failed(error: Error) -> None:
            errors.append(str(error))

        page.on("pageerror", failed)
        yield page
        page.remove_listener("pageerror", failed)
        assert errors == []


def flaws(page: Page, within: str = "html", rule: str = "") -> list[tuple[str, str]]:
    """What axe-core finds that is serious or worse, of one rule if it is given: the rule, and where.

    While it looks, the page does nothing else: one that is not connected by then may come too late, and be loaded anew.
    """
    page.wait_for_function("window.did_handshake !== false")
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "preload": False, "iframes": False} | (
        {"runOnly": [rule]} if rule else {}
    )
    found = page.evaluate(_LOOK, [within, options])["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]


def fits(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    return bool(page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))


def out_of_reach(page: Page) -> list[str]:
    """What can be pressed or typed into, but not seen: clipped, or covered by something else, wherever one scrolls."""
    return list(page.evaluate(_OUT_OF_REACH))


_OUT_OF_REACH = """() => {
  const over = document.querySelector("dialog[open]") ?? document;
  const found = [];
  for (const one of over.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".unseen, .skip, .toast")) continue;
    one.scrollIntoView({ block: "center", inline: "nearest" });
    const at = one.getBoundingClientRect();
    const there = document.elementFromPoint(at.left + at.width / 2, at.top + Math.min(at.height / 2, 20));
    if (!there || !(one.contains(there) || there.contains(one) && there.closest("label, a, button"))) {
      found.push(`${one.outerHTML.slice(0, 120)} under ${there?.outerHTML.slice(0, 60)}`);
    }
  }
  return found;
}"""


def test_every_page_fits_and_has_no_flaw(browser: Browser, town: str) -> None:
    """Nothing sticks out, on a phone, at a desk and at 200 %; nothing serious for whoever can't see or point.

    Every rule is asked at both sizes, at one in light and at the other in dark: the contrast costs most of the time.
    """
    with signed_in(browser, town, "tari") as page:
        for view in VIEWS:
            page.goto(view)
            expect(page.get_by_role("heading", level=1)).to_be_attached()
            for size, theme in ((DESK, "light"), (SMALL, "dark")):
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                assert fits(page), (view, size)
                assert flaws(page) == [], (view, theme)
            assert out_of_reach(page) == [], (view, "on a phone")
            page.set_viewport_size(ZOOMED)
            assert (fits(page), out_of_reach(page)) == (True, []), (view, "at 200 %")


def test_whatever_opens_over_a_page_has_no_flaw(browser: Browser, town: str) -> None:
    """Sheets, questions, keys and search, by a key or a press, in both themes and at 200 %; Escape leads back."""
    with signed_in(browser, town, "tari") as page:

        def look() -> None:
            over = page.locator("dialog[open]")
            expect(over).to_have_count(1)
            page.emulate_media(color_scheme="light")
            assert flaws(page, "dialog[open]") == []
            page.emulate_media(color_scheme="dark")
            assert flaws(page, "dialog[open]", "color-contrast") == []
            page.set_viewport_size(ZOOMED)
            assert (fits(page), out_of_reach(page)) == (True, [])
            page.set_viewport_size(DESK)
            page.keyboard.press("Escape")
            expect(over).to_have_count(0)

        page.goto("/konsol/aduan?tumpukan=terbuka&aduan=1")
        expect(page.get_by_role("log")).to_be_visible()
        for key in ("s", "l", "d", "g", "i", "?", "Control+K"):
            page.keyboard.press(key)
            look()
        for name in ("Insiden", "Simpan tampilan"):
            page.get_by_role("button", name=name).first.click()
            look()
        asks = {"/konsol/peserta?orang=121003": "Hapus datanya", "/konsol/staf": "Keluarkan"}
        for view, name in asks.items():
            page.goto(view)
            page.get_by_role("button", name=name).first.click()
            look()
            expect(page.get_by_role("button", name=name).first).to_be_focused()


def test_the_first_page_tells_of_the_wave(browser: Browser, town: str) -> None:
    """The countdown, the figures, and a chart that can be read as a table."""
    with signed_in(browser, town, "rina") as page:
        page.goto("/konsol")
        tonight = page.get_by_label("Gelombang malam ini")
        expect(tonight).to_contain_text("Gelombang 21")
        expect(tonight).to_contain_text("tak terjangkau siapa pun")
        page.get_by_text("Lihat sebagai tabel").first.click()
        expect(page.get_by_role("table").first).to_contain_text("pengingat terkirim")


def test_who_chose_english_hears_english(browser: Browser, town: str) -> None:
    """The page says so to what reads it aloud, and the keys and the search, which the browser draws, speak it too."""
    with signed_in(browser, town, "budi") as page:
        page.goto("/konsol/bahasa/en")
        page.goto("/konsol/aduan?tumpukan=terbuka&aduan=1")
        expect(page.get_by_role("textbox", name="Answer to the participant")).to_be_visible()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_contain_text("write an answer")
        page.keyboard.press("Escape")
        page.keyboard.press("Control+K")
        expect(page.get_by_role("dialog", name="Find everything")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "en-US")


def test_a_complaint_is_answered_by_keyboard_alone(browser: Browser, town: str) -> None:
    """J opens the first, R writes, Ctrl+Enter sends, Z takes it back; a slash offers replies, which Enter takes; Ctrl-K
    finds all."""
    with signed_in(browser, town, "budi") as page:
        page.goto("/konsol/aduan?tumpukan=terbuka")
        expect(page.locator(".row").first).to_be_visible()
        page.keyboard.press("j")
        expect(page.get_by_role("log")).to_be_visible()
        page.keyboard.press("r")
        page.keyboard.type("/")
        expect(page.get_by_role("group", name="Balasan siap")).to_be_visible()
        page.keyboard.type("salam")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
        expect(page.get_by_role("textbox", name="Jawaban")).to_have_value(re.compile("^Halo {nama}, saya {petugas}"))
        page.keyboard.press("Control+A")
        page.keyboard.type("Halo kak, {petugas} cek dulu ya.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("log")).to_contain_text("Halo kak, Budi cek dulu ya.")
        expect(page.get_by_role("textbox", name="Jawaban")).to_have_value("")
        expect(page.get_by_role("button", name="Urungkan")).to_be_visible()
        page.keyboard.press("z")
        expect(page.get_by_role("textbox", name="Jawaban")).to_have_value("Halo kak, {petugas} cek dulu ya.")
        expect(page.get_by_role("log")).to_contain_text("Tidak ada yang terkirim")
        page.keyboard.press("Escape")
        page.keyboard.press("s")
        expect(page.get_by_role("dialog", name="Serahkan ke siapa?")).to_contain_text("Rina")
        assert flaws(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("Control+K")
        page.keyboard.type("voucher")
        expect(page.get_by_role("dialog", name="Cari semuanya")).to_contain_text("Bukalapak")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=2)).to_contain_text("Bukalapak")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Tombol")).to_contain_text("balasan siap")


def test_a_cutoff_is_moved_by_two_people(browser: Browser, town: str) -> None:
    """One proposes at a desk and is told beforehand whom it touches; another approves on a small screen by keyboard
    alone; the table has it."""
    with signed_in(browser, town, "rina") as rina, signed_in(browser, town, "tari", SMALL) as tari:
        other = Keyboard(tari)
        tari.goto("/konsol/program")
        rina.goto("/konsol/program")
        rina.get_by_role("link", name="Gelombang 21").click()
        rina.get_by_role("link", name="Ubah Batas beli").click()
        rina.get_by_label("Batas baru").fill("2021-10-25")
        rina.get_by_label("Sumber", exact=True).fill("@prakerja.go.id")
        rina.get_by_role("button", name="Lihat dampaknya").click()
        expect(rina.get_by_role("region", name="Dampak untuk gelombang 21")).to_contain_text("belum beli")
        rina.get_by_role("button", name="Usulkan ke orang kedua").click()
        expect(rina.get_by_text("Ini usulanmu")).to_be_visible()
        other.press(tari.get_by_role("link", name="Periksa usulan"))
        other.press(tari.get_by_role("button", name="Setujui dan berlakukan"))
        expect(tari.get_by_text("sudah direncanakan ulang")).to_be_visible()
        assert tari.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        tari.goto("/konsol/program")
        expect(tari.get_by_role("row", name="Gelombang 21")).to_contain_text("25 Okt 2021")


def test_two_browsers_see_each_other(browser: Browser, town: str) -> None:
    """What one takes, the other sees taken; what is half written survives a page that is loaded anew."""
    with signed_in(browser, town, "rina") as rina, signed_in(browser, town, "tari", SMALL) as tari:
        for page in (rina, tari):
            page.goto("/konsol/aduan")
            page.locator(".row").last.click()
        tari.get_by_role("textbox", name="Jawaban").fill("Sebentar ya")
        rina.get_by_role("button", name="Ambil").click()
        expect(tari.locator(".thread-head")).to_contain_text("dipegang Rina")
        expect(tari.get_by_role("textbox", name="Jawaban")).to_have_value("Sebentar ya")
        expect(tari.locator(".composer")).to_contain_text("Draf tersimpan.")
        tari.reload()
        expect(tari.get_by_role("textbox", name="Jawaban")).to_have_value("Sebentar ya")


def test_the_door_opens_by_a_press_and_closes_by_another(browser: Browser, town: str) -> None:
    """The phone leads here; one is who one pressed, and after signing out every page leads to the door."""
    with visiting(browser, town) as page:
        page.set_viewport_size(DESK)
        page.goto("/")
        page.get_by_role("link", name="Konsol petugas").click()
        page.locator('form[action$="/rina"] button').click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ringkasan")
        page.set_viewport_size(SMALL)
        page.get_by_role("button", name="Keluar").click()
        page.goto("/konsol/aduan")
        expect(page.get_by_role("heading", level=1)).to_have_text("Masuk sebagai siapa?")
