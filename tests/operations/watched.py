"""An app whose traffic is counted, with a channel that does as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import CollectorRegistry

from bot.app.metrics.meters import Meters
from bot.app.wiring import App, build_app
from bot.channels.channel import FREE, Terms
from bot.inbound.dispatcher import InboundDispatcher
from programme.model.clock import SetClock
from programme.model.messages import Incoming, Kind, Message
from tests.store.samples import MONDAY


@dataclass
class Obedient:
    """Takes every message, or raises what lies in `raises`, one for each."""

    name: str = "telegram"
    heard: list[str] = field(default_factory=list)
    raises: list[Exception] = field(default_factory=list)

    async def send(
        self, address: str, message: Message, *, kind: Kind = Kind.REPLY, edits: str | None = None, terms: Terms = FREE
    ) -> str:
        if self.raises:
            raise self.raises.pop()
        self.heard.append(message.text)
        return str(len(self.heard))


@dataclass
class Watched:
    """What runs, what counts it, and the channel."""

    app: App
    meters: Meters
    channel: Obedient
    clock: SetClock
    desk: InboundDispatcher

    async def says(self, text: str, who: str = "1", **more: Any) -> None:
        """Have somebody write, and wait until it is answered."""
        said = Incoming(channel="telegram", address=who, id=f"{who}/{text}", at=self.clock.now(), text=text, **more)
        await self.desk.take(said)
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until whatever was said is answered and noted, without keeping the processor busy meanwhile."""
        async with asyncio.timeout(30):
            while self.desk.waiting:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.002)

    @property
    def figures(self) -> dict[str, float]:
        return figures_of(self.meters.registry)


@asynccontextmanager
async def watched(database: str | None = None) -> AsyncIterator[Watched]:
    clock, meters, channel = SetClock(MONDAY), Meters(), Obedient()
    building = build_app(
        database=database,
        clock=clock,
        channels={channel.name: channel},
        key=b"key",
        observer=meters,
        timed=meters.timed,
    )
    async with building as app, asyncio.TaskGroup() as tasks:
        yield Watched(app, meters, channel, clock, InboundDispatcher(app.inbox_processor, tasks))


def figures_of(registry: CollectorRegistry) -> dict[str, float]:
    """Every sample, as it is written in a query: `name{label="value"}`, labels by name."""
    return read_figures(generate_latest(registry).decode())


def read_figures(exposition: str) -> dict[str, float]:
    """The same, of what was served."""
    found = {}
    for family in text_string_to_metric_families(exposition):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found
