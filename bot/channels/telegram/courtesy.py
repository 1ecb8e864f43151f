"""The small manners after an update: a pressed button stops spinning, a group learns where to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, MessageEntity, Update

Hint = Callable[[str | None], str]  # a language code, or None -> "write to me in private", as HTML


@dataclass(frozen=True, slots=True)
class Courtesy:
    """One call that may fail without harm."""

    method: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


def courtesy(update: Update, *, me: int, username: str, hint: Hint) -> Courtesy | None:
    """Return the call that `update` deserves at once, if any."""
    if update.callback_query is not None:
        return Courtesy("answerCallbackQuery", {"callback_query_id": update.callback_query.id})
    message = update.message
    if message is None or not addressed(message, me, username):
        return None
    language = message.from_user.language_code if message.from_user else None
    return Courtesy(
        "sendMessage",
        {
            "chat_id": message.chat.id,
            "text": hint(language),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_parameters": {"message_id": message.message_id, "allow_sending_without_reply": True},
        },
    )


def addressed(message: Message, me: int, username: str) -> bool:
    """Whether a person in a group speaks to the bot: by name, by `/command@name`, or in reply to it."""
    if message.chat.type not in {message.chat.GROUP, message.chat.SUPERGROUP}:
        return False
    if message.from_user is None or message.from_user.is_bot:
        return False
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == me:
        return True
    return any(_names(entity, words, me, username) for entity, words in _entities(message).items())


def _entities(message: Message) -> dict[MessageEntity, str]:
    return message.parse_entities() if message.text else message.parse_caption_entities()


def _names(entity: MessageEntity, words: str, me: int, username: str) -> bool:
    match entity.type:
        case MessageEntity.MENTION:
            return words.lower() == f"@{username}".lower()
        case MessageEntity.BOT_COMMAND:
            return words.lower().endswith(f"@{username}".lower())
        case MessageEntity.TEXT_MENTION:
            return entity.user is not None and entity.user.id == me
        case _:
            return False
