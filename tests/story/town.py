"""A town of people who talk with Sobat: the real app over a database, and a clock that can be set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from itertools import count

from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import FREE, Terms
from bot.cli.chat import DEMO_KEY, Shown
from bot.cli.chat_whatsapp import WhatsAppTerminal
from bot.demo.timeline import Timeline
from bot.look.whatsapp_outgoing import Outgoing
from programme.model.clock import Clock, SetClock
from programme.model.deliveries import Claimed
from programme.model.messages import Action, AskContact, Button, Incoming, Kind, Message, Sort
from programme.model.phones import OwnNumber
from programme.programme import Programme
from programme.redaction.cutter import redact
from tests.fakes.graph_bounds import check_message

MONDAY = "2021-10-18T09:00:00+07:00"
_numbers = count(1)


class Phones:
    """A channel that takes what is sent, and can be made to fail; on WhatsApp, in the form that Meta would take."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self.failures: list[Exception] = []
        self._whatsapp = WhatsAppTerminal(clock, ButtonSigner(DEMO_KEY)) if name == "whatsapp" else None

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        if self.failures:
            raise self.failures.pop(0)
        if self._whatsapp is not None:
            await self._whatsapp.send(address, message, kind=kind, edits=edits, terms=terms)
        return str(next(_numbers))

    def shown(self, claimed: Claimed) -> Outgoing | None:
        """What a phone shows of a delivery on WhatsApp, none of which Meta would refuse; None elsewhere."""
        if self._whatsapp is None:
            return None
        outgoing = self._whatsapp.sent(claimed)
        for body in outgoing.bodies:
            check_message({**body, "to": "6281234567890"})
        return outgoing


class Town:
    """Opens and reopens the app; `at` is where the clock stands, `channel` where people write."""

    def __init__(
        self,
        database: str | None,
        at: str = MONDAY,
        programme: Programme | None = None,
        channel: str = "terminal",
    ) -> None:
        self.clock = SetClock(datetime.fromisoformat(at))
        self.phones = Phones(channel, self.clock)
        self.programme = programme
        self._database = database
        self._stack = AsyncExitStack()
        self._people: dict[str, Person] = {}
        self.app: App

    async def open(self) -> None:
        app = build_app(
            database=self._database,
            clock=self.clock,
            channels={self.phones.name: self.phones},
            key=DEMO_KEY,
            programme=self.programme,
        )
        self.app = await self._stack.enter_async_context(app)
        self.app.sender.listeners.append(self._arrived)

    async def close(self) -> None:
        await self._stack.aclose()

    async def restart(self, programme: Programme | None = None) -> None:
        """Stop and start again, perhaps with other programme data; only the database remains."""
        await self.close()
        self.programme = programme or self.programme
        await self.open()

    async def until(self, moment: str) -> None:
        """Let time pass; everything that falls due on the way happens."""
        await Timeline(self.clock, self.app.jobs).advance(datetime.fromisoformat(moment))

    def person(self, name: str) -> Person:
        return self._people.setdefault(name, Person(name, self))

    def _arrived(self, claimed: Claimed, message: Message, at: datetime) -> None:
        shown = Shown(claimed.delivery.kind, message, at, self.phones.shown(claimed))
        self.person(claimed.address).history.append(shown)


class Person:
    """Somebody with a phone."""

    def __init__(self, name: str, town: Town) -> None:
        self.name, self.town = name, town
        self.history: list[Shown] = []
        self.news: list[Shown] = []

    async def says(self, text: str) -> None:
        words, cut = redact(text)
        await self._send(sort=Sort.TEXT, text=words, redacted=cut)

    async def presses(self, label: str) -> None:
        await self._send(sort=Sort.PRESS, action=self._button(label))

    async def shares_number(self, phone: str) -> None:
        await self._send(sort=Sort.CONTACT, number=OwnNumber(phone))

    async def shares_a_contact(self) -> None:
        """Share somebody else's contact, or one that nothing vouches for."""
        await self._send(sort=Sort.CONTACT)

    async def sends(self, sort: Sort, caption: str = "") -> None:
        await self._send(sort=sort, text=caption)

    async def lives(self, zone: str, wave: int = 21) -> Person:
        """Get acquainted quickly."""
        await self.says(f"/start g{wave}")
        await self.says(zone)
        return self

    @property
    def heard(self) -> str:
        """Everything that the last turn brought, as plain words."""
        return "\n\n".join(shown.text for shown in self.news)

    @property
    def buttons(self) -> list[str]:
        keys = [key for shown in self.news for row in shown.message.keys for key in row]
        return [key.label for key in keys if isinstance(key, Button | AskContact)]

    @property
    def reminders(self) -> list[Shown]:
        return [shown for shown in self.history if shown.kind is Kind.REMINDER]

    async def _send(self, **parts: object) -> None:
        before = len(self.history)
        incoming = Incoming(
            channel=self.town.phones.name,
            address=self.name,
            id=f"in{next(_numbers)}",
            at=self.town.clock.now(),
            can_vouch=True,
            **parts,
        )
        row = await self.town.app.inbox_processor.take(incoming)
        assert row is not None
        await self.town.app.inbox_processor.answer(row)
        self.news = self.history[before:]

    def _button(self, label: str) -> Action:
        keys = [key for shown in reversed(self.history) for row in shown.message.keys for key in row]
        return next(key.action for key in keys if isinstance(key, Button) and label in key.label)


@asynccontextmanager
async def open_town(database: str | None = None, at: str = MONDAY, channel: str = "terminal") -> AsyncIterator[Town]:
    town = Town(database, at, channel=channel)
    await town.open()
    try:
        yield town
    finally:
        await town.close()
