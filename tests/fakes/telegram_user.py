"""People on the other side of the fake server: they say, press, share, and see what the bot shows them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from tests.fakes.bot_api_rules import rows_of
from tests.fakes.bot_api_state import Chat, Sent, State
from tests.fakes.telegram_html import Shown, units

_SPOKEN = re.compile(r"(?P<bot_command>(?<!\S)/\w+(?:@\w+)?)|(?P<mention>(?<!\w)@\w{5,})")


@dataclass(frozen=True, slots=True)
class Seen:
    """One message of the bot as the person sees it; `buttons` are labels, `links` addresses by label."""

    id: int
    text: str
    buttons: tuple[str, ...]
    links: dict[str, str]
    photo: bytes | None
    edits: int


class FakeUser:
    """A person in a private chat with the bot."""

    def __init__(self, state: State, chat: Chat) -> None:
        self._state = state
        self.chat = chat
        self.id = chat.id

    @property
    def messages(self) -> list[Seen]:
        """What the bot has written and not deleted, oldest first."""
        return [self._seen(sent) for sent in self.chat.messages.values() if sent.by_bot]

    @property
    def last(self) -> Seen:
        """The bot's newest message."""
        return self.messages[-1]

    @property
    def keyboard(self) -> list[str]:
        """The labels of the keyboard below the chat, if one is up."""
        return [key["text"] for row in rows_of(self.chat.keyboard) for key in row]

    async def hears(self, part: str, within: float = 30.0) -> Seen:
        """Wait until some message has `part` in its text; return the newest such."""
        async with asyncio.timeout(within):
            while True:
                self.chat.heard.clear()
                found = next((seen for seen in reversed(self.messages) if part in seen.text), None)
                if found:
                    return found
                await self.chat.heard.wait()

    async def gets(self, kind: str, within: float = 30.0) -> None:
        """Wait until the bot has sent something of this kind, such as a document."""
        async with asyncio.timeout(within):
            while not any(sent.kind == kind for sent in self.chat.messages.values() if sent.by_bot):
                self.chat.heard.clear()
                await self.chat.heard.wait()

    async def says(self, text: str, **extra: Any) -> int:
        """Write a text; returns the update's id."""
        self.chat.started = True
        return self._write(**{"text": text, "entities": _entities(text), **extra})

    async def presses(self, label: str) -> str:
        """Press the newest button that says `label`; returns the press's id."""
        for sent in reversed(self.chat.messages.values()):
            for button in (button for row in _buttons(sent) for button in row):
                if button["text"] == label:
                    return self._press(sent, button.get("callback_data"))
        seen = [label for message in self.messages for label in message.buttons]
        raise AssertionError(f"no button {label!r} here, only {seen}")

    async def sees_answered(self, press: str, within: float = 30.0) -> None:
        """Wait until the button of `press` stops spinning."""
        async with asyncio.timeout(within):
            while not self._state.presses[press]:
                self._state.answered.clear()
                await self._state.answered.wait()

    async def forges(self, data: str) -> str:
        """Press a button that the bot never made."""
        return self._press(Sent(1, Shown("")), data)

    async def shares_contact(self, phone: str, user_id: int | None = None) -> int:
        """Share one's own number, or that of `user_id`."""
        owner = self.id if user_id is None else user_id
        return self._write(contact={"phone_number": phone, "first_name": "Siti", "user_id": owner})

    async def sends(self, sort: str, caption: str = "", held: Any = None, **extra: Any) -> int:
        """Send a `photo`, `document`, `voice`, `video`, `sticker`, `location`, `dice` ..., or what is `held`."""
        content = {"caption": caption} if caption else {}
        held = _ATTACHED[sort] if held is None else held
        if isinstance(held, dict) and "file_id" in held:
            self._state.kinds[held["file_id"]] = sort
        return self._write(**{sort: held, **content, **extra})

    async def sends_file(self, sort: str, data: bytes, caption: str = "") -> int:
        """Send a file that Telegram then has."""
        known = {"file_id": self._state.keep(data, sort), "file_unique_id": "fromuser", "width": 9, "height": 9}
        held = {**known, "duration": 3, "length": 9}
        if sort == "sticker":
            held |= {"is_animated": False, "is_video": False, "type": "regular"}
        content = {"caption": caption} if caption else {}
        return self._write(**{sort: [held] if sort == "photo" else held}, **content)

    async def forwards(self, text: str) -> int:
        """Pass on what somebody else wrote."""
        origin = {"type": "hidden_user", "date": self._state.stamp(), "sender_user_name": "Grup Prakerja"}
        return self._write(text=text, forward_origin=origin)

    async def edits(self, text: str, message: int | None = None) -> int:
        """Change one's own latest message, or an earlier one."""
        mine = [sent.id for sent in self.chat.messages.values() if not sent.by_bot]
        number = message or (mine[-1] if mine else self._state.next_message())
        return self._state.tell("edited_message", {**self._message(number), "text": text})

    async def blocks(self) -> int:
        """Block the bot: it can't write any more."""
        self.chat.blocked = True
        return self._membership("member", "kicked")

    async def unblocks(self) -> int:
        """Let the bot write again."""
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def is_deactivated(self) -> None:
        """The account is gone."""
        self.chat.deactivated = True

    def _write(self, **content: Any) -> int:
        number = self._state.next_message()
        self.chat.messages[number] = Sent(number, Shown(content.get("text", "")), by_bot=False)
        return self._state.tell("message", {**self._message(number), **content})

    def _message(self, number: int) -> dict[str, Any]:
        sender, chat = self.chat.person, self.chat.face()
        return {"message_id": number, "from": sender, "chat": chat, "date": self._state.stamp()}

    def _press(self, sent: Sent, data: str | None) -> str:
        assert data is not None, "that button is a link"
        press = str(4_000_000_000 + len(self._state.presses))
        self._state.presses[press] = False
        shown = self._state.dump(self.chat, sent)
        content = {
            "id": press,
            "from": self.chat.person,
            "message": shown,
            "data": data,
            "chat_instance": "1",
        }
        self._state.tell("callback_query", content)
        return press

    def _membership(self, old: str, new: str) -> int:
        def member(status: str) -> dict[str, Any]:
            return {
                "user": self._state.bot,
                "status": status,
                **({"until_date": 0} if status == "kicked" else {}),
            }

        content = {"chat": self.chat.face(), "from": self.chat.person, "date": self._state.stamp()}
        return self._state.tell(
            "my_chat_member", {**content, "old_chat_member": member(old), "new_chat_member": member(new)}
        )

    def _seen(self, sent: Sent) -> Seen:
        keys = [key for row in _buttons(sent) for key in row]
        return Seen(
            sent.id,
            sent.shown.text,
            tuple(key["text"] for key in keys if "callback_data" in key),
            {key["text"]: key["url"] for key in keys if "url" in key},
            self._state.files[sent.photo] if sent.photo else None,
            sent.edits,
        )


class FakeGroup(FakeUser):
    """A group with the bot in it; somebody there speaks."""

    async def says(self, text: str, **extra: Any) -> int:
        self.chat.person = {}
        speaker = {"id": 999, "is_bot": False, "first_name": "Budi", "language_code": "id"}
        return self._write(text=text, entities=_entities(text), **{"from": speaker, **extra})


def _buttons(sent: Sent) -> list[list[dict[str, Any]]]:
    return rows_of(sent.markup) if sent.markup and "inline_keyboard" in sent.markup else []


def _entities(text: str) -> list[dict[str, Any]]:
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in _SPOKEN.finditer(text)
    ]


def _of_file(kind: str = "", **more: Any) -> dict[str, Any]:
    return {"file_id": f"AgADfromTheUser{kind}", "file_unique_id": "fromuser", **more}


_PLACE = {"latitude": -5.14, "longitude": 119.43}
_ATTACHED: dict[str, Any] = {
    "photo": [_of_file(width=90, height=90)],
    "document": _of_file("-document", file_name="surat.pdf"),
    "voice": _of_file("-voice", duration=3),
    "audio": _of_file("-audio", duration=3),
    "video": _of_file("-video", width=9, height=9, duration=3),
    "video_note": _of_file("-video_note", length=9, duration=3),
    "animation": _of_file("-animation", width=9, height=9, duration=3),
    "sticker": _of_file("-sticker", width=9, height=9, is_animated=False, is_video=False, type="regular"),
    "location": _PLACE,
    "venue": {"location": _PLACE, "title": "Balai", "address": "Makassar"},
    "dice": {"emoji": "🎲", "value": 3},
    "story": {"chat": {"id": 1, "type": "private"}, "id": 1},
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
}
