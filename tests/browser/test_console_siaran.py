"""Siaran in a real browser: composed beside the phone, approved by another, and taken back in the middle."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hands import Keyboard
from tests.browser.test_console_page import SMALL, flaws, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console in a browser")]


def test_a_mistaken_broadcast_is_taken_back_in_the_middle(browser: Browser, served: str) -> None:
    """By keyboard alone: Rina composes it and takes it back, Tari approves it on a small screen; both see it go out,
    be taken back, and who is left with it."""
    with signed_in(browser, served, "rina") as rina, signed_in(browser, served, "tari", SMALL) as tari:
        one, other = Keyboard(rina), Keyboard(tari)
        rina.goto("/konsol/siaran/baru?untuk=belum-beli&gelombang=21")
        phone = rina.get_by_label("Tampilan pesan")
        one.write(rina.get_by_label("Isi dalam bahasa Indonesia"), "Besok <b>libur</b>, {nama}!")
        expect(phone).to_contain_text("Besok libur, Rina!")
        one.press(rina.get_by_role("button", name="WhatsApp"))
        expect(phone).to_contain_text("Ada kabar soal kepesertaan")
        assert flaws(rina) == []
        one.press(rina.get_by_role("button", name="Minta persetujuan"))
        one.press(rina.get_by_role("button", name="Ya, ke"))
        expect(rina.get_by_text("kamu sendiri yang menulisnya")).to_be_visible()
        tari.goto("/konsol/siaran")
        other.press(tari.get_by_role("link", name="menunggu").first)
        other.press(tari.get_by_role("button", name="Setujui", exact=True))
        other.press(tari.get_by_role("button", name="Ya, setujui"))
        one.press(rina.get_by_role("button", name="Tarik kembali", exact=True))
        one.press(rina.get_by_role("button", name="Ya, tarik kembali"))
        for page in (rina, tari):
            expect(page.locator(".title-row")).to_contain_text("dibatalkan")
            expect(page.get_by_text(re.compile(r"^[1-9]\d* sudah ditarik$"))).to_be_visible()
            expect(page.get_by_text("masih menunggu giliran")).to_have_count(0)
            expect(page.get_by_text("tidak perlu lagi")).to_be_visible()
            assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
            assert flaws(page) == []
