"""Phones of people: on either messenger they write, and wait for what comes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from benchmarks.fast_time.messengers import NightTelegram
from tests.fakes.graph_user import WhatsAppUser
from tests.fakes.telegram_user import FakeUser


class Phone(Protocol):
    """What people do with a phone, whichever messenger is on it."""

    @property
    def channel(self) -> str:
        """Which messenger."""
        ...

    @property
    def address(self) -> str:
        """Where the bot writes."""
        ...

    @property
    def count(self) -> int:
        """How many messages of the bot's there are."""
        ...

    @property
    def news(self) -> asyncio.Event:
        """Set whenever something comes."""
        ...

    @property
    def last(self) -> datetime | None:
        """When the newest message came."""
        ...

    def since(self, count: int) -> str:
        """All that came after the first `count` messages."""
        ...

    def offers(self, count: int) -> Sequence[str]:
        """What can be pressed or chosen there."""
        ...

    async def says(self, words: str) -> None:
        """Write to the bot."""
        ...

    async def blocks(self) -> None:
        """Let nothing of the bot's in any more."""
        ...


class TelegramPhone:
    """A chat on Telegram."""

    channel = "telegram"

    def __init__(self, user: FakeUser, messenger: NightTelegram) -> None:
        self.user, self._messenger = user, messenger

    @property
    def address(self) -> str:
        return str(self.user.id)

    @property
    def count(self) -> int:
        return len(self.user.messages)

    @property
    def news(self) -> asyncio.Event:
        return self.user.chat.heard

    @property
    def last(self) -> datetime | None:
        return self._messenger.last.get(self.address)

    def since(self, count: int) -> str:
        return "\n".join(seen.text for seen in self.user.messages[count:])

    def offers(self, count: int) -> Sequence[str]:
        return [label for seen in self.user.messages[count:] for label in seen.buttons]

    async def says(self, words: str) -> None:
        await self.user.says(words)

    async def blocks(self) -> None:
        await self.user.blocks()


class WhatsAppPhone:
    """A chat on WhatsApp."""

    channel = "whatsapp"

    def __init__(self, user: WhatsAppUser) -> None:
        self.user = user

    @property
    def address(self) -> str:
        return self.user.bsuid

    @property
    def count(self) -> int:
        return len(self.user.heard)

    @property
    def news(self) -> asyncio.Event:
        return self.user.person.news

    @property
    def last(self) -> datetime | None:
        return self.user.person.unread[-1].at if self.user.person.unread else None

    def since(self, count: int) -> str:
        return "\n".join(heard.text for heard in self.user.heard[count:])

    def offers(self, count: int) -> Sequence[str]:
        return [label for heard in self.user.heard[count:] for label in (*heard.buttons, *heard.rows)]

    async def says(self, words: str) -> None:
        await self.user.says(words)

    async def blocks(self) -> None:
        self.user.leaves_whatsapp()


async def heard(phone: Phone, count: int, within: float) -> str | None:
    """Wait for more than `count` messages, at most so many real seconds; return what came, None where nothing did."""
    try:
        async with asyncio.timeout(within):
            while phone.count <= count:
                phone.news.clear()
                await phone.news.wait()
    except TimeoutError:
        return None
    return phone.since(count)
