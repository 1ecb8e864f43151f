"""Pictures and files on Telegram, which keeps them under an id of this bot's own."""

from __future__ import annotations

from telegram import Message

from programme.model.messages import Attachment, Sort
from programme.redaction.cutter import redact_file_name

CHANNEL = "telegram"
METHODS = {
    Sort.PHOTO: ("sendPhoto", "photo"),
    Sort.ANIMATION: ("sendAnimation", "animation"),  # comes with `document` too, so it is looked for first
    Sort.DOCUMENT: ("sendDocument", "document"),
    Sort.VOICE: ("sendVoice", "voice"),
    Sort.VIDEO: ("sendVideo", "video"),
    Sort.AUDIO: ("sendAudio", "audio"),
    Sort.VIDEO_NOTE: ("sendVideoNote", "video_note"),
    Sort.STICKER: ("sendSticker", "sticker"),
}
"""The method that sends each kind again, and its parameter, as messages call what they hold.

An id of one kind is refused by any other.
"""

WORDLESS = frozenset({Sort.VIDEO_NOTE, Sort.STICKER})
"""What takes no words below it."""


def attachment_of(message: Message) -> Attachment | None:
    """Return the picture or file in a message; of a picture, its largest size."""
    for sort, (_, name) in METHODS.items():
        if held := getattr(message, name):
            file = held[-1] if sort is Sort.PHOTO else held
            return Attachment(sort, CHANNEL, file.file_id, redact_file_name(getattr(file, "file_name", None) or ""))
    return None
