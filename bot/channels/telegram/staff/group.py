"""The staff's forum groups on Telegram, as the helpdesk writes into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.buttons import ButtonSigner, ButtonTooLong
from bot.channels.channel import Refused
from bot.channels.groups import MessageLost, RightsGone, Rows, TopicLost
from bot.channels.splitting import split
from bot.channels.telegram.account import Account
from bot.channels.telegram.attachments import CHANNEL, WORDLESS
from bot.channels.telegram.failures import failure, says
from bot.channels.telegram.limits import CAPTION_LIMIT, TEXT_LIMIT
from bot.channels.telegram.resending import Resending
from handlers.helpdesk.pointing import CALLED
from programme.model.messages import Attachment, Button

_UNCHANGED = ("not modified", "topic_not_modified")
_LOST = ("thread not found", "topic_deleted", "topic_id_invalid", "message_thread_id_invalid")
_NO_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_RIGHTS = ("not enough rights", "chat_admin_required", "chat is not a forum", "chat not found", "topic_closed")


_CALLED = re.compile(rf'"{CALLED}{CHANNEL}:(\d+)"')


class StaffGroups:
    """Writes into groups through one account. Every method raises a `SendFailure`."""

    def __init__(self, account: Account, signer: ButtonSigner) -> None:
        self._account = account
        self._signer = signer

    async def create(self, room: str, name: str) -> str:
        """Open a topic; return its id."""
        made = await self._call("createForumTopic", chat_id=room, name=name)
        return str(made["message_thread_id"])

    async def delete(self, room: str, topic: str) -> None:
        """Take a topic away with everything in it; one that is gone already counts as deleted."""
        try:
            await self._call("deleteForumTopic", chat_id=room, message_thread_id=int(topic))
        except TopicLost:
            return

    async def set_open(self, room: str, topic: str, *, is_open: bool) -> None:
        """Open or close a topic."""
        method = "reopenForumTopic" if is_open else "closeForumTopic"
        await self._call(method, chat_id=room, message_thread_id=int(topic))

    async def post(
        self, room: str, topic: str | None, text: str, keys: Rows = (), *, answers: str | None = None
    ) -> str:
        """Write into a topic, or into the group itself; return the message's id."""
        *parts, last = split(text, TEXT_LIMIT)
        for part in parts:
            await self._call("sendMessage", **_text(part), **_place(room, topic, answers))
        sent = await self._call("sendMessage", **_text(last), **_place(room, topic, answers), **self._markup(keys))
        return str(sent["message_id"])

    async def pass_on(
        self,
        room: str,
        topic: str,
        attachment: Attachment,
        caption: str,
        *,
        answers: str | None = None,
        data: bytes | None = None,
    ) -> str:
        """Show a picture or file with the words below it; `data` is sent where Telegram doesn't have it yet."""
        place = _place(room, topic, answers)
        if attachment.sort in WORDLESS:
            below, *rest = "", *split(caption, TEXT_LIMIT)
        else:
            below, *rest = split(caption, CAPTION_LIMIT)
        words = {"caption": _calling(below), "parse_mode": "HTML"} if below else {}
        with _named():
            sent = await Resending(self._account, self._account.call).send(attachment, data, **words, **place)
        for part in filter(None, rest):
            await self._call("sendMessage", **_text(part), **place)
        return str(sent["message_id"])

    def link(self, room: str, topic: str) -> str:
        """Return the address of a topic; a supergroup's begins with -100, which addresses leave out."""
        return f"https://t.me/c/{room.removeprefix('-100')}/{topic}" if room.startswith("-100") else ""

    async def edit(self, room: str, message: str, text: str, keys: Rows = ()) -> None:
        """Put other words in place of a message's."""
        where = {"chat_id": room, "message_id": int(message)}
        await self._call("editMessageText", **_text(split(text, TEXT_LIMIT)[0]), **where, **self._markup(keys))

    def _markup(self, keys: Rows) -> dict[str, Any]:
        try:
            rows = [[self._button(key) for key in row if isinstance(key, Button)] for row in keys]
        except ButtonTooLong as error:
            raise Refused(str(error)) from error
        return {"reply_markup": {"inline_keyboard": rows}} if rows else {}

    def _button(self, key: Button) -> dict[str, str]:
        return {"text": key.label, "callback_data": self._signer.write(key.action)}

    async def _call(self, method: str, **parameters: Any) -> Any:
        with _named():
            return await self._account.call(method, **parameters)
        return None


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        said = str(error).lower()
        if isinstance(error, BadRequest):
            if says(error, *_UNCHANGED):
                return
            if says(error, *_LOST):
                raise TopicLost(said) from error
            if says(error, *_NO_MESSAGE):
                raise MessageLost(said) from error
        if isinstance(error, ChatMigrated):
            raise RightsGone(f"the group is {error.new_chat_id} now: change TELEGRAM_STAFF_GROUP") from error
        if isinstance(error, Forbidden) or says(error, *_RIGHTS):
            raise RightsGone(said) from error
        raise failure(error) from error


def _calling(text: str) -> str:
    """Turn members who are called into mentions, of which Telegram tells them."""
    return _CALLED.sub(r'"tg://user?id=\1"', text)


def _text(text: str) -> dict[str, Any]:
    return {"text": _calling(text), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _place(room: str, topic: str | None, answers: str | None) -> dict[str, Any]:
    place: dict[str, Any] = {"chat_id": room}
    if topic is not None:
        place["message_thread_id"] = int(topic)
    if answers is not None:
        place["reply_parameters"] = {"message_id": int(answers), "allow_sending_without_reply": True}
    return place
