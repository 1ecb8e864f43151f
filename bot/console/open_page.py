"""One open page: who looks, what it stands on, and how it hears of what changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field

from nicegui import Client, background_tasks, ui

from bot.console.access import NEEDS, Access, Acting, Right
from bot.console.counting import Counting
from bot.console.live import Listener, Live, Seen, Version, desk_version
from bot.console.parts import told
from bot.console.running import ConsoleParts
from bot.console.shared_reads import Reads
from bot.console.waiting_tabs import WaitingTabs
from bot.store import UnitOfWork
from bot.store.repositories.console_doors import ConsoleSession
from locales import current_language, speaking


@dataclass(frozen=True, slots=True)
class Console:
    """What all pages of a process share."""

    parts: ConsoleParts
    access: Access
    live: Live
    counting: Counting
    tabs: WaitingTabs = field(default_factory=WaitingTabs)


@dataclass(slots=True, eq=False)
class OpenPage:
    """What one tab stands on. It is asked again at each look and each act whether its session still holds."""

    console: Console
    session: ConsoleSession
    right: Right
    path: str
    language: str = field(default_factory=lambda: current_language().code)
    _began: Mapping[Version, Seen] = field(init=False)
    _one_look: asyncio.Lock = field(default_factory=asyncio.Lock)
    _looked_since: Reads | None = None
    """What others read together when this page last looked by itself."""

    def __post_init__(self) -> None:
        """Note what had been seen before anything was read for the page."""
        self._began = self.console.live.seen

    def may(self, right: Right) -> bool:
        """Tell whether to offer something; whether it is let happen is asked again when it is done."""
        return self.session.member.role.covers(NEEDS[right])

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Acting]:
        """Open a transaction that reads. Raises Refused.

        Looks of one page come one after another, and what follows without waiting belongs to them: else what was read
        before a change could be drawn after, and over, what was read since.
        """
        async with self._one_look, self.console.access.looking(self.session.id, self.right, self.path) as acting:
            self._looked_since = self.console.live.reads
            yield acting

    @asynccontextmanager
    async def looking_together(self) -> AsyncIterator[Reads]:
        """Look at what other pages are told of at this moment: what several show is read once. Raises Refused.

        Who looked by itself since it was read looks by itself again: it must not go back to what was before.
        """
        async with self._one_look:
            reads = self.console.live.reads
            if reads is not self._looked_since and await self._is_still_let_in(reads):
                yield reads
                return
        async with self.looking() as acting:
            yield Reads(lambda: nullcontext(acting.tx))

    async def _is_still_let_in(self, reads: Reads) -> bool:
        running = await reads.once("sessions", _sessions)
        return self.console.access.still_may(running.get(self.session.id), self.right)

    @asynccontextmanager
    async def acting(self, right: Right) -> AsyncIterator[Acting]:
        """Open a transaction that changes something. Raises Refused."""
        async with self.console.access.acting(self.session.id, right, self.path) as acting:
            yield acting

    def once_there(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do once, when a browser has come for the page, what would have it wait."""
        client, left = ui.context.client, [act]

        async def come() -> None:
            while left:
                await self._here(client, left.pop())

        client.on_connect(come)

    def aside(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do what takes long without having other pages wait, which are told of the same change."""
        background_tasks.create(self._here(ui.context.client, act))

    async def _here(self, client: Client, act: Callable[[], Awaitable[None]]) -> None:
        with client, speaking(self.language), told():
            await act()

    def stay_current(
        self,
        refresh: Callable[[], Awaitable[None]],
        greet: Callable[[], Awaitable[None]] | None = None,
        *,
        version: Version = desk_version,
    ) -> None:
        """Have the page refreshed whenever anything changed of what it shows, as long as a browser is there.

        `greet` is called when a colleague comes, goes or writes; it reads nothing from the store.
        """
        client, ends = ui.context.client, list[Callable[[], None]]()
        live = self.console.live

        def hearing(then: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
            async def hear() -> None:
                if client.is_deleted:
                    leave()
                    return
                with client, speaking(self.language), told():
                    await then()

            return hear

        listener = Listener(hearing(refresh), version, self._began.get(version))

        def come() -> None:
            leave()
            ends.append(live.subscribe(listener))
            if greet is not None:
                ends.append(live.presence.subscribe(hearing(greet)))

        def leave() -> None:
            while ends:
                ends.pop()()

        client.on_connect(come)
        client.on_disconnect(leave)
        client.on_delete(leave)


async def _sessions(tx: UnitOfWork) -> dict[int, ConsoleSession]:
    return await tx.doors.all_running()
