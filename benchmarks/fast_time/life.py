"""How people live through the night: they come, ask, plan, complain, buy and tell, and write it into the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from benchmarks.fast_time.clock import NightClock
from benchmarks.fast_time.journal import Life
from benchmarks.fast_time.messengers import NightTelegram
from benchmarks.fast_time.model import COMPLAINT, CUTOFF, DECIDED, QUESTIONS, REPORTS, Messenger, Need, Passed
from benchmarks.fast_time.office import ADVICE
from benchmarks.fast_time.phones import Phone, TelegramPhone, WhatsAppPhone, heard
from tests.fakes.graph import FakeGraph

PATIENCE: Final = 90.0
"""Real seconds after which somebody puts the phone away: longer than what a dead process had in hand is held."""

FRESH: Final = timedelta(hours=36)
"""How long somebody who forgets easily keeps a reminder in mind."""


@dataclass
class Somebody:
    """One person of the wave, with a phone and what became of them."""

    passed: Passed
    phones: Sequence[Phone]
    clock: NightClock
    life: Life = field(default_factory=Life)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.life.addresses = tuple((each.channel, each.address) for each in self.phones)

    @property
    def has_bought(self) -> bool:
        return self.life.bought is not None

    async def says(self, words: str, phone: int = 0) -> str | None:
        """Write, and wait for what comes; None where nothing came in time."""
        here = self.phones[phone]
        count = here.count
        self.life.said.append(self.clock.now())
        await here.says(words)
        return await heard(here, count, PATIENCE)

    async def talks(self, *words: str) -> str | None:
        """Say one thing after the other; return the last answer."""
        answer = None
        for each in words:
            answer = await self.says(each)
        return answer

    async def joins(self) -> None:
        """Come to the bot, and say which wave and where."""
        await self.talks("/start g21", "lupa", self.passed.zone)
        self.life.joined = self.clock.now()
        if self.passed.messenger is Messenger.BOTH:
            await self._links()
        if self.passed.wishes:
            await self.says("ingatkan tanggal 21 oktober jam 23.58")

    async def _links(self) -> None:
        """Be the same person on both messengers: the number vouches for it."""
        there, here = self.phones
        assert isinstance(there, TelegramPhone)
        assert isinstance(here, WhatsAppPhone)
        count = there.count
        self.life.said.append(self.clock.now())
        await there.user.shares_contact(f"+{here.user.number}")
        await heard(there, count, PATIENCE)
        await self.says("bagikan nomorku", phone=1)
        if any(each.asks_number for each in here.user.heard):
            count = here.count
            self.life.said.append(self.clock.now())
            await here.user.shares_number()
            await heard(here, count, PATIENCE)

    async def acts(self) -> None:
        """Do what they meant to do at this hour."""
        async with self._busy:
            if self.life.joined is None or self.has_bought:
                return
            if self.life.left is not None and self.passed.need is not Need.NOTHING:
                return  # nothing is asked of a bot that one has blocked
            match self.passed.need:
                case Need.NOTHING:
                    await self.buys()
                case Need.REMINDER if self._keeps_in_mind():
                    await self.buys()
                case Need.ANSWER if await self._is_understood():
                    await self.buys()
                case Need.HELP:
                    self.life.complained = self.clock.now()
                    await self.talks(*COMPLAINT)
                case Need.SLEEP:
                    await self.says("nanti malam")
                case Need.OTHERWISE:
                    self.life.decided = self.clock.now()
                    await self.says(DECIDED)
                case _:
                    return

    async def buys(self) -> None:
        """Buy, and tell it or not."""
        self.life.bought = self.clock.now()
        if self.passed.tells and self.life.left is None:
            words, answers = REPORTS[self.passed.number % len(REPORTS)]
            answer = await self.talks(words, *answers)
            if answer is not None and "tercatat" in answer and self.life.bought <= CUTOFF:
                self.life.told = self.clock.now()

    async def is_helped(self, counts: Sequence[int]) -> None:
        """Hear from the staff beyond so many messages, and buy; who only hears that there is an answer asks for it."""
        async with self._busy:
            here, count = self.phones[0], counts[0]
            words = await heard(here, count, PATIENCE)
            if words is not None and ADVICE not in words:
                words = await self.says("ya")
            if words is None:
                return
            self.life.helped = self.clock.now()
            if not self.has_bought:
                await self.buys()

    async def wakes_up(self) -> None:
        """Find out in the night that it is over."""
        async with self._busy:
            if self.passed.need is Need.SLEEP and self.life.left is None and not self.has_bought:
                await self.says("masih bisa beli ga")
                self.life.bought = self.clock.now()

    async def leaves(self) -> None:
        """Block the bot."""
        async with self._busy:
            if self.life.joined is not None and self.life.left is None:
                self.life.left = self.clock.now()
                for each in self.phones:
                    await each.blocks()

    def _keeps_in_mind(self) -> bool:
        """Whether anything of the bot's came lately; what it said when they came counts too."""
        since = self.clock.now() - FRESH
        return any(each.last is not None and each.last >= since for each in self.phones)

    async def _is_understood(self) -> bool:
        """Ask, take up what is offered, and ask again in other words."""
        words, expected = QUESTIONS[self.passed.question]
        self.life.asked = self.clock.now()
        for each in words:
            count = self.phones[0].count
            answer = await self.says(each)
            if answer is not None and _names(expected, answer):
                self.life.understood = self.clock.now()
                return True
            meant = next((label for label in self.phones[0].offers(count) if _names(expected, label)), None)
            if meant is not None and await self.says(meant) is not None:
                self.life.understood = self.clock.now()
                return True
            self.life.missed.append((each, answer or ""))
        return False


def _names(expected: str, words: str) -> bool:
    return expected.casefold() in words.casefold()


def somebody(passed: Passed, telegram: NightTelegram, graph: FakeGraph, clock: NightClock) -> Somebody:
    """Give somebody their phones."""
    phones: list[Phone] = []
    if passed.messenger is not Messenger.WHATSAPP:
        phones.append(TelegramPhone(telegram.user(100_000 + passed.number, name="Sri"), telegram))
    if passed.messenger is not Messenger.TELEGRAM:
        phones.append(WhatsAppPhone(graph.user(str(6_281_200_000_000 + passed.number), name="Sri")))
    return Somebody(passed, phones, clock)


def moments(somebody: Somebody) -> list[datetime]:
    """Return when they do something of their own."""
    return [each for each in (somebody.passed.joins, somebody.passed.acts) if each is not None]
