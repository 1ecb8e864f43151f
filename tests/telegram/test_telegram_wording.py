"""What a message shows is told in words, wherever it hides."""

from __future__ import annotations

import pytest
from telegram import Message

from bot.channels.telegram.wording import sight_of, words_of

CHAT = {"id": 71, "type": "private"}


def message(**content: object) -> Message:
    told = {"message_id": 1, "date": 0, "chat": CHAT, **content}
    found = Message.de_json(told, None)
    assert found is not None
    return found


def link(offset: int, length: int, url: str) -> dict[str, object]:
    return {"type": "text_link", "offset": offset, "length": length, "url": url}


@pytest.mark.parametrize(
    ("text", "entities", "words"),
    [
        ("di sini ya", [link(3, 4, "https://a.id/x")], "di sini (https://a.id/x) ya"),
        ("😀 sini", [link(3, 4, "https://a.id")], "😀 sini (https://a.id)"),
        (
            "satu dua",
            [link(0, 4, "https://a.id"), link(5, 3, "https://b.id")],
            "satu (https://a.id) dua (https://b.id)",
        ),
        ("https://a.id", [link(0, 12, "https://a.id/")], "https://a.id"),
        ("tebal", [{"type": "bold", "offset": 0, "length": 5}], "tebal"),
    ],
)
def test_an_address_behind_words_stands_after_them(text: str, entities: list[object], words: str) -> None:
    assert words_of(message(text=text, entities=entities)) == words
    assert words_of(message(caption=text, caption_entities=entities)) == words


def test_a_poll_shows_its_question_and_what_can_be_chosen() -> None:
    options = [{"text": each, "voter_count": 0, "persistent_id": each} for each in ("OVO", "DANA")]
    kept = {"id": "1", "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
    more = {"allows_multiple_answers": False, "allows_revoting": False, "members_only": False}
    poll = {**kept, **more, "question": "Cair ke mana?", "options": options}
    assert sight_of(message(poll=poll)) == "📊 Cair ke mana?\n• OVO\n• DANA"


def test_what_has_a_text_or_a_file_of_its_own_needs_no_other_words() -> None:
    assert sight_of(message(text="halo")) == ""
