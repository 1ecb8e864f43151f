"""One post at a time into a chat: sent, or put in place of another."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.channels.splitting import width
from bot.channels.telegram.account import Account
from bot.channels.telegram.failures import says
from bot.channels.telegram.limits import CAPTION_LIMIT
from bot.channels.telegram.photos import Photo, Photos
from bot.channels.telegram.rendering import NO_KEYBOARD, RenderedPost
from bot.channels.telegram.resending import Resending

_NO_PREVIEW = {"is_disabled": True}
_UNCHANGED = "message is not modified"
_IS_PHOTO = "there is no text in the message to edit"
_NOT_EDITABLE = ("message can't be edited", "message to edit not found", "message_id_invalid", _IS_PHOTO)
_GONE = ("message to delete not found", "message_id_invalid")
_FILE = "picture.png"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Poster:
    """Posts through one account."""

    def __init__(self, account: Account, photos: Photos, extra: Mapping[str, Any] = _NOTHING) -> None:
        """RenderedPost through `account`; `extra` parameters go with every new message."""
        self._account = account
        self._photos = photos
        self._extra = extra

    async def take_back(self, address: str, message: str) -> None:
        """Delete a message of ours; one that is gone is done with. Telegram allows it for 48 hours."""
        try:
            await self._account.call("deleteMessage", chat_id=address, message_id=int(message))
        except BadRequest as error:
            if not says(error, *_GONE):
                raise

    async def put_in_place(self, address: str, post: RenderedPost, edits: str) -> None:
        """Put `post` in place of the message `edits`, and nowhere else. Raises TelegramError."""
        try:
            await self._edit(post, chat_id=address, message_id=int(edits))
        except BadRequest as error:
            if not says(error, _UNCHANGED):
                raise

    async def place(self, address: str, post: RenderedPost, edits: str | None) -> str:
        """Put `post` in place of the message `edits`, or send it anew; return its id. Raises TelegramError.

        A keyboard for sharing a number can't be edited in.
        """
        if edits is None or not edits.isdecimal() or post.asks_contact or post.attachment or post.document:
            return await self.new(address, post)
        try:
            await self._edit(post, chat_id=address, message_id=int(edits))
        except BadRequest as error:
            if says(error, _UNCHANGED):
                return edits
            if says(error, *_NOT_EDITABLE):
                return await self.new(address, post)
            raise
        return edits

    async def new(self, address: str, post: RenderedPost) -> str:
        """Send `post`; return its id. Raises TelegramError."""
        if post.attachment is not None:
            again = Resending(self._account, partial(self._call, post=post))
            answer = await again.send(post.attachment, chat_id=address, **_caption(post))
        elif post.document is not None:
            file = InputFile(post.document.data, filename=post.document.name)
            answer = await self._call("sendDocument", post, chat_id=address, document=file, **_caption(post))
        elif post.picture is None:
            answer = await self._call("sendMessage", post, chat_id=address, **_text(post), **self._extra)
        else:

            async def send(photo: Photo) -> Any:
                file = InputFile(photo, filename=_FILE) if isinstance(photo, bytes) else photo
                caption = {**_caption(post), **self._extra}
                return await self._call("sendPhoto", post, chat_id=address, photo=file, **caption)

            answer = await self._photos.through(send, post.picture)
        return str(answer["message_id"])

    async def _edit(self, post: RenderedPost, **where: str | int) -> None:
        if post.picture is None:
            await self._edit_text(post, **where)
            return

        async def send(photo: Photo) -> Any:
            media = InputMediaPhoto(photo, filename=_FILE, **_caption(post))
            return await self._call("editMessageMedia", post, media=media, **where)

        await self._photos.through(send, post.picture)

    async def _edit_text(self, post: RenderedPost, **where: str | int) -> None:
        """A text that takes the place of a photo's caption leaves the photo."""
        try:
            await self._call("editMessageText", post, **_text(post), **where)
        except BadRequest as error:
            if not says(error, _IS_PHOTO) or width(post.text) > CAPTION_LIMIT:
                raise
            await self._call("editMessageCaption", post, **_caption(post), **where)

    async def _call(self, method: str, post: RenderedPost, **parameters: Any) -> Any:
        if post.markup is not None:
            parameters["reply_markup"] = post.markup
        return await self._account.call(method, **parameters)

    async def clear_keyboard(self, address: str) -> None:
        """Take the keyboard below the chat away, by a passing message. Failing does no harm."""
        with suppress(TelegramError):
            call = self._account.call
            passing = await call("sendMessage", chat_id=address, text="👌", reply_markup=NO_KEYBOARD)
            await call("deleteMessage", chat_id=address, message_id=passing["message_id"])


def method_and_body(post: RenderedPost, photo: str | None) -> tuple[str, dict[str, Any]]:
    """Return the method that sends `post`, and its parameters, all but the chat."""
    markup = {} if post.markup is None else {"reply_markup": post.markup}
    if photo is None:
        return "sendMessage", _text(post) | markup
    return "sendPhoto", {"photo": photo} | _caption(post) | markup


def _text(post: RenderedPost) -> dict[str, Any]:
    return {"text": post.text, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}


def _caption(post: RenderedPost) -> dict[str, Any]:
    return {"caption": post.text, "parse_mode": "HTML"}
