"""The way out to Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.channels.buttons import ButtonSigner, ButtonTooLong
from bot.channels.channel import Ambiguous, Refused, SendFailure, Throttled
from bot.channels.telegram.account import Account
from bot.channels.telegram.failures import translated
from bot.channels.telegram.photos import Photo, Photos
from bot.channels.telegram.rendering import NO_KEYBOARD, Post, render
from bot.channels.telegram.splitting import CAPTION_LIMIT, width
from programme.messages import Message

_NO_PREVIEW = {"is_disabled": True}
_PATIENCE = 5.0  # seconds to wait inside a message whose first part is already out
_UNCHANGED = "message is not modified"
_IS_PHOTO = "there is no text in the message to edit"
_NOT_EDITABLE = ("message can't be edited", "message to edit not found", "message_id_invalid", _IS_PHOTO)
_FILE = "picture.png"


class TelegramChannel:
    """Sends through one account. Bulk and replies each get a channel and an account, and share `photos`.

    The id of a message is Telegram's `message_id`; of a message in parts, that of the part with the keys.
    """

    def __init__(self, account: Account, signer: ButtonSigner, photos: Photos | None = None) -> None:
        self._account = account
        self._signer = signer
        self._photos = photos or Photos()
        self._asking: set[str] = set()  # who still sees the keyboard that shares a number

    @property
    def name(self) -> str:
        """Name the channel in the store."""
        return "telegram"

    async def send(self, address: str, message: Message, *, edits: str | None = None) -> str:
        """Send `message` to a chat, or put it in place of the one with the id `edits`; return Telegram's id.

        What can't be edited any more is sent anew; what is unchanged counts as sent. Raises a SendFailure;
        once a first part is out, any failure is Ambiguous, so that nobody gets the start twice in silence.
        """
        try:
            first, *rest = render(message, self._signer)
        except ButtonTooLong as error:
            raise Refused(str(error)) from error
        first = await self._clearing_keyboard(address, first, edits)
        with translated():
            sent = await self._place(address, first, edits)
        ids = [sent, *await self._rest(address, rest)]
        return ids[-2] if rest and rest[-1].asks_contact else ids[-1]

    async def _rest(self, address: str, posts: Sequence[Post]) -> list[str]:
        try:
            return [await self._patiently(address, post) for post in posts]
        except SendFailure as error:
            raise Ambiguous(f"sent in part: {error}") from error

    async def _patiently(self, address: str, post: Post) -> str:
        try:
            return await self._post(address, post)
        except Throttled as error:
            if error.retry_after > _PATIENCE:
                raise
            await asyncio.sleep(error.retry_after)
            return await self._post(address, post)

    async def _post(self, address: str, post: Post) -> str:
        with translated():
            return await self._new(address, post)

    async def _place(self, address: str, post: Post, edits: str | None) -> str:
        """Edit where that is possible: a keyboard for sharing a number can't be edited in."""
        if edits is None or not edits.isdecimal() or post.asks_contact:
            return await self._new(address, post)
        try:
            await self._edit(post, chat_id=address, message_id=int(edits))
        except BadRequest as error:
            if _says(error, _UNCHANGED):
                return edits
            if _says(error, *_NOT_EDITABLE):
                return await self._new(address, post)
            raise
        return edits

    async def _new(self, address: str, post: Post) -> str:
        if post.picture is None:
            answer = await self._call("sendMessage", post, chat_id=address, **_text(post))
        else:

            async def send(photo: Photo) -> Any:
                file = InputFile(photo, filename=_FILE) if isinstance(photo, bytes) else photo
                return await self._call("sendPhoto", post, chat_id=address, photo=file, **_caption(post))

            answer = await self._photos.through(send, post.picture)
        if post.asks_contact:
            self._asking.add(address)
        return str(answer["message_id"])

    async def _edit(self, post: Post, **where: str | int) -> None:
        if post.picture is None:
            await self._edit_text(post, **where)
            return

        async def send(photo: Photo) -> Any:
            media = InputMediaPhoto(photo, filename=_FILE, **_caption(post))
            return await self._call("editMessageMedia", post, media=media, **where)

        await self._photos.through(send, post.picture)

    async def _edit_text(self, post: Post, **where: str | int) -> None:
        """A text that takes the place of a photo's caption leaves the photo."""
        try:
            await self._call("editMessageText", post, **_text(post), **where)
        except BadRequest as error:
            if not _says(error, _IS_PHOTO) or width(post.text) > CAPTION_LIMIT:
                raise
            await self._call("editMessageCaption", post, **_caption(post), **where)

    async def _call(self, method: str, post: Post, **parameters: Any) -> Any:
        if post.markup is not None:
            parameters["reply_markup"] = post.markup
        return await self._account.call(method, **parameters)

    async def _clearing_keyboard(self, address: str, post: Post, edits: str | None) -> Post:
        """The keyboard that asked for a number goes with the next message.

        A message that has keys of its own, or is an edit, can't take it away: then a passing one does.
        """
        if address not in self._asking or post.asks_contact:
            return post
        self._asking.discard(address)
        if post.markup is None and edits is None:
            return replace(post, markup=NO_KEYBOARD)
        with suppress(TelegramError):
            call = self._account.call
            passing = await call("sendMessage", chat_id=address, text="👌", reply_markup=NO_KEYBOARD)
            await call("deleteMessage", chat_id=address, message_id=passing["message_id"])
        return post


def _text(post: Post) -> dict[str, Any]:
    return {"text": post.text, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}


def _caption(post: Post) -> dict[str, Any]:
    return {"caption": post.text, "parse_mode": "HTML"}


def _says(error: BadRequest, *sentences: str) -> bool:
    said = str(error).lower()
    return any(sentence in said for sentence in sentences)
