"""One answer is one message where WhatsApp has room for it, and every button of it can be reached."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.buttons import ButtonSigner, ButtonTooLong
from bot.channels.plain import plain
from bot.channels.whatsapp.rendering import Post, render
from locales import speaking
from programme.model.messages import (
    AskContact,
    Attachment,
    Button,
    Document,
    Key,
    Link,
    Message,
    Open,
    Picture,
    Sort,
)
from tests.fakes.graph_bounds import check_message
from tests.fakes.openapi import described_in, faults
from tests.fakes.whatsapp_text import read
from tests.whatsapp.reading import complete, fits, kind, tapped, words

FILE = described_in()
SIGNER = ButtonSigner(b"k" * 32)
PICTURE = Picture(b"png", "Kartu: *sisa* 3 hari")
VOICE = Attachment(Sort.VOICE, "whatsapp", "9")
ASK = AskContact("📱 Bagikan nomorku")
SHOP, CALL = Link("🛒 Beli di Tokopedia", "https://tokopedia.com/x_y?a=_b_&c=1"), Link("☎️ Telepon", "tel:08001503001")


def button(number: int, label: str = "") -> Button:
    return Button(label or f"Tombol {number}", Open("plan", {"n": str(number)}))


def rows(*keys: Key) -> tuple[tuple[Key, ...], ...]:
    return tuple((key,) for key in keys)


def shown(message: Message, **how: Any) -> list[Post]:
    return render(message, SIGNER, **how)


def kinds(message: Message, **how: Any) -> list[str]:
    return [kind(post) for post in shown(message, **how)]


def more(page: int) -> str:
    return f"page:{page}"


# What becomes one message, and what two.


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Message("Halo"), ["text"]),
        (Message("Halo", rows(button(1), button(2), button(3))), ["button"]),
        (Message("Halo", rows(*map(button, range(4)))), ["list"]),
        (Message("Halo", rows(*map(button, range(10)))), ["list"]),
        (Message("Halo", rows(*map(button, range(11)))), ["list", "button"]),
        (Message("Halo", rows(button(1, "Sudah beli, tetapi belum muncul"))), ["list"]),
        (Message("Halo " * 300, rows(button(1))), ["list"]),
        (Message("Halo " * 900, rows(button(1))), ["text", "button"]),
        (Message("Halo", rows(SHOP)), ["cta_url"]),
        (Message("Halo", rows(SHOP, CALL)), ["cta_url"]),
        (Message("Halo " * 300, rows(SHOP)), ["text"]),
        (Message("Halo", rows(SHOP, Link("Lain", "https://b.id"))), ["text"]),
        (Message("Halo", rows(SHOP, button(1))), ["button"]),
        (Message("Halo", rows(CALL)), ["text"]),
        (Message("Halo", rows(ASK)), ["request_contact_info"]),
        (Message("Halo", rows(ASK, SHOP)), ["request_contact_info"]),
        (Message("Halo " * 300, rows(ASK)), ["text", "request_contact_info"]),
        (Message("Halo", rows(ASK, button(1))), ["button", "request_contact_info"]),
        (Message("Halo", picture=PICTURE), ["image"]),
        (Message("Halo", rows(button(1)), picture=PICTURE), ["button"]),
        (Message("Halo", rows(button(1, "Sudah beli, tetapi belum muncul")), picture=PICTURE), ["button"]),
        (Message("Halo", rows(SHOP), picture=PICTURE), ["cta_url"]),
        (
            Message("Halo", rows(button(1, "Sudah beli, tetapi belum muncul")), attachment=VOICE),
            ["audio", "list"],
        ),
        (Message("Halo", rows(*map(button, range(4))), picture=PICTURE), ["list"]),
        (Message("Halo", rows(ASK), picture=PICTURE), ["image", "request_contact_info"]),
        (Message("Halo " * 300, picture=PICTURE), ["image", "text"]),
        (Message("", picture=PICTURE), ["image"]),
        (Message("Ini datamu", document=Document("data.json", b"{}")), ["document"]),
    ],
)
def test_how_many_messages_an_answer_is(message: Message, expected: list[str]) -> None:
    assert kinds(message) == expected


def test_a_text_goes_without_a_preview_and_with_its_markup() -> None:
    [post] = shown(Message("Halo <b>dunia</b>"))
    expected = {"body": "Halo *dunia*", "preview_url": False}
    whole = {"messaging_product": "whatsapp", "recipient_type": "individual", "type": "text", "text": expected}
    assert post.body == whole


# Buttons and lists.


def test_a_label_that_is_cut_stands_below_in_full() -> None:
    label = "😕 Insentif belum cair padahal sudah memberi ulasan"
    [post] = shown(Message("Halo", rows(button(1, label))))
    [row] = tapped(post)
    assert row["title"] == "Insentif belum cair…"
    assert row["description"] == label


def test_the_picture_of_a_label_goes_before_its_words_do() -> None:
    [post] = shown(Message("Halo", rows(button(1, "🛒 Cara beli pelatihan"))))
    assert [each["title"] for each in tapped(post)] == ["Cara beli pelatihan"]


def test_labels_that_would_be_alike_are_numbered() -> None:
    labels = ["Sudah beli pelatihan pertama", "Sudah beli pelatihan kedua"]
    [post] = shown(Message("Halo", rows(*(button(at, label) for at, label in enumerate(labels))), picture=PICTURE))
    assert [each["title"] for each in tapped(post)] == ["Sudah beli…", "Sudah beli… 2"]


def test_two_buttons_that_do_the_same_are_one() -> None:
    [post] = shown(Message("Halo", rows(button(1, "Ya"), button(1, "Betul"))))
    assert [each["title"] for each in tapped(post)] == ["Ya"]


@pytest.mark.parametrize("count", [11, 19, 20, 28, 29])
def test_pages_lead_to_every_button_once(count: int) -> None:
    message, page, found = Message("Halo", rows(*map(button, range(count))), picture=PICTURE), 0, list[str]()
    while True:
        posts = shown(message, page=page, more=more)
        *ids, last = [each["id"] for post in posts for each in tapped(post)]
        found += ids
        if last != more(page + 1):
            break
        page += 1
    assert [*found, last] == [SIGNER.write(button(at).action) for at in range(count)]


def test_a_later_page_is_one_message_without_the_words() -> None:
    message = Message("Halo", rows(*map(button, range(11))), picture=PICTURE)
    assert kinds(message, more=more) == ["list"]
    [post] = shown(message, page=1, more=more)
    assert words(post) == "Pilihan lainnya:"
    assert shown(message, page=9, more=more) == [post]


def test_the_way_to_the_next_page_has_to_fit() -> None:
    with pytest.raises(ButtonTooLong):
        shown(Message("Halo", rows(*map(button, range(11)))), more=lambda page: "x" * 201)


def test_the_fixed_words_are_in_the_language_spoken() -> None:
    message = Message("Hello", rows(*map(button, range(11))))
    with speaking("en"):
        [post] = shown(message, more=more)
    assert post.body["interactive"]["action"]["button"] == "Choose"
    assert tapped(post)[-1]["title"] == "More"


# Links and the number.


def test_a_lone_link_is_a_button_and_a_number_a_line() -> None:
    [post] = shown(Message("Halo", rows(SHOP, CALL)))
    parameters = {"display_text": SHOP.label, "url": SHOP.url}
    assert post.body["interactive"]["action"] == {"name": "cta_url", "parameters": parameters}
    assert words(post) == "Halo\n\n☎️ Telepon: 08001503001"


def test_links_beside_buttons_are_lines_whose_address_is_whole() -> None:
    [post] = shown(Message("Halo", rows(SHOP, CALL, button(1))))
    assert words(post) == f"Halo\n\n🛒 Beli di Tokopedia: {SHOP.url}\n☎️ Telepon: 08001503001"


def test_the_number_is_asked_for_below_the_text_or_by_its_label() -> None:
    [alone] = shown(Message("Bagikan nomormu?", rows(ASK)))
    assert words(alone) == "Bagikan nomormu?"
    [_first, second] = shown(Message("Halo", rows(ASK, button(1))))
    assert second.body["interactive"] == {
        "type": "request_contact_info",
        "body": {"text": ASK.label},
        "action": {"name": "request_contact_info"},
    }


# Pictures and files.


def test_a_picture_stands_above_buttons_and_takes_its_id_there() -> None:
    [post] = shown(Message("Halo", rows(button(1)), picture=PICTURE))
    assert post.media == PICTURE
    ready = post.with_media("77")
    assert ready.body["interactive"]["header"] == {"type": "image", "image": {"id": "77"}}
    assert ready.media is None


def test_a_picture_before_the_words_is_told_in_words() -> None:
    first, *_words = shown(Message("Halo " * 300, picture=PICTURE))
    assert read(words(first)).text == PICTURE.alt
    assert first.with_media("77").body["image"]["id"] == "77"


@pytest.mark.parametrize(
    ("name", "sent"),
    [("data.json", "data.txt"), ("21.ics", "21.txt"), ("a.b.csv", "a.b.txt"), ("a.PDF", "a.PDF"), ("a.txt", "a.txt")],
)
def test_a_file_of_ours_has_a_name_that_whatsapp_takes(name: str, sent: str) -> None:
    [post] = shown(Message("Ini", document=Document(name, b"{}")))
    assert isinstance(post.media, Document)
    assert (post.media.name, post.media.data) == (sent, b"{}")
    assert post.with_media("7").body["document"] == {"filename": sent, "caption": "Ini", "id": "7"}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.PHOTO, ["image"]),
        (Sort.VIDEO, ["video"]),
        (Sort.ANIMATION, ["video"]),
        (Sort.DOCUMENT, ["document"]),
        (Sort.VOICE, ["audio", "text"]),
        (Sort.AUDIO, ["audio", "text"]),
        (Sort.STICKER, ["sticker", "text"]),
    ],
)
def test_what_stays_with_whatsapp_goes_by_its_id(sort: Sort, expected: list[str]) -> None:
    kept = Message("Ini", attachment=Attachment(sort, "whatsapp", "99", "surat.pdf"))
    first, *rest = shown(kept)
    assert [kind(post) for post in (first, *rest)] == expected
    assert first.media is None
    assert first.body[expected[0]]["id"] == "99"
    assert words((first, *rest)[-1]) == "Ini"


def test_what_another_channel_keeps_is_to_be_brought_over() -> None:
    attachment = Attachment(Sort.VOICE, "telegram", "AwAC")
    first, _second = shown(Message("Ini", rows(button(1)), attachment=attachment))
    assert first.media == attachment
    assert first.with_media("5").body["audio"] == {"id": "5"}


# Whatever the message.

_TOKENS = (
    "gelombang ",
    "😀",
    "é",
    " ",
    "\n",
    "\n\n- ",
    "*",
    "_x_ ",
    "&amp;",
    "<b>tebal</b> ",
    "<i>a\nb</i>",
    "kata " * 90,
)
TEXTS = st.lists(st.sampled_from(_TOKENS), max_size=30).map("".join)
LABELS = st.text(st.sampled_from("ab  😀👩🏽‍🌾é*_1&\n"), max_size=90)
BUTTONS = st.builds(button, st.integers(0, 40), LABELS)
LINKS = st.sampled_from(
    [SHOP, CALL, Link("Surel", "mailto:a_b%40c.id"), Link("*Lain*", "https://wa.me/?text=" + "x" * 900)]
)
KEYS = st.lists(BUTTONS, max_size=25) | st.lists(BUTTONS | LINKS | st.just(ASK), max_size=6)
SORTS = st.sampled_from([Sort.PHOTO, Sort.VOICE, Sort.STICKER, Sort.DOCUMENT, Sort.LOCATION])
MESSAGES = st.builds(
    Message,
    TEXTS,
    KEYS.map(lambda keys: rows(*keys)),
    picture=st.none() | st.just(PICTURE),
    document=st.none() | st.just(Document("data.json", b"{}")),
    attachment=st.none() | st.builds(Attachment, SORTS, st.sampled_from(["whatsapp", "telegram"]), st.just("9")),
)


def posts_say_something(message: Message) -> bool:
    """Nothing at all is left to Meta to refuse."""
    return bool(
        plain(message.text).strip() or message.keys or message.picture or message.document or message.attachment
    )


@given(MESSAGES, st.integers(0, 3))
def test_every_post_fits(message: Message, page: int) -> None:
    for how in ({}, {"page": page, "more": more}):
        posts = shown(message, **how)
        assert posts
        assert all(fits(post) for post in posts)
        if not posts_say_something(message):
            continue
        for post in posts:
            check_message(complete(post))
        if FILE:
            assert [faults(complete(post), FILE) for post in posts if faults(complete(post), FILE)] == []


@given(MESSAGES)
def test_every_key_can_be_reached(message: Message) -> None:
    posts = shown(message)
    keys = [key for row in message.keys for key in row]
    assert {each["id"] for post in posts for each in tapped(post)} == {
        SIGNER.write(key.action) for key in keys if isinstance(key, Button)
    }
    assert any(kind(post) == "request_contact_info" for post in posts) == (ASK in keys)
    all_words = "\n".join(words(post) for post in posts)
    addresses = [post.body["interactive"]["action"]["parameters"]["url"] for post in posts if kind(post) == "cta_url"]
    for key in keys:
        if isinstance(key, Link) and key.url.startswith("https:") and "//wa.me/" not in key.url:
            assert key.url in addresses or key.url in all_words


@given(MESSAGES)
def test_every_word_arrives(message: Message) -> None:
    seen = "".join(read(words(post)).text for post in shown(message))
    assert _letters(plain(message.text)) in _letters(seen)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)
