"""A part of an update that can't be read costs that part: the words and the press beside it are heard."""

from __future__ import annotations

from typing import Any, Final

import pytest

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from programme.model.messages import Incoming, Open, Sort

STRANGE: Final = {"options": 5}
SAID: Final = {
    "message_id": 4,
    "date": 1634522400,
    "chat": {"id": 71, "type": "private", "first_name": "Siti"},
    "from": {"id": 71, "is_bot": False, "first_name": "Siti"},
}
PHOTO: Final = [{"file_id": "AgAC", "file_unique_id": "u", "width": 9, "height": 9}]


def heard(reader: Reader, **update: Any) -> Incoming:
    async def take(incoming: Incoming) -> None:
        raise AssertionError(incoming)

    read = Intake(reader, take, lambda _: "").read({"update_id": 1, **update})
    assert read.incoming is not None
    return read.incoming


@pytest.mark.parametrize("beside", ["reply_to_message", "external_reply", "via_bot", "poll", "checklist", "gift"])
def test_words_are_heard_beside_what_nobody_can_read(reader: Reader, beside: str) -> None:
    said = heard(reader, message={**SAID, "text": "gagal bayar", beside: STRANGE})
    assert (said.sort, said.text) == (Sort.TEXT, "gagal bayar")


def test_a_picture_keeps_its_words_and_itself(reader: Reader) -> None:
    said = heard(reader, message={**SAID, "photo": PHOTO, "caption": "ini", "reply_to_message": STRANGE})
    assert (said.sort, said.text, said.attachment is not None) == (Sort.PHOTO, "ini", True)


def test_words_stay_where_their_marks_can_not_be_read(reader: Reader) -> None:
    assert heard(reader, message={**SAID, "text": "halo", "entities": [STRANGE]}).text == "halo"


def test_what_is_forwarded_from_somebody_unknown_stays_forwarded(reader: Reader) -> None:
    assert heard(reader, message={**SAID, "text": "udah beli", "forward_origin": {"type": "user"}}).forwarded


def test_a_press_is_heard_below_a_message_that_nobody_can_read(reader: Reader, signer: ButtonSigner) -> None:
    pressed = {"id": "4", "from": SAID["from"], "chat_instance": "9", "data": signer.write(Open("deadline"))}
    press = heard(reader, callback_query={**pressed, "message": {**SAID, "text": "Menu", "poll": STRANGE}})
    assert (press.action, press.pressed) == (Open("deadline"), "4")
