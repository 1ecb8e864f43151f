"""What a channel that reaches people is for a process, whichever it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from bot.channels.channel import Channel
from bot.inbound.dispatcher import InboundDispatcher

if TYPE_CHECKING:
    from fastapi import FastAPI


class ChannelService(Protocol):
    """An account in use."""

    @property
    def channel(self) -> Channel:
        """Return the way out."""
        ...

    @property
    def account_name(self) -> str:
        """Name the account whose rate all processes share."""
        ...

    @property
    def rate(self) -> float:
        """Return how many messages a second the account may send."""
        ...

    @property
    def wrong(self) -> Sequence[str]:
        """Say what keeps the channel and us apart, if anything does."""
        ...

    async def reach(self) -> None:
        """Return once the channel has accepted us. Raises Misconfigured where it refuses us for good."""
        ...

    async def watch(self, stop: asyncio.Event) -> None:
        """Keep what sending needs in step with the channel until `stop` is set, in a process that does not listen."""
        ...

    async def listen(self, desk: InboundDispatcher, server: FastAPI, stop: asyncio.Event) -> None:
        """Take in what comes until `stop` is set. Raises Misconfigured, in a group, where we are refused for good."""
        ...
