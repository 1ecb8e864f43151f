"""Updates of Telegram made wrong by chance, as webhooks of WhatsApp are: of every sort that the bot asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bot.channels.buttons import ButtonSigner
from programme.model.messages import Open
from tests.fakes.bot_api import BOT
from tests.whatsapp.mutating import mutated

GROUP: Final = -1001234567890
_SITI: Final = {"id": 71, "is_bot": False, "first_name": "Siti", "language_code": "id"}
_FILE: Final = {"file_id": "AgAC-1", "file_unique_id": "u1", "file_size": 90_000}
_PHOTO: Final = [{**_FILE, "width": 90, "height": 90}, {**_FILE, "file_id": "AgAC-2", "width": 800, "height": 800}]
_AT_HOME: Final = {"message_id": 101, "date": 1634522400, "chat": {"id": 71, "type": "private", "first_name": "Siti"}}
_IN_GROUP: Final = {
    "message_id": 7,
    "message_thread_id": 5,
    "is_topic_message": True,
    "date": 1634522400,
    "chat": {"id": GROUP, "type": "supergroup", "title": "Petugas", "is_forum": True},
}
_SAID: Final[tuple[dict[str, Any], ...]] = (
    {"text": "gel 21 terakhir kapan?"},
    {"text": "/start g21", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
    {"text": "lihat ini", "entities": [{"type": "text_link", "offset": 0, "length": 5, "url": "https://example.id"}]},
    {"text": "ini", "forward_origin": {"type": "hidden_user", "sender_user_name": "Budi", "date": 1634500000}},
    {"text": "itu", "reply_to_message": {**_AT_HOME, "from": {"id": BOT["id"], "is_bot": True, "first_name": "S"}}},
    {"contact": {"phone_number": "6281234567890", "first_name": "Siti", "user_id": 71}},
    {"photo": _PHOTO, "caption": "ini layarku", "media_group_id": "13"},
    {"document": {**_FILE, "file_name": "surat.pdf", "mime_type": "application/pdf"}},
    {"voice": {**_FILE, "duration": 3}},
    {"sticker": {**_FILE, "width": 5, "height": 5, "is_animated": False, "is_video": False, "type": "regular"}},
    {"location": {"latitude": -5.1, "longitude": 119.4}},
    {"poll": {"id": "1", "question": "Apa?", "options": [{"text": "A", "voter_count": 0, "persistent_id": "1"}]}},
)


def sound_updates(signer: ButtonSigner) -> list[dict[str, Any]]:
    """Updates as Telegram writes them: texts, files, presses, edits, who came and went, and a group of the staff."""
    said = [{"message": {**_AT_HOME, "from": _SITI, **each}} for each in _SAID]
    edited = [{"edited_message": {**_AT_HOME, "from": _SITI, "edit_date": 1634522500, **_SAID[0]}}]
    pressed = [
        {
            "callback_query": {
                "id": "4",
                "from": _SITI,
                "chat_instance": "9",
                "message": {**_AT_HOME, "text": "Menu"},
                "data": signer.write(Open("deadline")),
            }
        }
    ]
    me = {"id": BOT["id"], "is_bot": True, "first_name": "Sobat"}
    gone = {"user": me, "status": "kicked", "until_date": 0}
    left = {"chat": _AT_HOME["chat"], "from": _SITI, "date": 1634522400, "new_chat_member": gone}
    blocked = [{"my_chat_member": {**left, "old_chat_member": {"user": me, "status": "member"}}}]
    grouped = [{"message": {**_IN_GROUP, "from": _SITI, **each}} for each in _SAID[:8]]
    return [{"update_id": 900 + at, **each} for at, each in enumerate([*said, *edited, *pressed, *blocked, *grouped])]


def wrong_updates(signer: ButtonSigner, count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Make `count` updates, each wrong in one to four places; the same ones for the same seed."""
    return mutated(sound_updates(signer), count, seed)
