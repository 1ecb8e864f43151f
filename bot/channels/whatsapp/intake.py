"""What happens to one webhook: each thing in it goes to whom it is for, and all is kept before it is acknowledged."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.whatsapp.items import AccountNews, Ignored, Item, NextPage, TemplateNews
from bot.channels.whatsapp.reading import WhatsAppReader
from programme.model.messages import Incoming
from programme.model.receipts import Receipt

Said = Incoming | NextPage
News = TemplateNews | AccountNews

AT_A_TIME = 50
"""So many things are read before others have their turn on the loop."""


async def _no_pages(_: NextPage) -> None:
    """Without lists that are longer than WhatsApp shows there is nothing to turn to."""


@dataclass(slots=True)
class _Sorted:
    """What a webhook holds, by whom it is for; what people said, by person."""

    said: dict[str, list[Said]] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)

    def add(self, item: Item) -> None:
        match item:
            case Incoming():
                self.said.setdefault(item.address, []).append(item)
            case NextPage():
                self.said.setdefault(item.incoming.address, []).append(item)
            case Receipt():
                self.receipts.append(item)
            case TemplateNews() | AccountNews():
                self.news.append(item)
            case Ignored():
                self.ignored[item.why] += 1


class WhatsAppIntake:
    """Hands what people say to `take`, receipts to `receive`, news of the account to `note`, pages to `turn_page`.

    Each returns once it is written down, `safe` once all of that would survive a power cut too. `count` is told
    how often something was ignored, by why. Up to `side_by_side` people are taken in at the same time, over all
    webhooks; one person's messages stay in order.
    """

    def __init__(
        self,
        reader: WhatsAppReader,
        *,
        take: Callable[[Incoming], Awaitable[None]],
        receive: Callable[[Sequence[Receipt]], Awaitable[None]],
        note: Callable[[Sequence[News]], Awaitable[None]],
        count: Callable[[Mapping[str, int]], None],
        safe: Callable[[], Awaitable[None]],
        side_by_side: int,
        turn_page: Callable[[NextPage], Awaitable[None]] = _no_pages,
    ) -> None:
        self.reader, self.count = reader, count
        self._take, self._receive, self._note, self._safe, self._turn_page = take, receive, note, safe, turn_page
        self._free = asyncio.Semaphore(side_by_side)
        self._persons: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def admit(self, payload: Mapping[str, Any]) -> None:
        """Return once everything in a webhook is kept.

        What can't be kept hinders nothing but the later messages of the same person: Meta sends the whole again,
        and what is known is not taken twice. Raises the first error after all else was tried.
        """
        held = await self._sorted(payload)
        trying = [
            *(self._person(address, said) for address, said in held.said.items()),
            *([self._receive(held.receipts)] if held.receipts else ()),
            *([self._note(held.news)] if held.news else ()),
        ]
        outcomes = await asyncio.gather(*trying, return_exceptions=True)
        if held.ignored:
            self.count(held.ignored)
        for outcome in outcomes:
            if outcome is not None:
                raise outcome
        if outcomes:
            await self._safe()

    async def _sorted(self, payload: Mapping[str, Any]) -> _Sorted:
        held = _Sorted()
        for place, item in enumerate(self.reader.each(payload), 1):
            held.add(item)
            if place % AT_A_TIME == 0:
                await asyncio.sleep(0)  # the texts of many, free of secrets, would hold up the loop
        return held

    async def _person(self, address: str, said: Sequence[Said]) -> None:
        """Take in what one person said; after a failure the rest would come out of order, and comes again."""
        lock = self._persons.setdefault(address, asyncio.Lock())
        async with lock, self._free:
            for one in said:
                await (self._take(one) if isinstance(one, Incoming) else self._turn_page(one))
