"""Presence: who looks at which complaint right now, and who writes an answer; told to open pages within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

WRITES_FOR: Final = 6.0
"""Seconds after the last letter for which somebody counts as writing."""

TOGETHER: Final = 0.5
"""Seconds in which what changes is told once: fifty who work come, go and write ten times a second."""

LOOKS_EVERY: Final = 1.0
"""Seconds between two looks at who stopped writing, while anybody writes."""


@dataclass(frozen=True, slots=True)
class Here:
    """A member of the staff at a complaint; `writes_to` is the moment, in the process's seconds, until they write."""

    who: str
    name: str
    ticket: int
    writes_to: float = 0.0


Hear = Callable[[], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Presence:
    """Kept by the process, a place a tab, and gone with it: nothing that matters. `now` are seconds that only grow."""

    now: Callable[[], float]
    _tabs: dict[str, Here] = field(default_factory=dict)
    _pages: set[Hear] = field(default_factory=set)
    _writing: frozenset[tuple[int, str]] = frozenset()
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _at: dict[int, list[Here]] = field(default_factory=dict)
    """The tabs by complaint, put together when somebody asks."""

    async def run(self) -> None:
        """Tell the open pages of what changed, as long as the process lives."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOKS_EVERY if self._writing else None):
                    await self._changed.wait()
            await self.tell()
            await asyncio.sleep(TOGETHER)

    def subscribe(self, hear: Hear) -> Callable[[], None]:
        """Have a page hear when anybody comes, goes or writes; return what ends that."""
        self._pages.add(hear)
        return lambda: self._pages.discard(hear)

    def look(self, tab: str, here: Here) -> None:
        """Somebody opened a complaint in this tab."""
        known = self._tabs.get(tab)
        if known is None or known.ticket != here.ticket:
            self._tabs[tab] = here
            self._note()

    def write(self, tab: str) -> None:
        """Somebody writes in this tab."""
        if (here := self._tabs.get(tab)) is None:
            return
        wrote = here.writes_to > self.now()
        self._tabs[tab] = replace(here, writes_to=self.now() + WRITES_FOR)
        self._at.clear()
        if not wrote:
            self._note()

    def rest(self, tab: str) -> None:
        """Nobody writes in this tab any more: it was sent."""
        if (here := self._tabs.get(tab)) is not None and here.writes_to:
            self._tabs[tab] = replace(here, writes_to=0.0)
            self._note()

    def leave(self, tab: str) -> None:
        """This tab shows no complaint any more."""
        if self._tabs.pop(tab, None) is not None:
            self._note()

    async def tell(self) -> None:
        """Tell the open pages, where anybody came, went, began or stopped writing since."""
        writing = self._who_writes()
        if not self._changed.is_set() and writing == self._writing:
            return
        self._changed.clear()
        self._writing = writing
        for hear in tuple(self._pages):
            await hear()

    @property
    def tickets(self) -> frozenset[int]:
        """The complaints that anybody looks at."""
        return frozenset(here.ticket for here in self._tabs.values())

    def others(self, me: str, among: Collection[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return by complaint, of these, who else looks at it, and who of them writes, by name."""
        now, found = self.now(), dict[int, tuple[tuple[str, ...], tuple[str, ...]]]()
        if not self._at:
            for here in self._tabs.values():
                self._at.setdefault(here.ticket, []).append(here)
        for ticket in self._at.keys() & among:
            if theirs := [here for here in self._at[ticket] if here.who != me]:
                write = {here.name for here in theirs if here.writes_to > now}
                found[ticket] = tuple(sorted({here.name for here in theirs})), tuple(sorted(write))
        return found

    def _note(self) -> None:
        """Note that something changed, of which the pages are to be told."""
        self._at.clear()
        self._changed.set()

    def _who_writes(self) -> frozenset[tuple[int, str]]:
        now = self.now()
        return frozenset((here.ticket, here.who) for here in self._tabs.values() if here.writes_to > now)
