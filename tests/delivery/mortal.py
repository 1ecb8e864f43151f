"""A process that dies at a chosen step: whatever it does to the world counts as one, and after its death it does none.

Between two steps there is nothing but computation in memory, so a death there is a death at the next step. A
transaction that was open is rolled back, as a database does when the connection goes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.channel import FREE, Terms
from bot.store import Store, UnitOfWork
from bot.store.engine.engines import database
from programme.model.clock import Clock
from programme.model.messages import Kind, Message


class Killed(BaseException):
    """The end of a process. Nothing but the test catches it."""


@dataclass
class Life:
    """Ends at the step `ends_at`, from 1; None never ends. `steps` are what was done, by name."""

    ends_at: int | None = None
    steps: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        if self.ended:
            raise Killed
        self.steps.append(name)
        if self.ended:
            raise Killed

    @property
    def ended(self) -> bool:
        return self.ends_at is not None and len(self.steps) >= self.ends_at


class _Connection:
    """A connection each of whose statements is a step."""

    def __init__(self, connection: AsyncConnection, life: Life) -> None:
        self._connection, self._life = connection, life

    async def execute(self, statement: Any, parameters: Any = None) -> Any:
        done = await self._connection.execute(statement, parameters)
        self._life.step("a statement")
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class MortalStore(Store):
    """The real store, in the hands of a process that may die."""

    def __init__(self, url: str, life: Life, clock: Clock) -> None:
        super().__init__(database(url), clock)
        self._life = life

    def passes_to(self, life: Life) -> None:
        """Be in the hands of the next process; what the last one had open was rolled back."""
        self._life = life

    def writing(self, *, at_once: bool = False, first: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._stepping(super().writing(at_once=at_once, first=first), "commit")

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._stepping(super().reading(), "end of reading")

    @asynccontextmanager
    async def _stepping(self, opening: AbstractAsyncContextManager[UnitOfWork], end: str) -> AsyncIterator[UnitOfWork]:
        self._life.step("before a begin")
        async with opening as tx:
            tx.connection = cast(AsyncConnection, _Connection(tx.connection, self._life))
            self._life.step("begin")
            yield tx
            self._life.step(f"before a {end}")
        self._life.step(end)

    async def safe(self) -> None:
        self._life.step("before it is forced to the disk")
        await super().safe()
        self._life.step("forced to the disk")


@dataclass
class Wire:
    """A channel: what reached it was heard, whether or not we live to know."""

    life: Life
    heard: list[tuple[str, str]]
    name: str = "telegram"

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        self.life.step("before the wire")
        self.heard.append((address, message.text))
        self.life.step("on the wire")
        return str(len(self.heard))
