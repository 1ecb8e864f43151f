"""What somebody says at the page is never lost: not without a network, not while the server restarts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.serving import PHONE, Served
from tests.browser.visiting import stranger, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("phone in a browser")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served("live", f"sqlite:///{tmp_path_factory.mktemp('page')}/page.db") as server:
        yield server


@pytest.fixture(scope="module")
def tab_kept(browser: Browser, server: Served) -> Iterator[Page]:
    with visiting(browser, server.address) as tab:
        yield tab


@pytest.fixture
def page(tab_kept: Page, server: Served) -> Iterator[Page]:
    with stranger(tab_kept, server.address, PHONE):
        tab_kept.wait_for_function("'settled' in document.documentElement.dataset")
        yield tab_kept
        tab_kept.context.set_offline(False)


def say(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Tulis pesan").fill(words)
    page.get_by_role("textbox", name="Tulis pesan").press("Enter")


def test_what_is_said_without_a_network_waits_in_sight_and_goes_out_once(page: Page) -> None:
    """The bubble stands there at once with what it waits for; back on the net it is answered, a single time."""
    page.context.set_offline(True)
    say(page, "batas beli gelombang 21 kapan?")
    expect(page.locator(".pending .mine")).to_contain_text("batas beli gelombang 21")
    expect(page.locator(".pending .fate")).to_contain_text("menunggu sambungan")
    expect(page.locator(".net")).to_contain_text("nanti terkirim sendiri")
    page.context.set_offline(False)
    expect(page.locator(".posts .theirs").last).to_contain_text("23.59")
    expect(page.locator(".pending .mine")).to_have_count(0)
    expect(page.locator(".posts .mine")).to_have_count(1)
    expect(page.locator(".net")).to_be_empty()


def test_a_restart_loses_neither_the_chat_nor_the_draft_nor_what_was_said_meanwhile(page: Page, server: Served) -> None:
    """Somebody known is known again, reads what was said, and hears the answer to what they wrote meanwhile."""
    page.get_by_role("button", name="Mulai", exact=True).click()
    page.get_by_role("log").get_by_role("button", name=re.compile("Gelombang 21")).click()
    expect(page.locator(".posts .theirs").last).to_contain_text("zona waktu")
    server.goes()
    expect(page.locator(".net")).to_contain_text("Sambungan terputus")
    say(page, "lewati")
    expect(page.locator(".pending .fate").last).to_contain_text("belum terkirim")
    composer_box = page.get_by_role("textbox", name="Tulis pesan")
    composer_box.fill("aku tinggal di ma")
    server.comes()
    expect(page.locator(".posts .theirs").last).to_contain_text("Yang kusimpan")
    expect(page.locator(".posts .theirs").first).to_contain_text("Gelombang 21 ya")
    expect(page.locator(".posts .mine").filter(has_text="lewati")).to_have_count(1)
    expect(composer_box).to_have_value("aku tinggal di ma")
    expect(page.locator(".pending .mine")).to_have_count(0)


def test_what_the_server_fails_at_again_and_again_holds_up_nothing_behind_it(page: Page) -> None:
    """It stays in sight as not sent; what was said after it is answered."""
    tried: list[str] = []

    def fails(route: Route) -> None:
        if "racun" in (route.request.post_data or ""):
            tried.append("racun")
            route.fulfill(status=500)
        else:
            route.continue_()

    page.route("**/sobat/kirim", fails)
    say(page, "racun")
    say(page, "batas beli gelombang 21 kapan?")
    expect(page.locator(".posts .theirs").last).to_contain_text("23.59", timeout=30_000)
    expect(page.locator(".pending .mine")).to_contain_text("racun")
    expect(page.locator(".pending .fate")).to_contain_text("belum terkirim")
    assert len(tried) == 3
    page.unroute("**/sobat/kirim")
    page.reload()
    expect(page.locator(".pending .mine")).to_have_count(0)


def test_the_keys_of_a_question_go_once_it_was_answered_by_typing(page: Page) -> None:
    """What they offered is decided; keys that open something stay."""
    page.get_by_role("button", name="Mulai", exact=True).click()
    wave = page.get_by_role("log").get_by_role("button", name=re.compile("Gelombang 21"))
    expect(wave).to_be_visible()
    say(page, "21")
    expect(page.locator(".posts .theirs").last).to_contain_text("zona waktu")
    expect(wave).to_have_count(0)


def test_a_key_pressed_without_a_network_is_pressed_later(page: Page) -> None:
    page.get_by_role("button", name="Mulai", exact=True).click()
    wave = page.get_by_role("log").get_by_role("button", name=re.compile("Gelombang 21"))
    expect(wave).to_be_visible()
    page.context.set_offline(True)
    wave.click()
    expect(page.locator(".pending .mine")).to_contain_text("Gelombang 21")
    page.context.set_offline(False)
    expect(page.locator(".posts .theirs").last).to_contain_text("zona waktu")
    expect(page.locator(".pending .mine")).to_have_count(0)


def test_two_tabs_keep_what_is_written_and_said_in_each(page: Page) -> None:
    """Also that of a tab that was closed while there was no network, though the other spoke after it."""
    other = page.context.new_page()
    other.goto("/")
    other.wait_for_function("'settled' in document.documentElement.dataset")
    for tab, words in ((page, "draf pertama"), (other, "draf kedua")):
        tab.get_by_role("textbox", name="Tulis pesan").fill(words)
    page.reload()
    expect(page.get_by_role("textbox", name="Tulis pesan")).to_have_value("draf pertama")
    page.wait_for_function("'settled' in document.documentElement.dataset")
    page.context.set_offline(True)
    say(other, "dari tab yang ditutup")
    say(page, "dari tab yang tinggal")
    expect(page.locator(".pending .mine")).to_have_count(1)
    other.close()
    page.context.set_offline(False)
    expect(page.locator(".posts .mine").filter(has_text="yang tinggal")).to_have_count(1)
    page.reload()
    expect(page.locator(".posts .mine").filter(has_text="yang ditutup")).to_have_count(1)
    expect(page.locator(".posts .mine").filter(has_text="yang tinggal")).to_have_count(1)


def test_a_stranger_can_not_speak_for_an_address_without_a_page(server: Served, browser: Browser) -> None:
    """Who makes an address up is not heard; nor is another site."""
    context = browser.new_context(base_url=server.address)
    body = {"id": "0123456789abcdef", "words": "halo"}
    made_up = {"x-sobat-chat": "a" * 22}
    assert context.request.post("/sobat/kirim", data=body, headers=made_up).status == 401
    abroad = {"sec-fetch-site": "cross-site", **made_up}
    assert context.request.post("/sobat/kirim", data=body, headers=abroad).status == 401
    assert context.request.post("/sobat/kirim", data={"id": "x"}, headers=made_up).status == 422
    context.close()
