"""Staff in a forum supergroup on the other side of the fake server: each writes, replies, presses and edits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.fakes.bot_api_forum import drop
from tests.fakes.bot_api_rules import rows_of
from tests.fakes.bot_api_state import Chat, Sent, State
from tests.fakes.telegram_html import Shown


class FakeForum:
    """A forum group with the bot as its administrator."""

    def __init__(self, state: State, chat: Chat) -> None:
        self._state = state
        self.chat = chat
        chat.forum = True

    @property
    def topics(self) -> dict[int, dict[str, Any]]:
        return self.chat.topics

    def seen(self, topic: int | None) -> list[Sent]:
        """The bot's messages in a topic, or outside of any."""
        sent = self.chat.messages.values()
        return [one for one in sent if one.topic == topic and one.by_bot and (one.shown.text or one.photo)]

    def text(self, topic: int | None) -> str:
        return "\n---\n".join(one.shown.text for one in self.seen(topic))

    async def shows(self, part: str, topic: int | None = None, within: float = 30.0) -> Sent:
        """Wait until the bot shows `part` there; return the newest message with it."""
        async with asyncio.timeout(within):
            while True:
                self.chat.heard.clear()
                found = next((one for one in reversed(self.seen(topic)) if part in one.shown.text), None)
                if found:
                    return found
                await self.chat.heard.wait()

    async def opens(self, part: str, within: float = 30.0) -> int:
        """Wait until there is a topic with `part` in its name and a card in it."""
        async with asyncio.timeout(within):
            while True:
                self.chat.heard.clear()
                found = [number for number, one in self.chat.topics.items() if part in one["name"]]
                if found and self.seen(found[-1]):
                    return found[-1]
                await self.chat.heard.wait()

    async def is_closed(self, topic: int, *, closed: bool = True, within: float = 30.0) -> None:
        """Wait until the topic is closed, or open again."""
        async with asyncio.timeout(within):
            while self.chat.topics[topic]["closed"] != closed:
                self.chat.heard.clear()
                await self.chat.heard.wait()

    def loses(self, topic: int) -> None:
        """Somebody deletes a topic by hand."""
        drop(self.chat, topic)

    def member(self, number: int, name: str) -> FakeAgent:
        return FakeAgent(self._state, self.chat, {"id": number, "is_bot": False, "first_name": name})


@dataclass(slots=True)
class FakeAgent:
    """Somebody in the group."""

    state: State
    chat: Chat
    person: dict[str, Any]

    async def writes(self, text: str, topic: int | None = None, *, answers: int | None = None) -> int:
        """Write a text, in reply to a message perhaps; returns the message's id."""
        return self._write(topic, answers, Shown(text), text=text)

    async def sends(self, sort: str, data: bytes, topic: int, caption: str = "") -> int:
        """Send a photo or document."""
        held = self.state.keep(data, sort)
        size = {"file_id": held, "file_unique_id": held[-8:], "width": 9, "height": 9, "duration": 3, "length": 9}
        if sort == "sticker":
            size |= {"is_animated": False, "is_video": False, "type": "regular"}
        content = {sort: [size] if sort == "photo" else size} | ({"caption": caption} if caption else {})
        return self._write(topic, None, Shown(caption), **content)

    async def shows(self, topic: int, **content: Any) -> int:
        """Send what has neither text nor file, such as a `location`, or a text with `entities`."""
        return self._write(topic, None, Shown(content.get("text", "")), **content)

    async def edits(self, message: int, text: str) -> None:
        """Change what one wrote."""
        sent = self.chat.messages[message]
        content = {**self._message(message, sent.topic), "text": text, "edit_date": self.state.stamp()}
        self.state.tell("edited_message", content)

    async def presses(self, label: str, topic: int | None = None) -> str:
        """Press the newest button there that says `label`."""
        for sent in reversed([one for one in self.chat.messages.values() if one.topic == topic]):
            for button in (key for row in rows_of(sent.markup) for key in row) if sent.markup else ():
                if button["text"] == label:
                    return self._press(sent, button["callback_data"])
        raise AssertionError(f"no button {label!r} there")

    async def leaves(self) -> None:
        """Leave the group."""
        content = {"chat": self._face(), "from": self.person, "date": self.state.stamp()}
        old, new = ({"user": self.person, "status": status} for status in ("member", "left"))
        self.state.tell("chat_member", {**content, "old_chat_member": old, "new_chat_member": new})

    def _press(self, sent: Sent, data: str) -> str:
        press = str(4_000_000_000 + len(self.state.presses))
        self.state.presses[press] = False
        shown = {**self.state.dump(self.chat, sent), "chat": self._face()}
        content = {"id": press, "from": self.person, "message": shown, "data": data, "chat_instance": "1"}
        self.state.tell("callback_query", content)
        return press

    def _write(self, topic: int | None, answers: int | None, shown: Shown, **content: Any) -> int:
        number = self.state.next_message()
        self.chat.messages[number] = Sent(number, shown, by_bot=False, topic=topic, sender=self.person)
        replied = answers or topic
        if replied is not None:
            told = self._message(replied, topic)
            if replied == topic:
                told["forum_topic_created"] = {"name": "x", "icon_color": 1}
            content["reply_to_message"] = told
        self.state.tell("message", {**self._message(number, topic), **content})
        return number

    def _message(self, number: int, topic: int | None) -> dict[str, Any]:
        where = {"message_thread_id": topic, "is_topic_message": True} if topic is not None else {}
        return {"message_id": number, "from": self.person, "chat": self._face(), "date": self.state.stamp(), **where}

    def _face(self) -> dict[str, Any]:
        return {"id": self.chat.id, "type": "supergroup", "title": "Petugas", "is_forum": True}
