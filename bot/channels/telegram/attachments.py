"""Pictures and files on Telegram, which keeps them under an id of this bot's own."""

from __future__ import annotations

from typing import Any

from telegram import Message

from programme.model.messages import Attachment, Sort
from programme.redaction.cutter import redact_file_name

CHANNEL = "telegram"
METHODS = {
    Sort.PHOTO: ("sendPhoto", "photo"),
    Sort.DOCUMENT: ("sendDocument", "document"),
    Sort.VOICE: ("sendVoice", "voice"),
    Sort.VIDEO: ("sendVideo", "video"),
    Sort.AUDIO: ("sendAudio", "audio"),
    Sort.ANIMATION: ("sendAnimation", "animation"),
    Sort.VIDEO_NOTE: ("sendVideoNote", "video_note"),
    Sort.STICKER: ("sendSticker", "sticker"),
}
"""The method that sends each kind again, and its parameter: an id of one kind is refused by any other."""

WORDLESS = frozenset({Sort.VIDEO_NOTE, Sort.STICKER})
"""What takes no words below it."""


def attachment_of(message: Message) -> Attachment | None:
    """Return the picture or file in a message; of a picture, its largest size."""
    if message.photo:
        return _kept(Sort.PHOTO, message.photo[-1])
    for sort, held in (
        (Sort.ANIMATION, message.animation),  # comes with `document` too, so it is looked for first
        (Sort.DOCUMENT, message.document),
        (Sort.VOICE, message.voice),
        (Sort.AUDIO, message.audio),
        (Sort.VIDEO, message.video),
        (Sort.VIDEO_NOTE, message.video_note),
        (Sort.STICKER, message.sticker),
    ):
        if held is not None:
            return _kept(sort, held)
    return None


def _kept(sort: Sort, held: Any) -> Attachment:
    return Attachment(sort, CHANNEL, held.file_id, redact_file_name(getattr(held, "file_name", None) or ""))
