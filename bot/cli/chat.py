"""Talking to Sobat from a script or a terminal, on a clock that can be set."""

from __future__ import annotations

import asyncio
import gc
import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from bot.app.secret import Secrets
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.plain import plain
from bot.channels.terminal.channel import TerminalChannel
from bot.cli.chat_whatsapp import WhatsAppTerminal, choices_of
from bot.demo.people import seed
from bot.demo.timeline import Timeline
from bot.look.whatsapp_markup import plain_of
from bot.look.whatsapp_outgoing import Outgoing
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
    whatsapp: Outgoing | None = None
    """What it is on WhatsApp, where that is the channel."""

    @property
    def text(self) -> str:
        """The words without markup."""
        if self.whatsapp is not None:
            return "\n\n".join(plain_of(bubble.words) for bubble in self.whatsapp.bubbles if bubble.words)
        return plain(self.message.text)

    @property
    def buttons(self) -> list[str]:
        """The labels of the keys that speak for the person."""
        if self.whatsapp is not None:
            return [choice.title for choice in choices_of(self.whatsapp)]
        return [key.label for row in self.message.keys for key in row if isinstance(key, Button | AskContact)]

    @property
    def links(self) -> list[str]:
        """The addresses that keys lead to."""
        if self.whatsapp is not None:
            return [bubble.link.url for bubble in self.whatsapp.bubbles if bubble.link is not None]
        return [key.url for row in self.message.keys for key in row if isinstance(key, Link)]


class Page(NamedTuple):
    """A later page of the list below a message."""

    shown: Shown
    number: int


@dataclass(slots=True)
class Chat:
    """One person's chat with Sobat in a terminal, on the `channel` that it stands for.

    It `vouches` for the numbers typed into it where nobody's data lies behind them, or where an operator says so.
    """

    app: App
    clock: SetClock
    timeline: Timeline
    person: str
    channel: TerminalChannel | WhatsAppTerminal
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
        match self._pressed(label):
            case Page(shown, number):
                return self._turn(shown, number)
            case action:
                return await self._send(self._incoming(sort=Sort.PRESS, action=action))

    async def share_contact(self, phone: str) -> list[Shown]:
        """Share a number: the person's own where this chat may vouch for it, else as somebody else's."""
        number = OwnNumber(phone) if self.vouches else None
        if self.audited and number is not None:
            async with self.app.store.writing() as tx:
                who = f"terminal:{getpass.getuser()}"
                await tx.staff.record(who, "chat.vouch", f"{self.channel.name}:{self.person}")
        return await self._send(self._incoming(sort=Sort.CONTACT, number=number))

    async def set_clock(self, to: datetime) -> list[Shown]:
        """Move the clock and return what went out on the way."""
        self.outcome = None
        await self.timeline.advance(to)
        return self._news()

    def _incoming(self, **parts: object) -> Incoming:
        at = self.clock.now()
        return Incoming(
            channel=self.channel.name,
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

    def _pressed(self, label: str) -> Action | Page:
        for shown in reversed(self.history):
            if isinstance(self.channel, WhatsAppTerminal) and shown.whatsapp is not None:
                chosen = self.channel.chosen(label, shown.message, shown.whatsapp)
                if chosen is not None:
                    return Page(shown, chosen) if isinstance(chosen, int) else chosen
            elif (button := _button(shown.message, label)) is not None:
                return button.action
        raise NoSuchButton(label)

    def _turn(self, shown: Shown, number: int) -> list[Shown]:
        """Show another page of a list, as WhatsApp would: in a message of its own."""
        assert isinstance(self.channel, WhatsAppTerminal)  # noqa: S101 - nowhere else has a list pages
        language = self.outcome.participant.language if self.outcome else "id"
        later = self.channel.page(shown.message, number, language)
        self.history.append(Shown(shown.kind, shown.message, self.clock.now(), later))
        return self._news()

    def heard(self, claimed: Claimed, message: Message, at: datetime) -> None:
        """Take note of a message that went to this person."""
        sent = self.channel.sent(claimed) if isinstance(self.channel, WhatsAppTerminal) else None
        if claimed.address == self.person:
            self.history.append(Shown(claimed.delivery.kind, message, at, sent))


def _button(message: Message, label: str) -> Button | None:
    buttons = (key for row in message.keys for key in row if isinstance(key, Button))
    return next((button for button in buttons if button.label == label), None)


@asynccontextmanager
async def open_chat(
    *, at: datetime, person: str, database: str | None, vouch: bool = False, whatsapp: bool = False
) -> AsyncIterator[Chat]:
    """Open an app of its own around one chat, its clock standing at `at`, as on `whatsapp` where that is wanted.

    Over a `database`, where real people's data may lie, typed numbers count as the person's own only with `vouch`.
    """
    clock = SetClock(at)
    secrets = _secrets_of(database)
    channel = _whatsapp(clock, secrets) if whatsapp else TerminalChannel()
    app_of = build_app(
        database=database,
        clock=clock,
        channels={channel.name: channel},
        key=secrets.current.value,
        former_keys=[old.value for old in secrets.former],
    )
    async with app_of as app:
        if database is None:
            await seed(app.store, app.inbox_processor.numbers)
        timeline, vouches = Timeline(clock, app.jobs), vouch or database is None
        chat = Chat(app, clock, timeline, person, channel, vouches=vouches, audited=vouch)
        app.sender.listeners.append(chat.heard)
        gc.freeze()  # what the start loaded stays, and need not be looked through again and again
        gc.enable()
        yield chat


def _whatsapp(clock: SetClock, secrets: Secrets) -> WhatsAppTerminal:
    return WhatsAppTerminal(clock, ButtonSigner(secrets.current.buttons, secrets.old_buttons))


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
