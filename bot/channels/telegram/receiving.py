"""What came in from Telegram, as the app understands it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Contact, Message, Update, User

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.attachments import attachment_of
from bot.channels.telegram.wording import quote_of, shortened, sight_of, words_of
from programme.model.clock import Clock
from programme.model.messages import Incoming, Sort
from programme.model.phones import OwnNumber
from programme.redaction.cutter import redact_name

Redact = Callable[[str], tuple[str, tuple[str, ...]]]

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""The updates asked for. An edit goes to people who read along, never to a dialogue: its question may be long past."""

_SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        "contact": Sort.CONTACT,
        "photo": Sort.PHOTO,
        "voice": Sort.VOICE,
        "audio": Sort.VOICE,
        "video": Sort.VIDEO,
        "video_note": Sort.VIDEO,
        "animation": Sort.VIDEO,  # comes with `document` too, so it is looked for first
        "document": Sort.DOCUMENT,
        "sticker": Sort.STICKER,
        "venue": Sort.LOCATION,
        "location": Sort.LOCATION,
    }
)
_NO_DIGIT = re.compile(r"[^0-9]")
_NUMBER = re.compile(r"[0-9]{8,15}")
"""A number that is none would be the same for all who have such a one."""
_NOTICES = (  # the channel speaks here, not the person
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "connected_website",
    "chat_background_set",
    "users_shared",
    "chat_shared",
)


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads updates for the bot with the id `me`; `redact` cuts out what must not be kept.

    `username` is filled in once Telegram has told it.
    """

    me: int
    username: str
    signer: ButtonSigner
    redact: Redact
    clock: Clock

    def read(self, update: Update) -> Incoming | None:
        """Return what a person said in a private chat; None for groups, bots and notices of the channel."""
        if update.my_chat_member is not None:
            return self._membership(update, update.my_chat_member)
        if update.callback_query is not None:
            return self._press(update, update.callback_query)
        if update.edited_message is not None:
            return self._message(update, update.edited_message, edited=True)
        if update.message is not None:
            return self._message(update, update.message)
        return None

    def read_nothing(self, raw: Mapping[str, Any]) -> Incoming | None:
        """Return that somebody wrote something which can't be read, so that they hear of it; None for all else."""
        match raw:
            case {
                "update_id": int(number),
                "message": {"chat": {"id": int(chat), "type": "private"}, "from": {"is_bot": False}},
            }:
                at = self.clock.now()
                return Incoming(channel="telegram", address=str(chat), id=self._id(number), at=at, sort=Sort.OTHER)
        return None

    def _message(self, update: Update, message: Message, *, edited: bool = False) -> Incoming | None:
        person = message.from_user
        if person is None or person.is_bot or not _private(message.chat, person) or _is_notice(message):
            return None
        if edited and message.location is not None:
            return None  # a place that moves along says nothing new each time
        text, redacted = self.redact(self._without_name(words_of(message)))
        sight, cut = self._beside(message)
        return self._incoming(
            update,
            message.chat,
            person,
            at=message.date,
            sort=_sort(message),
            text=text,
            number=_own_number(message, person),
            name=redact_name(person.first_name or "") or None,
            forwarded=message.forward_origin is not None,
            redacted=redacted or cut,
            message=str(message.message_id),
            answers=str(message.reply_to_message.message_id) if message.reply_to_message else None,
            edited=edited,
            album=message.media_group_id,
            attachment=attachment_of(message),
            sight=sight,
        )

    def _beside(self, message: Message) -> tuple[str, tuple[str, ...]]:
        """Return what is shown by no text, or what the words or the file answer, which is no message by itself."""
        if sight := sight_of(message):
            return self.redact(sight)
        quoted, cut = self.redact(quote_of(message) if message.text or attachment_of(message) else "")
        return shortened(quoted), cut

    def _press(self, update: Update, press: CallbackQuery) -> Incoming | None:
        shown = press.message
        if shown is None or not _private(shown.chat, press.from_user):
            return None
        action = self.signer.read(press.data or "")
        return self._incoming(
            update,
            shown.chat,
            press.from_user,
            at=self.clock.now(),
            sort=Sort.PRESS,
            text=_label(press),
            action=action,
            stale=action is None,
            pressed=str(shown.message_id),
            name=redact_name(press.from_user.first_name or "") or None,
        )

    def _membership(self, update: Update, change: ChatMemberUpdated) -> Incoming | None:
        if change.chat.type != change.chat.PRIVATE:
            return None
        stopped = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
        sort = Sort.STOPPED if stopped else Sort.RESUMED
        return self._incoming(update, change.chat, change.from_user, at=change.date, sort=sort)

    def _incoming(self, update: Update, chat: Chat, person: User, **parts: Any) -> Incoming:
        return Incoming(
            channel="telegram",
            can_vouch=True,
            address=str(chat.id),
            id=self._id(update.update_id),
            language=person.language_code,
            **parts,
        )

    def _id(self, number: int | str) -> str:
        """Unique for each bot account."""
        return f"{self.me}:{number}"

    def _without_name(self, words: str) -> str:
        """Leave out the bot's own name after a command."""
        command, space, rest = words.partition(" ")
        if command.startswith("/"):
            command = _without_suffix(command, f"@{self.username}")
        return f"{command}{space}{rest}"


def _private(chat: Chat, person: User) -> bool:
    """Whether it is the person's own chat with the bot, which has their id."""
    return chat.type == chat.PRIVATE and chat.id == person.id


def _is_notice(message: Message) -> bool:
    return any(getattr(message, name) for name in _NOTICES)


def _sort(message: Message) -> Sort:
    if message.text:
        return Sort.TEXT
    return next((sort for name, sort in _SORTS.items() if getattr(message, name)), Sort.OTHER)


def _own_number(message: Message, person: User) -> OwnNumber | None:
    """The number in a contact, in the form +62..., where Telegram vouches that it is the sender's own."""
    contact: Contact | None = message.contact
    if contact is None or contact.user_id != person.id or message.forward_origin is not None:
        return None
    number = _NO_DIGIT.sub("", contact.phone_number)
    return OwnNumber(f"+{number}") if _NUMBER.fullmatch(number) else None


def _label(press: CallbackQuery) -> str:
    """What the pressed button said, where the message is still there to tell."""
    markup = press.message.reply_markup if isinstance(press.message, Message) else None
    keys = (key for row in markup.inline_keyboard for key in row) if markup else ()
    return next((key.text for key in keys if key.callback_data == press.data), "")


def _without_suffix(command: str, suffix: str) -> str:
    return command[: -len(suffix)] if command.lower().endswith(suffix.lower()) else command
