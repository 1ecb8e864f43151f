"""A private text is read without the library, and says the same as with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.plain_text import plain_text
from bot.channels.telegram.receiving import Reader
from programme.model.clock import SetClock
from programme.redaction.cutter import redact
from tests.telegram.conftest import NOW

READER = Reader(me=7, username="SobatPrakerjaBot", signer=ButtonSigner(b"key"), redact=redact, clock=SetClock(NOW))
SITI = {"id": 71, "is_bot": False, "first_name": "Siti"}
NUMBERS = st.integers(1, 2**52)
WORDS = st.text(min_size=1, max_size=60) | st.sampled_from(["/batas@SobatPrakerjaBot", "OTP saya 123456", "/start g21"])


def update(**more: Any) -> dict[str, Any]:
    message = {"message_id": 9, "date": 1634536800, "chat": {"id": 71, "type": "private"}, "from": SITI, "text": "halo"}
    return {"update_id": 5, "message": {**message, **more}}


@st.composite
def texts(draw: st.DrawFn) -> dict[str, Any]:
    person: dict[str, Any] = {"id": draw(NUMBERS), "is_bot": False, "first_name": draw(st.text(max_size=9))}
    for name in ("last_name", "username", "language_code"):
        if draw(st.booleans()):
            person[name] = draw(st.text(min_size=1, max_size=9))
    given_date, words = draw(st.integers(0, 2**33)), draw(WORDS)
    more: dict[str, Any] = {"chat": {"id": person["id"], "type": "private"}, "from": person, "text": words}
    if draw(st.booleans()):
        more["entities"] = [{"type": "bot_command", "offset": 0, "length": 1}]
    return {**update(**more, date=given_date, message_id=draw(NUMBERS)), "update_id": draw(NUMBERS)}


@given(texts())
def test_it_says_what_the_library_would_say(raw: dict[str, Any]) -> None:
    said = plain_text(raw)
    assert said is not None
    assert READER.read_plain(said) == READER.read(Update.de_json(dict(raw)))


@pytest.mark.parametrize(
    "more",
    [
        {"reply_to_message": update()["message"]},
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Budi"}},
        {"photo": [], "caption": "gagal"},
        {"media_group_id": "1"},
        {"text": ""},
        {"text": None},
        {"date": -1},
        {"date": 10**15},
        {"date": "kemarin"},
        {"chat": {"id": -100, "type": "supergroup"}},
        {"from": {**SITI, "is_bot": True}},
        {"from": {**SITI, "language_code": 4}},
        {"from": None},
    ],
)
def test_whatever_has_more_to_it_is_left_to_the_library(more: dict[str, Any]) -> None:
    assert plain_text(update()) is not None
    assert plain_text(update(**more)) is None


def test_other_updates_are_left_to_the_library() -> None:
    assert plain_text({"update_id": 5, "edited_message": update()["message"]}) is None
    assert plain_text({**update(), "callback_query": {}}) is None
    assert plain_text({}) is None
