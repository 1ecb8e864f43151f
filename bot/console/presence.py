"""Presence: who looks at which complaint right now, and who writes an answer; told to the open pages at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Final

WRITES_FOR: Final = 6.0
"""Seconds after the last letter for which somebody counts as writing."""


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

    def subscribe(self, hear: Hear) -> Callable[[], None]:
        """Have a page hear when anybody comes, goes or writes; return what ends that."""
        self._pages.add(hear)
        return lambda: self._pages.discard(hear)

    async def look(self, tab: str, here: Here) -> None:
        """Somebody opened a complaint in this tab."""
        known = self._tabs.get(tab)
        if known is None or known.ticket != here.ticket:
            self._tabs[tab] = here
            await self._tell()

    async def write(self, tab: str) -> None:
        """Somebody writes in this tab."""
        if (here := self._tabs.get(tab)) is None:
            return
        wrote = here.writes_to > self.now()
        self._tabs[tab] = replace(here, writes_to=self.now() + WRITES_FOR)
        if not wrote:
            await self._tell()

    async def rest(self, tab: str) -> None:
        """Nobody writes in this tab any more: it was sent."""
        if (here := self._tabs.get(tab)) is not None and here.writes_to:
            self._tabs[tab] = replace(here, writes_to=0.0)
            await self._tell()

    async def leave(self, tab: str) -> None:
        """This tab shows no complaint any more."""
        if self._tabs.pop(tab, None) is not None:
            await self._tell()

    async def calm(self) -> None:
        """Tell of those who stopped writing; the one listener of the process asks once a second."""
        writing = self._who_writes()
        if writing != self._writing:
            await self._tell()

    def others(self, me: str) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return by complaint who else looks at it, and who of them writes, by name."""
        now, found = self.now(), dict[int, tuple[set[str], set[str]]]()
        for here in self._tabs.values():
            if here.who != me:
                look, write = found.setdefault(here.ticket, (set(), set()))
                look.add(here.name)
                write.update({here.name} if here.writes_to > now else ())
        return {ticket: (tuple(sorted(look)), tuple(sorted(write))) for ticket, (look, write) in found.items()}

    def _who_writes(self) -> frozenset[tuple[int, str]]:
        now = self.now()
        return frozenset((here.ticket, here.who) for here in self._tabs.values() if here.writes_to > now)

    async def _tell(self) -> None:
        self._writing = self._who_writes()
        for hear in tuple(self._pages):
            await hear()
