"""The phone as WhatsApp, in a real browser: the switch, a list and its sheet, a template on the last evening."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("phone in a browser")]


def choose(page: Page, row: str) -> None:
    """Open the newest list and choose by the keyboard, as somebody does who has no mouse."""
    before = page.locator(".posts .theirs").count()
    page.get_by_role("log").get_by_role("button", name="Pilih").last.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name=re.compile(row)).first.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".posts .theirs")).not_to_have_count(before)


def test_the_same_chat_is_shown_as_on_whatsapp(desk: Page) -> None:
    """One press turns the phone; a list opens over it; the choice outlives a reload; in time come templates."""
    desk.get_by_role("button", name="Mulai", exact=True).click()
    expect(desk.locator(".posts .key")).not_to_have_count(0)
    desk.get_by_role("group", name="Tampilan ponsel").get_by_role("button", name="WhatsApp").press("Enter")
    expect(desk.get_by_role("button", name="WhatsApp")).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_role("button", name="Telegram")).to_have_attribute("aria-pressed", "false")
    expect(desk.locator(".posts .key")).to_have_count(0)
    choose(desk, "Gelombang 21")
    desk.get_by_role("log").get_by_role("button", name="Pilih").last.click()
    expect(desk.get_by_role("dialog").get_by_role("button", name="WIB")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    choose(desk, "WIB")
    expect(desk.locator(".posts")).to_contain_text("pengingatmu menyala")
    expect(desk.locator(".hung", has_text="Bagikan nomor telepon")).to_be_visible()
    desk.get_by_role("region", name="Lompat ke").get_by_role("button", name="Sore terakhir").click()
    expect(desk.locator(".posts .label").last).to_have_text("template: sobat_last_evening_3h · utility")
    expect(desk.get_by_role("region", name="Pengingat dan pesan")).to_contain_text("terkirim · utility, US$0.020")
    desk.reload()
    expect(desk.get_by_role("button", name="WhatsApp")).to_have_attribute("aria-pressed", "true")
    expect(desk.locator(".posts .label").last).to_have_text("template: sobat_last_evening_3h · utility")
    desk.get_by_role("button", name="Telegram").click()
    expect(desk.locator(".posts .hung")).to_have_count(0)
    expect(desk.locator(".posts .key")).not_to_have_count(0)
    assert desk.evaluate("document.scrollingElement.scrollWidth - innerWidth") == 0


def test_the_real_bots_page_has_no_switch(live: Page) -> None:
    """There the page is a channel of its own."""
    expect(live.get_by_role("log")).to_be_visible()
    expect(live.get_by_role("group", name="Tampilan ponsel")).to_have_count(0)
