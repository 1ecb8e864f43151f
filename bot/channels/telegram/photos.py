"""Pictures that Telegram already has: each is uploaded once and sent by its file id from then on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from telegram.error import BadRequest

from bot.channels.telegram.failures import says
from programme.model.messages import Picture

Photo = bytes | str  # the file, or the id under which Telegram has it
Sending = Callable[[Photo], Awaitable[Any]]

_FORGOTTEN = ("file identifier", "file_id", "file_reference")


class Photos:
    """Knows the file id of every picture sent, by its digest.

    Those who send the same new picture at once wait for the first upload.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._uploads: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def known(self, picture: Picture) -> str | None:
        """Return the file id of a picture that Telegram has already."""
        return self._known.get(picture.digest)

    async def through(self, send: Sending, picture: Picture) -> Any:
        """Return Telegram's answer to `send`, which gets the file id or, the first time, the file."""
        digest = picture.digest
        if digest not in self._known:
            async with self._uploads.setdefault(digest, asyncio.Lock()):
                if digest not in self._known:
                    return await self._upload(send, picture, digest)
        try:
            return await send(self._known[digest])
        except BadRequest as error:
            if not says(error, *_FORGOTTEN):
                raise
            return await self._upload(send, picture, digest)

    async def _upload(self, send: Sending, picture: Picture, digest: str) -> Any:
        answer = await send(picture.data)
        if isinstance(answer, dict) and answer.get("photo"):
            self._known[digest] = answer["photo"][-1]["file_id"]
        return answer
