"""Pictures and files on Telegram, which keeps them under an id of this bot's own."""

from __future__ import annotations

from typing import Any

from telegram import Message

from programme.messages import Attachment, Sort
from programme.privacy import redact_file_name

CHANNEL = "telegram"
METHODS = {
    Sort.PHOTO: ("sendPhoto", "photo"),
    Sort.DOCUMENT: ("sendDocument", "document"),
    Sort.VOICE: ("sendVoice", "voice"),
    Sort.VIDEO: ("sendVideo", "video"),
}
"""The method that sends each kind again, and its parameter."""


def attachment_of(message: Message) -> Attachment | None:
    """Return the picture or file in a message; of a picture, its largest size."""
    if message.photo:
        return _kept(Sort.PHOTO, message.photo[-1])
    if message.animation:
        return _kept(Sort.DOCUMENT, message.animation)
    for sort, held in (
        (Sort.DOCUMENT, message.document),
        (Sort.VOICE, message.voice),
        (Sort.DOCUMENT, message.audio),
        (Sort.VIDEO, message.video),
    ):
        if held is not None:
            return _kept(sort, held)
    return None


def _kept(sort: Sort, held: Any) -> Attachment:
    return Attachment(sort, CHANNEL, held.file_id, redact_file_name(getattr(held, "file_name", None) or ""))
