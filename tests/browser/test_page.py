"""What a visitor of the page sees and does, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Served
from tests.browser.visiting import visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("phone in a browser")]

NOVEL = "Saya mau tanya soal pelatihan. " * 120
WORD = "keberlangsungankepesertaanprogram" * 12


def say(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Tulis pesan").fill(words)
    page.get_by_role("textbox", name="Tulis pesan").press("Enter")


def start(page: Page) -> None:
    """Introduce oneself as somebody of wave 21."""
    page.get_by_role("button", name="Mulai", exact=True).click()
    press(page, "Gelombang 21")
    press(page, "WIB")
    expect(page.locator(".posts")).to_contain_text("pengingatmu menyala")


def press(page: Page, label: str | re.Pattern[str]) -> None:
    page.get_by_role("log").get_by_role("button", name=label).last.click()


def jump(page: Page, name: str) -> None:
    page.get_by_role("region", name="Lompat ke").get_by_role("button", name=name).click()


def start_over(page: Page) -> None:
    page.evaluate("window.before = true")
    page.get_by_role("button", name="Mulai dari awal").click()
    page.wait_for_function("!window.before")
    expect(page.get_by_role("heading", name="Halo, aku Sobat")).to_be_visible()
    expect(page.locator(".clock .hour")).to_have_text("09.00")


def put(page: Page, **message: object) -> str:
    [cookie] = page.context.cookies()
    answer = page.request.post("/test/say", data={"address": cookie["value"], **message})
    return str(answer.json())


def overflow(page: Page) -> int:
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))


def test_a_newcomer_is_greeted_and_answered(desk: Page) -> None:
    """A stranger presses Mulai and Sobat asks which wave it is; the press stands in the chat as their word."""
    expect(desk.get_by_role("heading", name="Halo, aku Sobat")).to_be_visible()
    desk.get_by_role("button", name="Mulai", exact=True).click()
    expect(desk.locator(".post.mine")).to_contain_text("Mulai")
    expect(desk.locator(".post.theirs").last).to_contain_text("gelombang berapa")


def test_a_question_is_answered_with_the_date(desk: Page) -> None:
    """Whoever asks for the deadline in their own words hears the day and 23.59 WIB."""
    start(desk)
    say(desk, "batas belinya kapan?")
    expect(desk.locator(".post.mine").last).to_contain_text("batas belinya kapan?")
    expect(desk.locator(".post.theirs").last).to_contain_text("23.59")


def test_a_suggestion_is_sent_like_a_typed_message(desk: Page) -> None:
    """A newcomer may touch a suggested question instead of typing."""
    desk.get_by_role("group", name="Usulan pertanyaan").get_by_role("button", name="Menu").click()
    expect(desk.locator(".post.mine")).to_contain_text("Menu")
    expect(desk.locator(".post.theirs").last).to_be_visible()


def test_the_clock_brings_reminders_with_pictures(desk: Page) -> None:
    """Moved to the last day, the clock brings the reminders of the days between, each at its own hour."""
    start(desk)
    ahead = desk.locator(".journal .line.ahead")
    expect(ahead.filter(has_text="Hari terakhir, 21.00")).to_contain_text("Kam 21 Okt 21.00")
    jump(desk, "Hari terakhir")
    last = desk.locator(".post.reminder").last
    expect(last.locator(".kind")).to_have_text("Pengingat")
    expect(last.locator(".bubble time")).to_have_text("09.00")
    assert last.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080
    expect(last.locator("img")).to_have_attribute("alt", re.compile("23.59"))
    sent = desk.locator(".journal .line.reminder.sent")
    expect(sent.filter(has_text="Besok batasnya")).to_contain_text("Rab 20 Okt 09.00")
    expect(desk.locator(".countdown")).to_have_class(re.compile("today"))
    start_over(desk)


def test_buying_calls_the_reminders_off(desk: Page) -> None:
    """Once bought, what was still to come is struck out; past the cutoff only the one question has come."""
    start(desk)
    jump(desk, "H-1")
    reminders = desk.locator(".post.reminder")
    expect(desk.locator(".journal .line.reminder.sent").filter(has_text="Besok batasnya")).to_be_visible()
    seen = desk.locator(".journal .line.reminder.sent").count()
    expect(reminders).to_have_count(seen)
    press(desk, "Sudah beli")
    press(desk, "Tokopedia")
    press(desk, "Hari ini")
    expect(desk.locator(".countdown")).to_contain_text("Aman, sudah beli")
    expect(desk.locator(".journal .line.cancelled").first).to_contain_text("Dibatalkan, sudah beli")
    jump(desk, "Lewat batas")
    expect(desk.locator(".clock .date")).to_contain_text("Jumat, 22 Oktober 2021")
    expect(reminders).to_have_count(seen + 1)
    expect(reminders.last).to_contain_text("Sudah tampil di dashboard?")


def test_a_picture_opens_large_and_closes_with_escape(desk: Page) -> None:
    """The deadline picture can be enlarged by touch or key, and put away by Escape."""
    start(desk)
    jump(desk, "H-1")
    desk.get_by_role("button", name="Perbesar gambar").last.press("Enter")
    large = desk.locator(".sheet.wide img")
    expect(large).to_be_visible()
    desk.keyboard.press("Escape")
    expect(large).to_be_hidden()


def test_the_clock_plays_pauses_and_goes_where_it_is_told(desk: Page) -> None:
    """At six hours a second the date passes quickly; a pause stops it; any moment can be typed."""
    desk.get_by_role("button", name="6 jam/dtk").click()
    expect(desk.locator(".clock .date")).to_contain_text(re.compile("Selasa, 19|Rabu, 20|Kamis, 21"))  # a day is 4 s
    desk.get_by_role("button", name="Jeda").click()
    desk.get_by_label("Waktu lain (WIB)").fill("2021-10-21T23:30")
    desk.get_by_role("button", name="Pindah").click()
    expect(desk.locator(".clock .hour")).to_have_text("23.30")
    expect(desk.locator(".clock .zones")).to_contain_text("01.30 WIT Jumat")
    expect(desk.locator(".countdown .left")).to_have_text("29 menit")
    expect(desk.get_by_role("button", name="Jalankan")).to_be_visible()


def test_what_is_being_typed_outlasts_the_running_clock(desk: Page) -> None:
    """A moment is proposed for going to; once somebody types another, the running clock leaves it alone."""
    moment = desk.get_by_label("Waktu lain (WIB)")
    expect(moment).to_have_value("2021-10-18T09:00")
    moment.fill("2021-10-21T23:30")
    desk.get_by_role("button", name="1 jam/dtk").click()
    expect(desk.locator(".clock .hour")).not_to_have_text(re.compile("^09"))
    expect(moment).to_have_value("2021-10-21T23:30")


def test_a_reload_shows_the_chat_again(phone: Page) -> None:
    """The browser keeps its chat: after a reload all bubbles are there, and another browser sees none."""
    phone.get_by_role("button", name="Mulai", exact=True).click()
    expect(phone.locator(".post.theirs").last).to_contain_text("gelombang berapa")
    expect(phone.locator(".posts .post")).to_have_count(2)
    expect(phone.locator(".pending .post")).to_have_count(0)
    before = phone.locator(".post").all_inner_texts()
    phone.reload()
    expect(phone.locator(".post")).to_have_text(before, use_inner_text=True)


def test_an_edited_message_stays_in_its_place(phone: Page) -> None:
    """A message that is edited changes where it stands; nothing new appears."""
    first = put(phone, text="Halaman 1")
    put(phone, text="Sesudahnya")
    assert put(phone, text="Halaman 2", edits=first) == first
    expect(phone.locator(".post .words")).to_have_count(2)
    expect(phone.locator(".post .words").first).to_contain_text("Halaman 2")


def test_nothing_runs_over_the_edge(phone: Page) -> None:
    """Novels, endless words, twenty keys and long addresses fit on a phone 390 pixels wide."""
    say(phone, NOVEL)
    say(phone, WORD)
    put(phone, text=f"<b>{WORD}</b>\n<i>{NOVEL}</i>", keys=[f"Pilihan {number} {WORD[:60]}" for number in range(20)])
    put(phone, text="Tautan", links=[["Beli di sini", "https://example.org/" + WORD]])
    expect(phone.locator(".key")).not_to_have_count(0)
    assert overflow(phone) == 0
    assert phone.locator(".talk").evaluate("talk => talk.scrollWidth - talk.clientWidth") <= 0
    phone.get_by_role("tab", name="Jam & pengingat").click()
    expect(phone.locator(".clock .hour")).to_be_visible()
    assert overflow(phone) == 0


def test_markup_from_outside_is_shown_not_run(phone: Page) -> None:
    """Only bold and italics are markup; anything else is shown as it was written."""
    put(phone, text="<b>tebal</b> <img src=x onerror=alert(1)> &lt;i&gt;", links=[["Jahat", "javascript:alert(1)"]])
    say(phone, "<script>alert(1)</script> 1 < 2 & 3")
    expect(phone.locator(".post.theirs .words").first).to_contain_text("tebal <img src=x onerror=alert(1)> <i>")
    expect(phone.locator(".post.mine .words").first).to_contain_text("<script>alert(1)</script> 1 < 2 & 3")
    expect(phone.get_by_role("link", name="Jahat")).to_have_count(0)


def test_links_open_beside_the_chat(phone: Page) -> None:
    """A link leads outside in a tab of its own."""
    put(phone, text="Beli di sini", links=[["Beli", "https://example.org/beli"]])
    expect(phone.get_by_role("link", name="Beli")).to_have_attribute("target", "_blank")


def test_the_newest_message_stays_in_sight(phone: Page) -> None:
    """The chat follows what is new, unless somebody scrolled up to read; one touch leads back."""
    for number in range(30):
        put(phone, text=f"Pesan {number}")
    expect(phone.get_by_text("Pesan 29")).to_be_in_viewport()
    phone.locator(".talk").hover()
    phone.mouse.wheel(0, -2000)
    expect(phone.get_by_text("Pesan 29")).not_to_be_in_viewport()
    put(phone, text="Pesan baru")
    phone.get_by_role("button", name="Ke pesan terbaru").click()
    expect(phone.get_by_text("Pesan baru")).to_be_in_viewport()


def test_what_arrives_behind_the_other_tab_is_counted(phone: Page) -> None:
    """While the clock is looked at on a phone, the chat's tab counts what arrived."""
    phone.get_by_role("tab", name="Jam & pengingat").click()
    phone.wait_for_function("document.querySelector('.tab[data-tab=jam]').ariaSelected === 'true'")
    phone.wait_for_function("'settled' in document.documentElement.dataset")
    put(phone, text="Pengingat", kind="reminder")
    expect(phone.get_by_role("tab", name="Chat")).to_contain_text("1")
    phone.get_by_role("tab", name="Chat").click()
    expect(phone.get_by_role("tab", name="Chat")).to_have_text("Chat")


def test_light_and_dark_follow_the_system_until_somebody_chooses(phone: Page) -> None:
    """The page is dark where the system is; the switch turns it and is remembered."""
    wall = phone.locator(".chat")
    light = str(wall.evaluate("wall => getComputedStyle(wall).backgroundColor"))
    phone.emulate_media(color_scheme="dark")
    expect(wall).not_to_have_css("background-color", light)
    phone.get_by_role("button", name="Terang atau gelap").click()
    expect(wall).to_have_css("background-color", light)
    phone.reload()
    expect(wall).to_have_css("background-color", light)


def test_what_must_not_be_kept_is_not_shown_either(phone: Page) -> None:
    """A card number pasted into the chat is cut out before it goes anywhere."""
    say(phone, "nomor kartuku 5326 1234 5678 9012")
    expect(phone.locator(".post.mine")).to_contain_text("[nomor kartu]")
    expect(phone.locator(".posts")).not_to_contain_text("5678")


def test_a_number_is_shared_in_a_small_form(desk: Page) -> None:
    """Where a channel would share the number itself, the demonstration asks for a made-up one, and takes no other."""
    start(desk)
    press(desk, re.compile("Bagikan"))
    number = desk.get_by_role("textbox", name="Nomor ponsel")
    number.fill("12")
    number.press("Enter")
    expect(desk.get_by_role("alert").filter(has_text="nomor ponsel")).to_be_visible()
    number.fill("0812 3456 7890")
    number.press("Enter")
    expect(desk.get_by_role("alert").filter(has_text="nomor contoh")).to_be_visible()
    number.fill("0812 0000 0021")
    number.press("Enter")
    expect(number).to_be_hidden()
    expect(desk.locator(".post.mine").last).to_contain_text("+62812••••021")


def test_beside_the_real_bot_the_page_asks_for_no_number(live: Page) -> None:
    """Whatever is typed there could be anybody's: neither the welcome nor the incentives offer the key."""
    start(live)
    say(live, "/riwayat")
    expect(live.locator(".posts")).to_contain_text("History Insentif")
    expect(live.get_by_role("log").get_by_role("button", name=re.compile("Bagikan nomorku"))).to_have_count(0)


def test_the_real_bot_has_no_clock_to_move(live: Page) -> None:
    """Without a demo clock there is the phone and what is live, and nothing that moves time."""
    expect(live.get_by_role("log")).to_be_visible()
    expect(live.get_by_role("region", name="Jam program")).to_be_visible()
    expect(live.get_by_role("region", name="Lompat ke")).to_have_count(0)
    expect(live.get_by_role("button", name="Mulai dari awal")).to_have_count(0)


def test_a_picture_is_sent_to_the_officers(live: Page) -> None:
    """Where people answer behind the bot, a picture goes into the chat; what is none is refused in words."""
    picture = live.screenshot()
    with live.expect_file_chooser() as chooser:
        live.get_by_role("button", name="Kirim gambar").click()
    chooser.value.set_files({"name": "layar.png", "mimeType": "image/png", "buffer": picture})
    expect(live.locator(".post.mine .picture img")).to_be_visible()
    with live.expect_file_chooser() as chooser:
        live.get_by_role("button", name="Kirim gambar").click()
    chooser.value.set_files({"name": "layar.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(live.locator(".posts")).to_contain_text("Kirim gambar JPG atau PNG")


def test_the_demonstration_has_officers_too_who_look_at_pictures_in_the_console(desk: Page) -> None:
    expect(desk.get_by_role("link", name="Konsol petugas")).to_be_visible()
    expect(desk.get_by_role("button", name="Kirim gambar")).to_be_visible()


def test_without_officers_there_is_nobody_to_send_a_picture_to(browser: Browser) -> None:
    """Where nobody answers behind the bot, the page offers no picture to be sent."""
    with Served("live", "alone") as server, visiting(browser, server.address) as tab:
        tab.goto("/")
        expect(tab.get_by_role("textbox", name="Tulis pesan")).to_be_visible()
        expect(tab.get_by_role("button", name="Kirim gambar")).to_have_count(0)


def test_a_message_taller_than_the_view_is_shown_from_its_top(phone: Page) -> None:
    """On a small phone the headline of a long message is what is seen first."""
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.wait_for_function("'settled' in document.documentElement.dataset")
    put(phone, text="Pendek saja")
    put(
        phone, text="<b>Ini judulnya</b>\n" + "\n".join(f"baris {number}" for number in range(60)), keys=["Satu", "Dua"]
    )
    expect(phone.get_by_text("Ini judulnya")).to_be_in_viewport()
    put(phone, text="Yang paling baru")
    expect(phone.get_by_text("Yang paling baru")).to_be_in_viewport()


def test_the_clock_goes_only_ahead_and_says_whose_it_is(desk: Page) -> None:
    """Going back is not offered: what was sent can't be unsent. It is one clock for everybody, and says so."""
    start(desk)
    expect(desk.locator(".title-bar")).to_contain_text("sama untuk semua")
    jump(desk, "Hari terakhir")
    expect(desk.locator(".clock .date")).to_contain_text("Kamis, 21 Oktober 2021")
    earlier = desk.get_by_role("region", name="Lompat ke").get_by_role("button", name="H-1")
    expect(earlier).to_have_attribute("aria-disabled", "true")
    desk.get_by_label("Waktu lain (WIB)").fill("2021-10-19T08:00")
    desk.get_by_role("button", name="Pindah").click()
    expect(desk.get_by_role("alert").filter(has_text="hanya bisa maju")).to_be_visible()
