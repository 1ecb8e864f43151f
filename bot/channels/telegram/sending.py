"""The way out to Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import orjson
from telegram.error import BadRequest, TelegramError

from bot.channels.buttons import ButtonSigner, ButtonTooLong
from bot.channels.channel import FREE, Ambiguous, Refused, SendFailure, Terms, Throttled
from bot.channels.telegram.account import Account
from bot.channels.telegram.attachments import CHANNEL
from bot.channels.telegram.failures import meaning, translated
from bot.channels.telegram.photos import Photos
from bot.channels.telegram.posting import Poster
from bot.channels.telegram.prepared import Preparing
from bot.channels.telegram.rendering import NO_KEYBOARD, RenderedPost, render
from programme.model.messages import Kind, Message

_PATIENCE = 5.0  # seconds to wait inside a message whose first part is already out
_BULK = frozenset({Kind.REMINDER, Kind.BROADCAST})


class TelegramChannel:
    """Sends replies through `account`, and what nobody is waiting for through `bulk`, with connections of its own.

    The id of a message is Telegram's `message_id`; of a message in parts, that of the part with the keys.
    """

    name = CHANNEL

    def __init__(
        self,
        account: Account,
        signer: ButtonSigner,
        bulk: Account | None = None,
        *,
        paid: bool = False,
    ) -> None:
        """Send through `account`; with `paid`, messages in bulk may cost the bot's Stars."""
        photos, extra = Photos(), {"allow_paid_broadcast": True} if paid else {}
        self._signer = signer
        self._standing = account.standing
        self._replies = Poster(account, photos)
        self._bulk_account = bulk or account
        self._bulk = Poster(self._bulk_account, photos, extra)
        self._preparing = Preparing(signer, photos, extra)
        self._asking: set[str] = set()  # who still sees the keyboard that shares a number

    async def warm(self, count: int) -> None:
        """Have `count` connections open for messages in bulk."""
        await self._bulk_account.warm(count)

    def forget(self, address: str) -> None:
        """Drop what was prepared; the keyboard that is remembered here goes with the goodbye."""
        self._preparing.forget()

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Send `message` to a chat, or put it in place of the one with the id `edits`; return Telegram's id.

        What can't be edited any more is sent anew; what is unchanged counts as sent. Raises a SendFailure;
        once a first part is out, any failure is Ambiguous, so that nobody gets the start twice in silence.
        """
        in_bulk = kind in _BULK
        if in_bulk and edits is None and address not in self._asking and address.isdecimal():
            sent = await self._send_prepared(address, message)
            if sent is not None:
                return sent
        if in_bulk and edits is not None:
            await self._amend(address, message, edits)
            return edits
        poster = self._bulk if in_bulk else self._replies
        first, *rest = posts = await self._posts(poster, address, message, edits)
        async with translated(self._standing):
            ids = [await poster.place(address, first, edits)]
        ids += await self._follow(poster, address, rest)
        if posts[-1].asks_contact:
            self._asking.add(address)
        return ids[next((at for at, post in enumerate(posts) if post.has_buttons), -1)]

    async def _amend(self, address: str, message: Message, edits: str) -> None:
        """Change a message that went to many where it stands, or take it back; a keyboard of the chat's stays."""
        if not edits.isdecimal():
            raise Refused("the message is not known any more")
        try:
            posts = [] if message.takes_back else render(message, self._signer)
        except ButtonTooLong as error:
            raise Refused(str(error)) from error
        if len(posts) > 1:
            raise Refused("too long to stand in the place of one message")
        async with translated(self._standing):
            if posts:
                await self._bulk.put_in_place(address, posts[0], edits)
            else:
                await self._bulk.take_back(address, edits)

    async def _send_prepared(self, address: str, message: Message) -> str | None:
        try:
            prepared = self._preparing.of(message)
        except ButtonTooLong as error:
            raise Refused(str(error)) from error
        except orjson.JSONEncodeError as error:
            raise Refused(f"not expressible as JSON: {error}") from error
        if prepared is None:
            return None
        try:
            answer = await self._bulk_account.post(prepared.method, prepared.to(address))
        except TelegramError as error:
            if isinstance(error, BadRequest) and message.picture:
                return None  # Telegram may have forgotten the picture: the long way uploads it again
            raise await meaning(error, self._standing) from error
        return str(answer["message_id"])

    async def _posts(self, poster: Poster, address: str, message: Message, edits: str | None) -> list[RenderedPost]:
        """The keyboard that asked for a number goes with the next message.

        A post that has keys of its own, or is an edit, can't take it away: then a passing one does.
        """
        try:
            first, *rest = posts = render(message, self._signer)
        except ButtonTooLong as error:
            raise Refused(str(error)) from error
        if address not in self._asking or first.asks_contact:
            return posts
        self._asking.discard(address)
        if first.markup is None and edits is None:
            return [replace(first, markup=NO_KEYBOARD), *rest]
        await poster.clear_keyboard(address)
        return posts

    async def _follow(self, poster: Poster, address: str, posts: Sequence[RenderedPost]) -> list[str]:
        try:
            return [await self._patiently(poster, address, post) for post in posts]
        except SendFailure as error:
            raise Ambiguous(f"sent in part: {error}") from error

    async def _patiently(self, poster: Poster, address: str, post: RenderedPost) -> str:
        try:
            return await self._post(poster, address, post)
        except Throttled as error:
            if error.retry_after > _PATIENCE:
                raise
            await asyncio.sleep(error.retry_after)
            return await self._post(poster, address, post)

    async def _post(self, poster: Poster, address: str, post: RenderedPost) -> str:
        async with translated(self._standing):
            return await poster.new(address, post)
