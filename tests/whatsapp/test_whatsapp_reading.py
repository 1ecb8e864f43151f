"""What people send on WhatsApp, as the app understands it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.whatsapp.items import Ignored, NextPage
from bot.channels.whatsapp.pages import page_id
from programme.model.messages import Attachment, Incoming, Open, Sort
from programme.model.phones import OwnNumber
from tests.whatsapp.written import AT, NOW, NUMBER, OURS, SCOPED, SIGNER, SITI, heard, read, said, value

CARD = {"name": {"formatted_name": "Siti"}, "phones": [{"phone": "+62 812-3456-7890", "wa_id": NUMBER}]}


def why(**parts: Any) -> str:
    """Tell why one message of Siti is passed over."""
    [item] = read(value(messages=[said(**parts)]))
    assert isinstance(item, Ignored)
    return item.why


def press(button: str, **parts: Any) -> dict[str, Any]:
    reply = {"type": "button_reply", "button_reply": {"id": button, "title": "Menu"}}
    return {"type": "interactive", "text": None, "interactive": reply, "context": {"id": "wamid.P"}, **parts}


def test_a_text() -> None:
    assert heard() == Incoming(
        channel="whatsapp",
        address=SCOPED,
        aliases=(NUMBER,),
        id=f"{OURS}:wamid.A",
        at=AT,
        text="halo",
        can_vouch=True,
        name="Siti",
        message="wamid.A",
    )


def test_somebody_who_hides_their_number_is_known_by_the_id() -> None:
    hidden = {"profile": {"name": "Siti", "username": "siti"}, "user_id": SCOPED}
    named = heard([hidden], **{"from": None})
    nobody = heard([hidden], **{"from": None, "from_user_id": None})
    assert (named.address, named.aliases, named.name) == (SCOPED, (), "Siti")
    assert nobody == named


def test_somebody_without_an_id_is_known_by_the_number() -> None:
    old = heard([{"profile": {"name": "Siti"}, "wa_id": NUMBER}], from_user_id=None)
    assert (old.address, old.aliases, old.name) == (NUMBER, (), "Siti")


def test_each_message_finds_its_own_contact() -> None:
    budi = {"profile": {"name": "Budi"}, "wa_id": "6289876543210", "user_id": "ID.2"}
    ani = {"profile": {"name": "Ani"}, "user_id": "ID.3"}
    others = [
        said(**{"from": "6289876543210", "from_user_id": None}),
        said(**{"from": None, "from_user_id": "ID.3"}),
        said(**{"from": "6281111111111", "from_user_id": None}),
        said(**{"from": None, "from_user_id": None}),
    ]
    items = read(value(messages=others, contacts=[SITI, budi, ani]))
    found = [(item.address, item.name) for item in items if isinstance(item, Incoming)]
    assert found == [("ID.2", "Budi"), ("ID.3", "Ani"), ("6281111111111", None)]
    assert items[3] == Ignored(why="message of nobody")


def test_a_number_that_now_has_another_id_does_not_take_the_old_name() -> None:
    assert heard(from_user_id="ID.99").name is None


@pytest.mark.parametrize(
    ("parts", "text", "cut"),
    [
        ({"text": {"body": "OTP saya 123456"}}, "OTP saya [OTP]", ("otp",)),
        ({"type": "image", "image": {"id": "1", "caption": "kode OTP: 123456"}}, "kode OTP: [OTP]", ("otp",)),
    ],
)
def test_secrets_are_cut_out(parts: dict[str, Any], text: str, cut: tuple[str, ...]) -> None:
    assert (heard(**parts).text, heard(**parts).redacted) == (text, cut)


def test_names_have_no_figures() -> None:
    assert heard([{**SITI, "profile": {"name": "Siti 081234567890"}}]).name == "Siti"


@pytest.mark.parametrize(
    ("parts", "action"), [(press(SIGNER.write(Open("menu"))), Open("menu", {})), (press("ovoucher"), None)]
)
def test_a_press_counts_only_with_our_signature(parts: dict[str, Any], action: Open | None) -> None:
    pressed = heard(**parts)
    assert (pressed.sort, pressed.text, pressed.pressed) == (Sort.PRESS, "Menu", "wamid.P")
    assert (pressed.action, pressed.stale) == (action, action is None)


def test_rows_of_lists_and_buttons_of_templates_are_presses_too() -> None:
    held = SIGNER.write(Open("menu"))
    row = heard(**press("", interactive={"type": "list_reply", "list_reply": {"id": held, "title": "Menu"}}))
    quick = heard(type="button", text=None, button={"payload": held, "text": "Menu"})
    assert row.action == quick.action == Open("menu", {})
    assert (quick.text, quick.pressed) == ("Menu", None)


def test_the_next_page_of_a_list_is_the_channels_own_matter() -> None:
    [item] = read(value(messages=[said(**press(page_id("wamid.L-1", 2)))]))
    assert isinstance(item, NextPage)
    assert (item.reference, item.page, item.incoming.address) == ("wamid.L-1", 2, SCOPED)
    assert (item.incoming.sort, item.incoming.action, item.incoming.stale) == (Sort.PRESS, None, False)
    assert heard(**press("page:nonsense")).stale


@pytest.mark.parametrize("reference", ["", "a:b", "spasi di sini", "x" * 129])
def test_a_page_that_could_not_be_read_back_is_not_written(reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        page_id(reference, 1)


@pytest.mark.parametrize(
    ("kind", "media", "sort", "file"),
    [
        ("image", {"id": "7"}, Sort.PHOTO, Attachment(Sort.PHOTO, "whatsapp", "7")),
        ("audio", {"id": "7", "voice": True}, Sort.VOICE, Attachment(Sort.VOICE, "whatsapp", "7")),
        ("audio", {"id": "7", "voice": False}, Sort.VOICE, Attachment(Sort.AUDIO, "whatsapp", "7")),
        ("video", {"id": "7"}, Sort.VIDEO, Attachment(Sort.VIDEO, "whatsapp", "7")),
        ("sticker", {"id": "7", "animated": True}, Sort.STICKER, Attachment(Sort.STICKER, "whatsapp", "7")),
        ("image", {}, Sort.PHOTO, None),
        (
            "document",
            {"id": "7", "filename": "KTP 3174012345678901.pdf"},
            Sort.DOCUMENT,
            Attachment(Sort.DOCUMENT, "whatsapp", "7", "KTP [NIK].pdf"),
        ),
    ],
)
def test_files(kind: str, media: dict[str, Any], sort: Sort, file: Attachment | None) -> None:
    sent = heard(type=kind, text=None, **{kind: media})
    assert (sent.sort, sent.attachment) == (sort, file)


@pytest.mark.parametrize("place", [{}, {"latitude": "x", "longitude": 1}, {"latitude": 91, "longitude": 1}])
def test_a_place_nobody_could_go_to(place: dict[str, Any]) -> None:
    assert (heard(type="location", location=place).sort, heard(type="location", location=place).sight) == (
        Sort.LOCATION,
        "",
    )


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ({"contacts": [{**CARD, "origin": "contact_request"}]}, NUMBER),
        ({"contacts": [CARD], "origin": "contact_request"}, NUMBER),
        ({"contacts": [CARD], "origin": "contact_request", "from": None}, NUMBER),
        ({"contacts": [{**CARD, "origin": "other"}]}, None),
        ({"contacts": [CARD]}, None),
        ({"contacts": [{**CARD, "origin": "other"}], "origin": "contact_request"}, None),
        ({"contacts": [{**CARD, "origin": "contact_request"}, CARD]}, None),
        ({"contacts": [CARD], "origin": "contact_request", "context": {"forwarded": True}}, None),
        ({"contacts": [CARD], "origin": "contact_request", "from": "6285555555555"}, None),
        ({"contacts": [{"phones": []}], "origin": "contact_request"}, None),
        ({"contacts": [{"phones": [*CARD["phones"]] * 2}], "origin": "contact_request"}, None),
    ],
)
def test_a_number_is_vouched_for_only_where_whatsapp_says_so(parts: dict[str, Any], number: str | None) -> None:
    hidden = [{"profile": {"name": "Siti"}, "user_id": SCOPED}]
    card = heard(hidden, **{"type": "contacts", "text": None, **parts})
    assert (card.sort, card.number) == (Sort.CONTACT, OwnNumber(f"+{number}") if number else None)


def test_who_is_known_by_number_can_vouch_for_no_other() -> None:
    other = [{"phones": [{"wa_id": "6285555555555"}]}]
    assert heard(**{"type": "contacts", "contacts": other, "origin": "contact_request", "from": None}).number is None


def test_an_edit_is_of_the_original_message() -> None:
    edit = {"original_message_id": "wamid.O", "message": {"type": "text", "text": {"body": "OTP 123456"}}}
    edited = heard(type="edit", text=None, edit=edit)
    assert (edited.edited, edited.message, edited.text) == (True, "wamid.O", "OTP [OTP]")
    assert edited.id == f"{OURS}:wamid.A"


def test_who_takes_a_message_back_is_seen_to_do_so() -> None:
    taken = heard(type="revoke", text=None, revoke={"original_message_id": "wamid.O"})
    assert (taken.edited, taken.message, taken.text) == (True, "wamid.O", "[dihapus]")


@pytest.mark.parametrize(
    ("parts", "address", "aliases"),
    [
        ({"type": "user_changed_number", "wa_id": "6285555555555"}, NUMBER, ("6285555555555",)),
        (
            {"type": "user_changed_number", "wa_id": "6285555555555", "user_id": "ID.9", "previous_user_id": SCOPED},
            SCOPED,
            ("ID.9", "6285555555555"),
        ),
        ({"type": "user_changed_user_id", "user_id": "ID.9", "previous_user_id": SCOPED}, SCOPED, ("ID.9",)),
    ],
)
def test_who_changes_the_number_moves(parts: dict[str, Any], address: str, aliases: tuple[str, ...]) -> None:
    moved = heard((), type="system", text=None, system=parts, from_user_id=None)
    assert (moved.sort, moved.address, moved.aliases, moved.name) == (Sort.MOVED, address, aliases, None)


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("User Siti changed from ID.7 to ID.9", "ID.7"),
        ("User ID.8 changed from ID.7 to ID.9", "ID.7"),
        ("User ID.8 changed from 6281234567890 to 6285555555555", NUMBER),
        ("User x changed from ID.8 to ID.9 changed from 6281234567890 to 6285555555555", NUMBER),
        ("ID.8", NUMBER),
    ],
)
def test_nobody_becomes_another_by_taking_their_id_for_a_name(body: str, address: str) -> None:
    system = {"type": "user_changed_number", "wa_id": "6285555555555", "user_id": "ID.9", "body": body}
    assert heard((), type="system", text=None, system=system, from_user_id=None).address == address


@pytest.mark.parametrize(
    ("wish", "sort"), [("stop", Sort.MARKETING_OFF), ("resume", Sort.MARKETING_ON), ("signup", Sort.MARKETING_ON)]
)
def test_wishes_about_advertising(wish: str, sort: Sort) -> None:
    told = {"wa_id": NUMBER, "category": "marketing_messages", "value": wish, "timestamp": int(AT.timestamp())}
    [item] = read(value(user_preferences=[told]), field="user_preferences")
    assert isinstance(item, Incoming)
    assert (item.sort, item.address, item.at) == (sort, SCOPED, AT)
    written = {**told, "timestamp": str(told["timestamp"])}
    assert read(value(user_preferences=[written]), field="user_preferences") == [item]
    assert read(value(user_preferences=[{**told, "value": "huh"}]), field="user_preferences") == [
        Ignored(why="preference: huh")
    ]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"type": "reaction", "reaction": {"emoji": "👍"}}, "reaction"),
        ({"group_id": "g"}, "group"),
        ({"recipient_type": "group"}, "group"),
        ({"id": None}, "message without id"),
        ({"type": "request_welcome"}, "request_welcome"),
        ({"type": "system", "system": {"type": "customer_identity_changed"}}, "system: customer_identity_changed"),
        ({"type": "system", "system": {"type": "user_changed_number"}}, "user_changed_number without both names"),
        ({"type": "edit"}, "edit of nothing"),
        (
            {"type": "edit", "edit": {"original_message_id": "wamid.1", "message": {"type": "poll 🗳 " + "x" * 99}}},
            "edit: poll _ " + "x" * 47,
        ),
    ],
)
def test_what_we_have_no_use_for(parts: dict[str, Any], reason: str) -> None:
    assert why(**parts) == reason


@pytest.mark.parametrize(
    "parts",
    [
        {"type": "unsupported", "errors": [{"code": 131051}]},
        {"type": "order", "order": {"catalog_id": "1"}},
        {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
        {"type": "interactive"},
        {"type": "text", "text": {"body": ""}},
        {"type": "poll 🗳 of 2027!", "poll 🗳 of 2027!": {"name": "Kapan?"}},
        {"type": "event"},
    ],
)
def test_what_cannot_be_read_is_owned_up_to(parts: dict[str, Any]) -> None:
    assert heard(**{"text": None, **parts}).sort is Sort.OTHER


def test_replies_and_forwards() -> None:
    assert heard(context={"id": "wamid.Q", "frequently_forwarded": True}).answers == "wamid.Q"
    assert heard(context={"frequently_forwarded": True}).forwarded
    assert not heard(context={"forwarded": "no"}).forwarded


@pytest.mark.parametrize("wrong", ["", "x", None, "-1", "0", "99999999999", 10**30, 1.5, True, [], "9" * 5000])
def test_a_moment_that_cannot_be_is_now(wrong: Any) -> None:
    assert heard(timestamp=wrong).at == NOW


def test_old_messages_are_read_as_any_other() -> None:
    """It may have been written during an outage; the inbox knows it where it was taken in already."""
    assert heard(timestamp=int((NOW - timedelta(days=6)).timestamp())).at == NOW - timedelta(days=6)


def test_what_a_database_would_not_take_is_gone() -> None:
    assert heard(text={"body": "a\0b\ud83dc 😮"}).text == "ab\ufffdc 😮"
