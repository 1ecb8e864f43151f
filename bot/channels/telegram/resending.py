"""Sending once more what Telegram keeps, or a picture from elsewhere: in the way that Telegram takes it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, NetworkError

from bot.channels.telegram.account import Account
from bot.channels.telegram.attachments import METHODS
from bot.channels.telegram.failures import says
from bot.channels.telegram.files import fetched
from programme.model.messages import Attachment, Sort

Call = Callable[..., Awaitable[Any]]

_OTHER_SORT = re.compile(r"can't use file of type ([\w ]+?) as ", re.IGNORECASE)
_SORTS = {name.replace("_", ""): sort for sort, (_, name) in METHODS.items()} | {"voicenote": Sort.VOICE}
"""How Telegram's servers call what they keep, without spaces, in small letters."""

NAMES = {
    Sort.PHOTO: "gambar.png",
    Sort.DOCUMENT: "berkas",
    Sort.VOICE: "suara.ogg",
    Sort.AUDIO: "suara.mp3",
    Sort.VIDEO: "video.mp4",
    Sort.ANIMATION: "video.mp4",
    Sort.VIDEO_NOTE: "video.mp4",
    Sort.STICKER: "stiker.webp",
}
"""What a file without a name is called, for Telegram goes by the ending."""

_NO_PHOTO = (
    *("photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid", "photo_content_type_invalid"),
    *("photo_save_file_invalid", "too big", "too large"),
)
"""A picture whose sides are too long or too unequal, that is too heavy, or no picture after all."""


@dataclass(frozen=True, slots=True)
class Resending:
    """Sends through `account`, by `call`, which takes a method and its parameters. Raises what `call` raises."""

    account: Account
    call: Call

    async def send(self, attachment: Attachment, data: bytes | None = None, **parameters: Any) -> Any:
        """Return Telegram's answer; `data` is the content of what Telegram doesn't have yet.

        What Telegram calls another sort goes by the method of that; a picture that it does not take as one goes
        as a file.
        """
        try:
            return await self._send(attachment, data, parameters)
        except (BadRequest, NetworkError) as error:
            other = _sort_named_in(error)
            if other is not None and other is not attachment.sort:
                return await self._send(replace(attachment, sort=other), data, parameters)
            if attachment.sort is not Sort.PHOTO or not says(error, *_NO_PHOTO):
                raise
            content = data or await fetched(self.account, attachment)
            if content is None:
                raise
            as_file = replace(attachment, sort=Sort.DOCUMENT)
            return await self._send(as_file, content, parameters)

    async def _send(self, attachment: Attachment, data: bytes | None, parameters: dict[str, Any]) -> Any:
        method, name = METHODS[attachment.sort]
        held = attachment.reference if data is None else InputFile(data, attachment.name or NAMES[attachment.sort])
        return await self.call(method, **{name: held}, **parameters)


def _sort_named_in(error: NetworkError) -> Sort | None:
    named = _OTHER_SORT.search(str(error))
    return _SORTS.get(named[1].replace(" ", "").lower()) if named else None
