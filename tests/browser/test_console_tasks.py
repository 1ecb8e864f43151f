"""Each page's main task from start to end, by the keyboard alone at a desk and by a finger on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import Finger, Hand, Keyboard
from tests.browser.serving import DESK
from tests.browser.test_console_page import SMALL, fits, flaws, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console in a browser")]

both_ways = pytest.mark.parametrize(
    ("size", "hand_of"), [(SMALL, Finger), (DESK, Keyboard)], ids=["by finger on a phone", "by keyboard at a desk"]
)


@both_ways
def test_somebody_is_found_and_a_step_put_right(
    browser: Browser, town: str, size: dict[str, int], hand_of: Callable[[Page], Hand]
) -> None:
    """Found by name in wave 21, corrected with a reason, undone; their data are saved as a file once one said yes."""
    with signed_in(browser, town, "tari", size) as page:
        hand = hand_of(page)
        page.goto("/konsol/peserta")
        hand.write(page.get_by_role("searchbox", name="Cari peserta"), "yohanes")
        hand.press(page.get_by_role("button", name=re.compile("^Y•••, P121")).first)
        hand.press(page.get_by_role("button", name="Betulkan: Sambungkan rekening"))
        hand.press(page.get_by_role("button", name="Simpan pembetulan"))
        expect(page.get_by_text("Tulis alasannya dulu.")).to_be_visible()
        hand.write(page.get_by_role("textbox", name="Alasan"), "menunjukkan layarnya")
        assert (flaws(page), fits(page)) == ([], True)
        hand.press(page.get_by_role("button", name="Simpan pembetulan"))
        expect(page.locator(".correction").first).to_contain_text("menunjukkan layarnya")
        hand.press(page.get_by_role("button", name="Urungkan").first)
        expect(page.locator(".correction").first).to_contain_text("diurungkan")
        hand.press(page.get_by_role("button", name="Unduh datanya"))
        with page.expect_download() as saved:
            hand.press(page.get_by_role("button", name="Ya, unduh"))
        assert saved.value.suggested_filename.endswith(".json")


@both_ways
def test_somebody_joins_changes_and_is_let_go(
    browser: Browser, town: str, size: dict[str, int], hand_of: Callable[[Page], Hand]
) -> None:
    """An invitation is shown once and taken back; a role changes; who is let go does nothing more in an open tab."""
    with signed_in(browser, town, "tari", size) as page:
        hand = hand_of(page)
        page.goto("/konsol/staf")
        hand.choose(page.get_by_role("combobox", name="Sebagai"), "supervisor")
        hand.press(page.get_by_role("button", name="Buat undangan"))
        expect(page.locator(".invitation-code")).to_contain_text("/start staf-")
        hand.press(page.get_by_role("button", name="Batalkan"))
        expect(page.get_by_text("Tidak ada undangan terbuka")).to_be_visible()
        role = page.get_by_role("combobox", name="Peran Wati")
        hand.choose(role, "supervisor")
        expect(page.locator(".member", has_text="Wati").locator(".pill").first).to_have_text("supervisor")
        assert (flaws(page), fits(page)) == ([], True)
        hand.choose(role, "petugas")
        expect(page.locator(".member", has_text="Wati").locator(".pill").first).to_have_text("petugas")
        if hand_of is Keyboard:  # she can be let go but once
            with signed_in(browser, town, "wati") as wati:
                wati.goto("/konsol/aduan?tumpukan=terbuka")
                wati.locator(".row").first.click()
                expect(wati.get_by_role("textbox", name="Jawaban")).to_be_visible()
                hand.press(page.locator(".member", has_text="Wati").get_by_role("button", name="Keluarkan"))
                hand.press(page.get_by_role("button", name="Ya, keluarkan"))
                expect(page.locator(".member", has_text="Wati")).to_have_count(0)
                expect(wati).to_have_url(re.compile("/konsol/masuk$"))


def test_what_was_not_understood_is_taught_by_two(browser: Browser, town: str) -> None:
    """By keyboard alone: one groups, labels and trains; another puts it to use on a small screen; back it goes."""
    with signed_in(browser, town, "rina") as rina, signed_in(browser, town, "tari", SMALL) as tari:
        hand, other = Keyboard(rina), Keyboard(tari)
        rina.goto("/konsol/pemahaman")
        group = rina.locator(".miss", has_text="sertifikatku")
        expect(rina.locator(".miss", has_text="•••")).to_contain_text("nanya kucing")
        hand.press(group.get_by_role("button", name="Pisahkan"))
        expect(rina.locator(".miss", has_text="sertifikatku")).to_have_count(2)
        certificate = group.first.get_by_role("combobox")
        hand.choose(certificate, certificate.locator("option[value=certificate]").inner_text())
        hand.press(group.first.get_by_role("button", name="Simpan label"))
        expect(group).to_have_count(1)
        hand.press(rina.get_by_role("button", name="Latih sekarang"))
        trained = rina.get_by_role("table", name="Sebelum dan sesudah")
        expect(trained).to_be_visible(timeout=300_000)  # a machine that does much else trains slowly
        expect(rina.get_by_text("orang kedua yang memakainya")).to_be_visible()
        assert (flaws(rina), fits(rina)) == ([], True)
        tari.goto("/konsol/pemahaman")
        other.press(tari.get_by_role("button", name="Pakai model ini"))
        other.press(tari.get_by_role("button", name="Ya, pakai"))
        expect(tari.get_by_text("Dipakai sekarang: model 1, oleh Tari")).to_be_visible()
        assert (flaws(tari), fits(tari)) == ([], True)
        hand.press(rina.get_by_role("button", name="Kembali ke bawaan"))
        hand.press(rina.get_by_role("button", name="Ya, kembali"))
        expect(tari.get_by_text("Dipakai sekarang")).to_have_count(0)


def test_a_cutoff_is_moved_by_two_keyboards(browser: Browser, town: str) -> None:
    """From the row to the form, from what it touches to the proposal; the other one gives a reason against it."""
    with signed_in(browser, town, "rina") as rina, signed_in(browser, town, "tari") as tari:
        one, other = Keyboard(rina), Keyboard(tari)
        rina.goto("/konsol/program")
        one.press(rina.get_by_role("link", name="Gelombang 20"))
        one.press(rina.get_by_role("link", name="Ubah Batas beli"))
        one.write(rina.get_by_label("Batas baru"), "11112021")
        one.write(rina.get_by_label("Sumber", exact=True), "@prakerja.go.id")
        one.press(rina.get_by_role("button", name="Lihat dampaknya"))
        one.press(rina.get_by_role("button", name="Usulkan ke orang kedua"))
        expect(rina.get_by_text("Ini usulanmu")).to_be_visible()
        tari.goto("/konsol/program")
        other.press(tari.get_by_role("link", name="Periksa usulan"))
        other.write(tari.get_by_label("Alasan kalau ditolak"), "belum diumumkan")
        other.press(tari.get_by_role("button", name="Tolak"))
        expect(tari.locator(".facts")).to_contain_text("belum diumumkan")
        expect(rina.locator(".facts")).to_contain_text("belum diumumkan")


@both_ways
def test_the_wave_is_looked_at_a_broadcast_written_the_trail_read(
    browser: Browser, town: str, size: dict[str, int], hand_of: Callable[[Page], Hand]
) -> None:
    """A chart is read as a table; a broadcast is written and seen as it would be; the trail is narrowed and saved."""
    with signed_in(browser, town, "tari", size) as page:
        hand = hand_of(page)
        page.goto("/konsol")
        hand.press(page.get_by_text("Lihat sebagai tabel").first)
        expect(page.get_by_role("table").first).to_contain_text("pengingat terkirim")
        hand.press(page.get_by_role("link", name="Siaran", exact=True))
        hand.press(page.get_by_role("link", name="Tulis siaran"))
        hand.write(page.get_by_label("Isi dalam bahasa Indonesia"), "Halo {nama}, sudah pilih pelatihan?")
        expect(page.get_by_label("Tampilan pesan")).to_contain_text("Halo Tari, sudah pilih")
        page.goto("/konsol/jejak")
        hand.choose(page.get_by_role("combobox", name="Tindakan"), "Konsol")
        expect(page.get_by_role("table")).to_contain_text("masuk ke konsol")
        with page.expect_download() as saved:
            hand.press(page.get_by_role("link", name="Unduh CSV"))
        assert saved.value.suggested_filename.endswith(".csv")
