"""The content of pictures and files that Telegram keeps."""

from __future__ import annotations

import logging

from telegram.error import TelegramError

from bot.channels.telegram.account import Account
from bot.channels.telegram.attachments import CHANNEL
from programme.model.messages import Attachment

LARGEST = 20_000_000
"""Bytes; bots may not fetch more."""

_log = logging.getLogger(__name__)


async def fetched(account: Account, attachment: Attachment) -> bytes | None:
    """Return the content; None where it isn't Telegram's, is too large, or can't be had now."""
    if attachment.channel != CHANNEL:
        return None
    try:
        file = await account.get_file(attachment.reference)
        if (file.file_size or 0) > LARGEST:
            return None
        return bytes(await file.download_as_bytearray())
    except TelegramError as error:
        _log.warning("a file of the staff can't be fetched: %s", error)
        return None
