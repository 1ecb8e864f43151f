"""Impor in a real browser: a list is brought, approved by another on a phone, and undone, both seeing it live."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hands import Finger, Keyboard
from tests.browser.test_console_page import SMALL, fits, flaws, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console in a browser")]

LIST = "Kontak;Gelombang;nama\n" + "".join(f"0813000010{n};21;Siti\n" for n in range(10, 40)) + "0813;21;Budi\n"


def test_a_list_is_taken_in_by_two_people_and_undone(browser: Browser, town: str) -> None:
    """The whole way by keyboard alone, also the second person's: one heading is not known and is chosen; no name and
    no whole number is shown; nothing of it has a flaw."""
    with signed_in(browser, town, "rina") as rina, signed_in(browser, town, "tari", SMALL) as tari:
        one, other = Keyboard(rina), Keyboard(tari)
        file = {"name": "lolos.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        rina.goto("/konsol/impor")
        one.choose(rina.get_by_role("combobox", name="Daftar apa"), "Daftar lolos")
        one.bring(rina.get_by_label("Berkas daftar"), file)
        one.choose(rina.get_by_label("Nomor HP"), "Kontak")
        assert (flaws(rina), fits(rina)) == ([], True)
        one.press(rina.get_by_role("button", name="Kolomnya benar"))
        expect(rina.locator(".figure-box").first).to_contain_text("30")
        one.press(rina.get_by_role("button", name="Minta persetujuan"))
        expect(rina.get_by_text("tidak bisa menyetujui daftarmu sendiri")).to_be_visible()
        tari.goto("/konsol/impor")
        other.press(tari.get_by_role("link", name="lolos.csv").first)
        expect(tari.get_by_role("button", name="Setujui dan masukkan")).to_be_visible()
        assert (flaws(tari), fits(tari)) == ([], True)
        assert not re.search(r"Siti|0813000010\d\d", tari.content())
        other.press(tari.get_by_role("button", name="Setujui dan masukkan"))
        other.press(tari.get_by_role("button", name="Ya, masukkan"))
        one.press(rina.get_by_role("button", name="Batalkan seluruh impor"))
        one.press(rina.get_by_role("button", name="Ya, batalkan semuanya"))
        for page in (rina, tari):
            expect(page.get_by_text("30 perubahan dikembalikan")).to_be_visible()


def test_a_list_is_sent_as_what_was_chosen_last(browser: Browser, town: str) -> None:
    """By a finger on a phone: the example beside it follows, and so does the file that is chosen at once."""
    with signed_in(browser, town, "rina", SMALL) as rina:
        hand = Finger(rina)
        rina.goto("/konsol/impor")
        hand.choose(rina.get_by_role("combobox", name="Daftar apa"), "Insentif")
        with rina.expect_download() as saved:
            hand.press(rina.get_by_role("link", name="Unduh contoh"))
        hand.bring(rina.locator(".drop"), {"name": "dibayar.csv", "mimeType": "text/csv", "buffer": b"phone\n0813\n"})
        expect(rina.locator(".import-head")).to_contain_text("Insentif")
        assert saved.value.suggested_filename.startswith("incentives")
