"""Talking to Sobat from a script or a terminal, on a clock that can be set."""

from __future__ import annotations

import asyncio
import gc
import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from bot.app.secret import Secrets
from bot.app.wiring import App, build_app
from bot.channels.plain import plain
from bot.channels.terminal.channel import TerminalChannel
from bot.demo.people import seed
from bot.demo.timeline import Timeline
from handlers.dialogue.turn_input import TurnOutcome
from programme.model.clock import SetClock
from programme.model.deliveries import Claimed
from programme.model.messages import Action, AskContact, Button, Incoming, Kind, Link, Message, Sort
from programme.model.phones import OwnNumber
from programme.redaction.cutter import redact

DEMO_KEY = b"sobat: only for demonstrations and scripts"


class NoSuchButton(ValueError):
    """No message so far has a button of this label."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it went out, and when (UTC)."""

    kind: Kind
    message: Message
    at: datetime

    @property
    def text(self) -> str:
        """The words without markup."""
        return plain(self.message.text)

    @property
    def buttons(self) -> list[str]:
        """The labels of the keys that speak for the person."""
        return [key.label for row in self.message.keys for key in row if isinstance(key, Button | AskContact)]

    @property
    def links(self) -> list[str]:
        """The addresses that keys lead to."""
        return [key.url for row in self.message.keys for key in row if isinstance(key, Link)]


@dataclass(slots=True)
class Chat:
    """One person's chat with Sobat in a terminal.

    It `vouches` for the numbers typed into it where nobody's data lies behind them, or where an operator says so.
    """

    app: App
    clock: SetClock
    timeline: Timeline
    person: str
    vouches: bool = True
    audited: bool = False
    outcome: TurnOutcome | None = None
    history: list[Shown] = field(default_factory=list)
    _read: int = 0

    async def say(self, text: str, *, forwarded: bool = False) -> list[Shown]:
        """Send a text, perhaps as one that was forwarded, and return what came back."""
        words, cut = redact(text)
        return await self._send(self._incoming(sort=Sort.TEXT, text=words, redacted=cut, forwarded=forwarded))

    async def press(self, label: str) -> list[Shown]:
        """Press the newest button of this label. Raises NoSuchButton."""
        return await self._send(self._incoming(sort=Sort.PRESS, action=self._button(label)))

    async def share_contact(self, phone: str) -> list[Shown]:
        """Share a number: the person's own where this chat may vouch for it, else as somebody else's."""
        number = OwnNumber(phone) if self.vouches else None
        if self.audited and number is not None:
            async with self.app.store.writing() as tx:
                who = f"terminal:{getpass.getuser()}"
                await tx.staff.record(who, "chat.vouch", f"terminal:{self.person}")
        return await self._send(self._incoming(sort=Sort.CONTACT, number=number))

    async def set_clock(self, to: datetime) -> list[Shown]:
        """Move the clock and return what went out on the way."""
        self.outcome = None
        await self.timeline.advance(to)
        return self._news()

    def _incoming(self, **parts: object) -> Incoming:
        at = self.clock.now()
        return Incoming(
            channel="terminal",
            address=self.person,
            id=uuid4().hex,
            at=at,
            can_vouch=self.vouches,
            **parts,  # type: ignore[arg-type]
        )

    async def _send(self, incoming: Incoming) -> list[Shown]:
        row = await self.app.inbox_processor.take(incoming)
        assert row is not None  # noqa: S101 - its id is new
        self.outcome = await self.app.inbox_processor.answer(row)
        await self.app.jobs.run()
        return self._news()

    def _news(self) -> list[Shown]:
        news, self._read = self.history[self._read :], len(self.history)
        return news

    def _button(self, label: str) -> Action:
        for shown in reversed(self.history):
            for row in shown.message.keys:
                for key in row:
                    if isinstance(key, Button) and key.label == label:
                        return key.action
        raise NoSuchButton(label)

    def heard(self, claimed: Claimed, message: Message, at: datetime) -> None:
        """Take note of a message that went to this person."""
        if claimed.address == self.person:
            self.history.append(Shown(claimed.delivery.kind, message, at))


@asynccontextmanager
async def open_chat(*, at: datetime, person: str, database: str | None, vouch: bool = False) -> AsyncIterator[Chat]:
    """Open an app of its own around one chat, its clock standing at `at`.

    Over a `database`, where real people's data may lie, typed numbers count as the person's own only with `vouch`.
    """
    clock = SetClock(at)
    secrets = _secrets_of(database)
    app_of = build_app(
        database=database,
        clock=clock,
        channels={"terminal": TerminalChannel()},
        key=secrets.current.value,
        former_keys=[old.value for old in secrets.former],
    )
    async with app_of as app:
        if database is None:
            await seed(app.store, app.inbox_processor.numbers)
        chat = Chat(app, clock, Timeline(clock, app.jobs), person, vouches=vouch or database is None, audited=vouch)
        app.sender.listeners.append(chat.heard)
        gc.freeze()  # what the start loaded stays, and need not be looked through again and again
        gc.enable()
        yield chat


def _secrets_of(database: str | None) -> Secrets:
    """Use the operator's secret where data is shared with other commands, such as an imported roster."""
    if database is None:
        return Secrets.of(DEMO_KEY)
    from bot.app.settings import read_settings

    return read_settings().secrets


async def lines() -> AsyncIterator[str]:
    """Read standard input line by line without holding up the loop."""
    import sys

    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            yield line
