"""Topics of a forum supergroup, as the real server keeps and refuses them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from tests.fakes.bot_api_rules import bad
from tests.fakes.bot_api_state import Chat, Sent, State
from tests.fakes.telegram_html import Shown

Given = dict[str, Any]
Uploads = dict[str, bytes]


def place_of(chat: Chat, given: Given) -> dict[str, Any]:
    """Where in a chat a message goes: which topic, as a reply to what."""
    place: dict[str, Any] = {}
    thread = given.get("message_thread_id")
    if thread not in {None, ""}:
        if not chat.forum or int(thread) not in chat.topics:
            raise bad("message thread not found")
        if chat.topics[int(thread)]["closed"] and not chat.rights:
            raise bad("TOPIC_CLOSED")
        place["topic"] = int(thread)
    reply = given.get("reply_parameters")
    if reply:
        wanted = orjson.loads(reply) if isinstance(reply, str) else reply
        if int(wanted["message_id"]) in chat.messages:
            place["answers"] = int(wanted["message_id"])
        elif not wanted.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    return place


async def create(state: State, given: Given, uploads: Uploads) -> Any:
    chat = _forum(state, given)
    name = str(given.get("name", ""))
    if not 1 <= len(name) <= 128:
        raise bad("TOPIC_TITLE_INVALID" if name else "topic name must be non-empty")
    number = state.next_message()
    chat.topics[number] = {"name": name, "closed": False}
    if not state.open_doors:
        chat.messages[number] = Sent(number, Shown(""), topic=number)
    return {"message_thread_id": number, "name": name, "icon_color": 7322096}


async def edit(state: State, given: Given, uploads: Uploads) -> Any:
    chat = _forum(state, given)
    topic = _topic(chat, given)
    if topic["name"] == given.get("name"):
        raise bad("TOPIC_NOT_MODIFIED")
    topic["name"] = given.get("name")
    return True


def _close(closed: bool) -> Callable[[State, Given, Uploads], Awaitable[Any]]:
    async def method(state: State, given: Given, uploads: Uploads) -> Any:
        chat = _forum(state, given)
        topic = _topic(chat, given)
        if topic["closed"] == closed:
            raise bad("TOPIC_NOT_MODIFIED")
        topic["closed"] = closed
        chat.heard.set()
        return True

    return method


async def delete(state: State, given: Given, uploads: Uploads) -> Any:
    chat = _forum(state, given)
    _topic(chat, given)
    drop(chat, int(given["message_thread_id"]))
    return True


def drop(chat: Chat, topic: int) -> None:
    """Take a topic away with everything in it."""
    del chat.topics[topic]
    for number in [one.id for one in chat.messages.values() if one.topic == topic]:
        del chat.messages[number]


def _forum(state: State, given: Given) -> Chat:
    chat = state.chat(given.get("chat_id"))
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not chat.rights:
        raise bad("not enough rights to manage topics in the chat")
    return chat


async def get_chat(state: State, given: Given, uploads: Uploads) -> Any:
    chat = state.chat(given.get("chat_id"))
    return {**chat.face(), **({"is_forum": True} if chat.forum else {})}


async def get_chat_member(state: State, given: Given, uploads: Uploads) -> Any:
    """Only the bot itself is ever asked about."""
    chat = state.chat(given.get("chat_id"))
    standing = {"status": "administrator", "can_manage_topics": True} if chat.rights else {"status": "member"}
    return {"user": state.bot, **standing}


def _topic(chat: Chat, given: Given) -> dict[str, Any]:
    found = chat.topics.get(int(given.get("message_thread_id", 0)))
    if found is None:
        raise bad("TOPIC_ID_INVALID")
    return found


FORUM: dict[str, Callable[[State, Given, Uploads], Awaitable[Any]]] = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "createforumtopic": create,
    "editforumtopic": edit,
    "closeforumtopic": _close(True),
    "reopenforumtopic": _close(False),
    "deleteforumtopic": delete,
}
