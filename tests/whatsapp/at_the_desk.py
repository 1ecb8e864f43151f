"""The helpdesk between both messengers: people on WhatsApp, the staff in their group on Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.outbound.worker import deliver_due
from bot.store.delivery_queue.states import State
from programme.model.staff import Role, StaffMember
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.bot_api_state import Sent
from tests.fakes.graph import FakeGraph
from tests.fakes.graph_state import Heard
from tests.fakes.graph_user import WhatsAppUser
from tests.fakes.telegram_staff import FakeAgent, FakeForum
from tests.whatsapp.whole_bot import WholeBot, whole_bot

GROUP = -100700


async def nobody_yet() -> int:
    return 0


@dataclass
class Desk:
    """The whole bot, the staff's group, and Budi, who is at work."""

    bot: WholeBot
    forum: FakeForum
    budi: FakeAgent

    async def until(self, moment: str) -> None:
        """Let time pass, and look after everything then."""
        await self.bot.until(moment)
        await self.tick()

    async def tick(self) -> None:
        helpdesk = self.bot.app.helpdesk
        assert helpdesk is not None
        await helpdesk.tick()
        await deliver_due(self.bot.app.sender)
        await helpdesk.tick()
        await helpdesk.topic_sync.refresh()
        await self.bot.settled()

    async def shown(self, kind: str, topic: int, within: float = 30.0) -> Sent:
        """Wait until the bot shows a file of this kind in a topic; return the newest."""
        async with asyncio.timeout(within):
            while True:
                self.forum.chat.heard.clear()
                found = [one for one in self.forum.seen(topic) if one.photo and one.kind == kind]
                if found:
                    return found[-1]
                await self.forum.chat.heard.wait()

    async def told(self, words: str, topic: int, count: int = 1, within: float = 30.0) -> None:
        """Wait until a topic has heard `words` so often."""
        async with asyncio.timeout(within):
            while self.forum.text(topic).count(words) < count:
                self.forum.chat.heard.clear()
                await self.forum.chat.heard.wait()

    async def holds(self, count: int, within: float = 30.0) -> None:
        """Wait until so many answers wait for their person to write."""
        async with asyncio.timeout(within):
            while await self._waiting() != count:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)

    async def _waiting(self) -> int:
        async with self.bot.app.store.reading() as tx:
            return sum(one.state is State.HELD for one in await tx.outbox.log(1000))

    def content(self, api: FakeBotApi, sent: Sent) -> bytes:
        return api.state.files[sent.photo or ""]


@asynccontextmanager
async def open_desk(graph: FakeGraph, api: FakeBotApi, database: str) -> AsyncIterator[Desk]:
    forum = api.forum(GROUP)
    async with whole_bot(graph, database, api, GROUP) as bot:
        helpdesk = bot.app.helpdesk
        assert helpdesk is not None
        helpdesk.topic_sync.assign = nobody_yet
        async with bot.app.store.writing() as tx:
            member = StaffMember(channel="telegram", address="501", role=Role.SUPERVISOR, name="Budi")
            await tx.staff.put(member)
            await tx.agents.set(member.who, on_duty=True)
        yield Desk(bot, forum, forum.member(501, "Budi"))


async def taps(person: WhatsAppUser, label: str) -> None:
    """Press the newest button, or choose the newest row, that begins so."""
    for heard in reversed(person.heard):
        if found := next((each for each in heard.buttons if each.startswith(label)), None):
            await person.presses(found)
            return
        if found := next((each for each in heard.rows if each.startswith(label)), None):
            await person.chooses(found)
            return
    raise AssertionError(f"nothing begins with {label!r}: {[(one.buttons, one.rows) for one in person.heard]}")


async def complains(desk: Desk, number: str = "6281234567890", *, zone: str = "wib") -> tuple[WhatsAppUser, int]:
    """Somebody of wave 21 goes all the way to a ticket; return them, and the ticket's topic."""
    ani = desk.bot.graph.user(number, name="Ani")
    said = (("halo", "gelombang berapa"), ("21", "zona waktu"), (zone, "23.59 WIB"))
    for words, answer in (*said, ("mau komplain", "Ini soal apa?")):
        await says(ani, words, answer)
    await says(ani, "Pembelian pelatihan", "Mau coba dulu?", tapped=True)
    await says(ani, "Tetap mau", "Ceritakan masalahnya", tapped=True)
    await says(ani, "sudah 3x bayar gagal terus", "platform mana")
    await says(ani, "Tokopedia", "tercatat dengan nomor", tapped=True)
    await desk.bot.settled()
    return ani, await desk.forum.opens("#1")


async def says(person: WhatsAppUser, words: str, answer: str, *, tapped: bool = False) -> Heard:
    """Say it, or tap what begins so, and wait for the answer."""
    count = len(person.heard)
    await (taps(person, words) if tapped else person.says(words))
    return await person.hears(answer, more_than=count)


def asked(person: WhatsAppUser) -> list[Heard]:
    """How often the person was asked to write."""
    return [heard for heard in person.heard if "staff_reply" in heard.template]
