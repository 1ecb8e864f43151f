"""Impor in a real browser: a list is dropped, approved by another on a phone, and undone, both seeing it live."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_console_page import SMALL, fits, flaws, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console in a browser")]

LIST = "Kontak;Gelombang;nama\n" + "".join(f"0813000010{n};21;Siti\n" for n in range(10, 40)) + "0813;21;Budi\n"


def test_a_list_is_taken_in_by_two_people_and_undone(browser: Browser, town: str) -> None:
    """One heading is not known and is chosen; no name and no whole number is shown; what is pointed at has no flaw."""
    with signed_in(browser, town, "rina") as rina, signed_in(browser, town, "tari", SMALL) as tari:
        rina.goto("/konsol/impor")
        file = {"name": "lolos.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        rina.locator(".drop input").set_input_files([file])
        rina.get_by_label("Nomor HP").select_option(index=1)
        assert (flaws(rina), fits(rina)) == ([], True)
        rina.get_by_role("button", name="Kolomnya benar").click()
        expect(rina.locator(".figure-box").first).to_contain_text("30")
        rina.get_by_role("button", name="Minta persetujuan").click()
        expect(rina.get_by_text("tidak bisa menyetujui daftarmu sendiri")).to_be_visible()
        tari.goto(rina.url)
        expect(tari.get_by_role("button", name="Setujui dan masukkan")).to_be_visible()
        assert (flaws(tari), fits(tari)) == ([], True)
        assert not re.search(r"Siti|0813000010\d\d", tari.content())
        tari.get_by_role("button", name="Setujui dan masukkan").click()
        tari.get_by_role("button", name="Ya, masukkan").click()
        rina.get_by_role("button", name="Batalkan seluruh impor").click()
        rina.get_by_role("button", name="Ya, batalkan semuanya").click()
        for page in (rina, tari):
            expect(page.get_by_text("30 perubahan dikembalikan")).to_be_visible()
