"""Turning: which page of a long list is shown, and the buttons that lead to the next one and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from bot.console.parts import button

P = TypeVar("P")


@dataclass(slots=True, eq=False)
class Turning(Generic[P]):
    """The places after which the pages up to this one begin, None being the first; `read` shows the list anew."""

    read: Callable[[], Awaitable[None]]
    _after: list[P | None] = field(default_factory=lambda: [None])

    @property
    def after(self) -> P | None:
        """The place after which the page that is shown begins."""
        return self._after[-1]

    @property
    def is_first(self) -> bool:
        """Whether there is no page before this one."""
        return len(self._after) == 1

    def begin(self) -> None:
        """Go to the first page, as of another list."""
        self._after = [None]

    def draw(self, further: P | None, *, back: str, on: str) -> None:
        """Draw a button for each way that there is; `further` is the place that the next page begins after."""
        if not self.is_first:
            button(back, self._back, sign="back")
        if further is not None:
            button(on, partial(self._on, further))

    async def _on(self, further: P) -> None:
        if further != self.after:  # else it was pressed twice
            self._after.append(further)
            await self.read()

    async def _back(self) -> None:
        if not self.is_first:
            self._after.pop()
            await self.read()
