"""What a Telegram server remembers for one bot: people, messages, files, and updates not yet fetched."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.bot_api_rules import Refusal, bad, rows_of
from tests.fakes.telegram_html import Shown

FILE_TYPES = {
    "photo": "Photo",
    "document": "Document",
    "audio": "Audio",
    "animation": "Animation",
    "voice": "VoiceNote",
    "video": "Video",
    "video_note": "VideoNote",
    "sticker": "Sticker",
}
"""How the server calls what it keeps."""

USUAL = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass(slots=True)
class Sent:
    """One message in a chat."""

    id: int
    shown: Shown
    photo: str | None = None
    markup: dict[str, Any] | None = None
    by_bot: bool = True
    date: int = 0
    edits: int = 0
    topic: int | None = None
    kind: str = "photo"  # what `photo` holds: a photo, document, voice or video
    answers: int | None = None
    sender: dict[str, Any] | None = None

    def same(self, other: Sent) -> bool:
        return (self.shown, self.photo, self.markup) == (other.shown, other.photo, other.markup)


@dataclass(slots=True)
class Chat:
    """A chat; a private one carries its person."""

    id: int
    person: dict[str, Any] = field(default_factory=dict)
    kind: str = "private"
    blocked: bool = False
    deactivated: bool = False
    started: bool = True
    messages: dict[int, Sent] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    topics: dict[int, dict[str, Any]] = field(default_factory=dict)  # id -> name, closed
    forum: bool = False
    rights: bool = True  # whether the bot may manage topics here

    def face(self) -> dict[str, Any]:
        names: dict[str, Any] = {key: self.person[key] for key in ("first_name", "username") if key in self.person}
        return {"id": self.id, "type": self.kind, **(names or {"title": "Grup"})}


class State:
    """All that one bot's server knows."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self.bot = bot
        self.chats: dict[str, Chat] = {}
        self.open_doors = False  # every chat id exists, and nothing is remembered: for benchmarks
        self.files: dict[str, bytes] = {}
        self.kinds: dict[str, str] = {}  # of files whose kind is known, by id: photo, document, audio ...
        self.updates: list[dict[str, Any]] = []
        self.arrived = asyncio.Event()
        self.allowed: tuple[str, ...] = USUAL
        self.presses: dict[str, bool] = {}  # press id -> already answered
        self.answered = asyncio.Event()  # set whenever a press is answered
        self.webhook: dict[str, Any] = {}
        self.behind: deque[str] = deque()  # the servers behind the webhook's public address, taken in turns
        self.faces: dict[tuple[str, str], Any] = {}  # commands and descriptions by name and language
        self.seconds: Callable[[], float] = time.time  # what the time is, in seconds since 1970
        self._message = 100
        self._update = 5000
        self._file = 0

    def chat(self, given: Any) -> Chat:
        """Raises Refusal where nobody is there, or nobody who listens."""
        chat = self.chats.get(str(given))
        if chat is None and self.open_doors and str(given).isdecimal():
            return Chat(int(given))
        if chat is None or not chat.started:
            raise bad("chat not found")
        if chat.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        if chat.blocked and chat.kind != "private":
            raise Refusal(403, "Forbidden: bot was kicked from the supergroup chat")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def stamp(self) -> int:
        """Now, as messages are dated."""
        return int(self.seconds())

    def next_message(self) -> int:
        self._message += 1
        return self._message

    def put(self, chat: Chat, sent: Sent) -> Sent:
        """Lay a message of the bot into a chat, and its keyboard below it."""
        if self.open_doors:
            return sent
        chat.messages[sent.id] = sent
        if sent.markup and "keyboard" in sent.markup:
            chat.keyboard = sent.markup
        if sent.markup and "remove_keyboard" in sent.markup:
            chat.keyboard = None
        chat.heard.set()
        return sent

    def editable(self, chat: Chat, given: Any) -> Sent:
        sent = chat.messages.get(int(given or 0))
        if sent is None:
            raise bad("message to edit not found")
        if not sent.by_bot or (sent.markup and "inline_keyboard" not in sent.markup):
            raise bad("message can't be edited")
        return sent

    def change(self, chat: Chat, sent: Sent, **changes: Any) -> Sent:
        markup = changes.get("markup")
        if markup and "inline_keyboard" not in markup:
            raise bad("inline keyboard expected")
        changed = replace(sent, edits=sent.edits + 1, **changes)
        if changed.same(sent):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        chat.messages[sent.id] = changed
        chat.heard.set()
        return changed

    def keep(self, data: bytes, kind: str) -> str:
        """A new file, known by its id from now on, and sent again as what it is only."""
        self._file += 1
        name = f"AgACAgUAAxkDAAI{self._file:06d}"
        self.files[name], self.kinds[name] = data, kind
        return name

    def kept(self, name: str, kind: str) -> str:
        """A file by its id, to be sent as `kind`."""
        if name not in self.files:
            raise bad("wrong remote file identifier specified: Wrong padding in the string")
        known = self.kinds.get(name, kind)
        if known != kind:
            raise bad(f"can't use file of type {FILE_TYPES[known]} as {FILE_TYPES[kind]}")
        return name

    def webhook_address(self) -> str:
        """Where the next update goes: to the webhook, or by way of a load balancer to the next one behind it."""
        url = str(self.webhook["url"])
        if not self.behind:
            return url
        self.behind.rotate()
        return self.behind[0] + urlsplit(url).path

    def tell(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update, where the bot wants this kind of update."""
        self._update += 1
        if kind in self.allowed:
            self.updates.append({"update_id": self._update, kind: content})
            self.arrived.set()
        return self._update

    def dump(self, chat: Chat, sent: Sent) -> dict[str, Any]:
        """The message as the API writes it."""
        out: dict[str, Any] = {
            "message_id": sent.id,
            "from": self.bot if sent.by_bot else chat.person,
            "chat": chat.face(),
            "date": sent.date or self.stamp(),
        }
        if sent.topic is not None:
            out |= {"message_thread_id": sent.topic, "is_topic_message": True}
        if sent.sender is not None:
            out["from"] = sent.sender
        if sent.photo:
            size = {"file_id": sent.photo, "file_unique_id": sent.photo[-8:], "width": 900, "height": 900}
            held = {"photo": [size]} if sent.kind == "photo" else {sent.kind: {**size, "duration": 1}}
            out |= {**held, "caption": sent.shown.text}
        else:
            out["text"] = sent.shown.text
        if sent.markup and "inline_keyboard" in sent.markup and rows_of(sent.markup):
            out["reply_markup"] = sent.markup
        return out
