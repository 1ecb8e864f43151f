"""What the staff say and press in their groups, as the app understands it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update

from bot.channels.buttons import ButtonSigner
from bot.channels.groups import STAFF
from bot.channels.telegram.attachments import attachment_of
from bot.channels.telegram.wording import contact_of, sight_of, words_of
from programme.model.clock import Clock
from programme.model.messages import Incoming, Sort

Redact = Callable[[str], tuple[str, tuple[str, ...]]]
_NOTICES = (
    *("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
    *("pinned_message", "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
    *("message_auto_delete_timer_changed", "general_forum_topic_hidden", "general_forum_topic_unhidden"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffReader:
    """Reads updates from the groups `rooms` (chat ids as text) for the bot with the id `me`."""

    me: int
    rooms: tuple[str, ...]
    signer: ButtonSigner
    redact: Redact
    clock: Clock

    def concerns(self, update: Update) -> bool:
        """Tell whether an update comes from a group of the staff."""
        chat = update.effective_chat
        return chat is not None and str(chat.id) in self.rooms

    def read(self, update: Update) -> Incoming | None:
        """Return what a member of the group said or pressed, or that they left; None for notices and bots."""
        if update.callback_query is not None:
            return self._press(update, update.callback_query)
        if update.chat_member is not None:
            return self._membership(update, update.chat_member)
        if update.edited_message is not None:
            return self._message(update, update.edited_message, edited=True)
        return self._message(update, update.message, edited=False) if update.message else None

    def _message(self, update: Update, message: Message, *, edited: bool) -> Incoming | None:
        sender = message.from_user
        if sender is None or sender.is_bot or any(getattr(message, name, None) for name in _NOTICES):
            return None
        if edited and message.location is not None:
            return None  # a place that moves along says nothing new each time
        attachment = attachment_of(message)
        words = words_of(message) if message.text or attachment else ""  # not without what they are about
        text, redacted = self.redact(words or _shown(message))
        return self._incoming(
            update,
            message,
            at=message.date,
            sort=Sort.TEXT if message.text else Sort.DOCUMENT,
            text=text,
            redacted=redacted,
            sender=str(sender.id),
            message=str(message.message_id),
            answers=_answered(message),
            edited=edited,
            attachment=attachment,
        )

    def _press(self, update: Update, press: CallbackQuery) -> Incoming | None:
        shown = press.message
        if not isinstance(shown, Message):
            return None
        action = self.signer.read(press.data or "")
        if action is None:
            return None
        return self._incoming(
            update,
            shown,
            at=self.clock.now(),
            sort=Sort.PRESS,
            action=action,
            sender=str(press.from_user.id),
            pressed=str(shown.message_id),
        )

    def _membership(self, update: Update, change: ChatMemberUpdated) -> Incoming | None:
        if change.new_chat_member.status not in {ChatMember.LEFT, ChatMember.BANNED}:
            return None
        return Incoming(
            channel=STAFF,
            address=f"{change.chat.id}/",
            id=f"{self.me}:{update.update_id}",
            at=change.date,
            sort=Sort.STOPPED,
            sender=str(change.new_chat_member.user.id),
        )

    def _incoming(self, update: Update, where: Message, **parts: Any) -> Incoming:
        topic = where.message_thread_id if where.is_topic_message else None
        address = f"{where.chat.id}/{topic or ''}"
        return Incoming(channel=STAFF, address=address, id=f"{self.me}:{update.update_id}", **parts)


def _shown(message: Message) -> str:
    """What a message without text and file shows; of a sticker, the feeling that it stands for."""
    if message.contact is not None:
        return contact_of(message.contact)
    return (message.sticker.emoji or "") if message.sticker else sight_of(message)


def _answered(message: Message) -> str | None:
    """What it replies to; in a topic Telegram makes every message a reply to the topic's beginning."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or answered.message_id == message.message_thread_id:
        return None
    return str(answered.message_id)
