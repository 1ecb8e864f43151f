"""Whoever looks at the phone as WhatsApp is heard as there: STOP is obeyed, nothing is edited, ids come back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.app.wiring import App, build_app
from bot.channels.web.channel import WebChannel
from bot.demo.clock import START, DemoClock
from bot.demo.journal import Journal
from bot.demo.phone_mode import PhoneMode
from bot.demo.timeline import Timeline
from bot.demo.visitor import Receipt, Visitor
from bot.demo.whatsapp_chat import WhatsAppChat
from bot.look.whatsapp_bubble import Choice
from bot.store.repositories.chats import ChatMessage
from programme.model.clock import SetClock
from programme.model.messages import Kind
from programme.model.participants import ReminderLevel
from programme.model.zones import Zone
from tests.fakes.open_page import on_page


class Stage:
    """An app with one visitor, whose phone shows WhatsApp."""

    def __init__(self, app: App, clock: SetClock, channel: WebChannel) -> None:
        self.demo_clock = DemoClock(Timeline(clock, app.jobs))
        self.app, self.channel = app, channel
        self.visitor = Visitor(app, channel, self.demo_clock, "visitor", mode=PhoneMode.WHATSAPP)
        self.journal = Journal(app)
        app.sender.listeners.append(self.journal.heard)

    @property
    def posts(self) -> list[ChatMessage]:
        return list(on_page(self.channel, "visitor"))

    async def chosen(self) -> list[tuple[ChatMessage, Choice]]:
        """All that can be chosen, the newest first."""
        chat = WhatsAppChat(self.app.programme, (await self.journal.read("visitor")).participant)
        found: list[tuple[ChatMessage, Choice]] = []
        for post in self.posts:
            chat.hear(post)
            bubbles = () if post.own else chat.outgoing(post).bubbles
            found += [(post, choice) for bubble in bubbles for choice in (*bubble.replies, *bubble.rows)]
        return found[::-1]

    async def choose(self, title: str) -> Receipt:
        for number, (post, choice) in enumerate(await self.chosen()):
            if title in (choice.description or choice.title):
                return await self.visitor.choose(post.id, choice.id, choice.title, f"{len(self.posts)}-{number}")
        pytest.fail(f"nothing called {title}")

    async def introduced(self) -> None:
        await self.visitor.say("/start")
        for title in ("Gelombang 21", "WIB"):
            assert await self.choose(title) is Receipt.TAKEN

    async def level(self) -> str:
        person = (await self.journal.read("visitor")).participant
        assert person is not None
        return person.reminders.level


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    clock = SetClock(START)
    channel = WebChannel(clock)
    async with build_app(database=None, clock=clock, channels={"web": channel}, key=bytes(32)) as app:
        yield Stage(app, clock, channel)


async def test_an_answer_is_a_message_of_its_own(stage: Stage) -> None:
    """Nothing can be edited there: what was chosen stands as the person's word, and the answer comes after it."""
    await stage.introduced()
    own = [post.message.text for post in stage.posts if post.own]
    assert own[0] == "Mulai"
    assert len(own) == 3
    assert "21 Oktober 2021" in stage.posts[-2].message.text


async def test_the_buttons_of_a_template_lead_where_they_say(stage: Stage) -> None:
    """They are none of the reminder's own keys: their ids are enough."""
    await stage.introduced()
    await stage.demo_clock.jump(datetime(2021, 10, 21, 21, 5, tzinfo=Zone.WIB.tz))
    before = len(stage.posts)
    assert stage.posts[-1].kind is Kind.REMINDER
    assert await stage.choose("Beli sekarang") is Receipt.TAKEN
    assert stage.posts[before].message.text == "Beli sekarang"
    assert "prakerja.go.id" in stage.posts[before + 1].message.text


async def test_stop_and_start_are_heard_as_on_whatsapp(stage: Stage) -> None:
    """Obeyed at once; MULAI brings the reminders back, to whoever stopped them."""
    await stage.introduced()
    await stage.visitor.say("Stop")
    assert await stage.level() == ReminderLevel.NONE
    assert "berhenti" in stage.posts[-1].message.text
    await stage.visitor.say("MULAI")
    assert await stage.level() == ReminderLevel.ALL


async def test_what_nobody_signed_is_too_old(stage: Stage) -> None:
    """An id that was made up, or that belongs to a message which is not in this chat, opens nothing."""
    await stage.introduced()
    post, choice = (await stage.chosen())[0]
    assert await stage.visitor.choose(post.id, "AAAAAAAAohelp", "Menu", "1") is Receipt.TOO_OLD
    assert await stage.visitor.choose("elsewhere", choice.id, "Menu", "2") is Receipt.TOO_OLD


def test_the_page_loads_no_client_of_graph() -> None:
    """The demonstration shows what would be sent, and can't send it."""
    loaded = "import sys, bot.demo.pages; print([name for name in sys.modules if name.endswith('whatsapp.graph')])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own
    assert done.stdout.strip() == "[]"
