"""Messages are written down, decided in one transaction where that can be, and answered in their order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.app.wiring import App, build_app
from bot.channels.channel import FREE, Terms
from bot.inbound.dispatcher import MOST, InboundDispatcher
from bot.inbound.processor import IN_HAND, InboxProcessor
from bot.store import InboxRow, UnitOfWork
from handlers.dialogue.turn_input import TurnOutcome
from programme.model.clock import SetClock
from programme.model.messages import Kind, Message
from tests.databases import at
from tests.store.samples import MONDAY, incoming

pytestmark = pytest.mark.usefixtures("threads")


@dataclass
class Messenger:
    """Sends one message after the other is let through, or all at once."""

    name: str = "telegram"
    heard: list[tuple[str, str]] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        await self.open.wait()
        self.heard.append((address, message.text))
        return str(len(self.heard))


@asynccontextmanager
async def _house(url: str | None, messenger: Messenger, clock: SetClock) -> AsyncIterator[App]:
    async with build_app(database=url, clock=clock, channels={"telegram": messenger}, key=b"key") as app:
        yield app


async def _waiting(app: App) -> int:
    async with app.store.reading() as tx:
        return len(await at(tx, MONDAY + timedelta(days=9999)).inbox.free(but=(), limit=100))


async def test_a_message_is_decided_in_the_transaction_that_takes_it(url: str) -> None:
    """Once it is acknowledged nothing waits: a crash from here on loses no answer, for it lies in the outbox."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    async with _house(url, messenger, clock) as app, asyncio.TaskGroup() as tasks:
        desk = InboundDispatcher(app.inbox_processor, tasks)
        await desk.take(incoming("status saya"))
        await desk.safe()
        assert await _waiting(app) == 0
        async with app.store.reading() as tx:
            assert await tx.outbox.next_due() == MONDAY + timedelta(seconds=60)
        await desk.take(incoming("status saya"))  # the channel repeats itself
        messenger.open.set()
    assert len({text for _, text in messenger.heard}) == len(messenger.heard) > 0


SAID = ("status saya", "menu", "insentif belum cair")


async def test_whoever_writes_on_is_answered_in_order(url: str) -> None:
    """While one answer is under way, later messages of the same person wait in the inbox, those of others don't."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    async with _house(url, messenger, clock) as app, asyncio.TaskGroup() as tasks:
        desk = InboundDispatcher(app.inbox_processor, tasks)
        async with asyncio.TaskGroup() as together:
            for number, text in enumerate(SAID):
                together.create_task(desk.take(incoming(text, message=str(number))))
            together.create_task(desk.take(incoming("menu", message="9", address="jayapura")))
        assert desk.waiting == 4
        assert await _waiting(app) == 2
        messenger.open.set()
    assert [text for who, text in messenger.heard if who == "makassar"] == await _one_after_the_other(*SAID)
    assert desk.waiting == 0


async def _one_after_the_other(*texts: str) -> list[str]:
    """Return what somebody hears who waits for each answer."""
    messenger = Messenger()
    messenger.open.set()
    async with _house(None, messenger, SetClock(MONDAY)) as app:
        for number, text in enumerate(texts):
            async with asyncio.TaskGroup() as tasks:
                await InboundDispatcher(app.inbox_processor, tasks).take(incoming(text, message=str(number)))
    return [text for _, text in messenger.heard]


async def test_a_turn_that_fails_is_kept_and_ends_in_an_apology(url: str, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of the failed turn stays, the message does until the person heard that something went wrong."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    messenger.open.set()
    async with _house(url, messenger, clock) as app:
        app.inbox_processor.turn_handler.policy = None  # type: ignore[assignment] # so that planning reminders fails
        async with asyncio.TaskGroup() as tasks:
            await InboundDispatcher(app.inbox_processor, tasks).take(incoming("gel 21 terakhir kapan?"))
        assert len(messenger.heard) == 1
        assert await _waiting(app) == 0
        async with app.store.reading() as tx:
            person = await tx.people.get((await tx.outbox.log(1))[0].participant)
            assert person is not None
            assert person.told_cutoff is None
    told = [record.levelname for record in caplog.records if record.name == "bot.inbound.processor"]
    assert told == ["WARNING", "ERROR"]
    assert "terakhir" not in "".join(record.getMessage() for record in caplog.records)


async def test_what_a_dead_process_had_in_hand_is_answered_by_another(url: str) -> None:
    """Within its lease it is left alone by a process beside it, and then taken over, once."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    messenger.open.set()
    async with _house(url, messenger, clock) as app:
        assert await app.inbox_processor.take(incoming("menu")) is not None  # and dies
        clock.set(MONDAY + IN_HAND)
        async with asyncio.TaskGroup() as tasks:
            desk = InboundDispatcher(app.inbox_processor, tasks)
            assert await desk.catch_up() == 1
            assert await desk.catch_up() == 0
        assert await desk.catch_up() == 0
    assert len(messenger.heard) == 1


@dataclass
class Noting(InboxProcessor):
    """Notes in which order what was kept is answered."""

    order: list[tuple[str, str]] = field(default_factory=list)

    async def answer(self, row: InboxRow) -> TurnOutcome | None:
        self.order.append((row.incoming.address, row.incoming.text))
        return await super().answer(row)


async def test_whatever_waits_after_a_crash_is_answered_without_a_pause_and_in_order(url: str) -> None:
    """More than one portion; who writes meanwhile waits behind their own earlier words, and nobody else's."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    said = [(f"person{number % 7}", f"status saya {number}") for number in range(MOST + 20)]
    async with _house(url, messenger, clock) as app:
        known = app.inbox_processor
        inbox_processor = Noting(known.store, known.turn_handler, known.sender, known.numbers)
        async with app.store.writing() as tx:
            for number, (who, words) in enumerate(said):
                await tx.inbox.add(incoming(words, message=str(number), address=who), until=MONDAY + IN_HAND)
        clock.set(MONDAY + IN_HAND)
        async with asyncio.TaskGroup() as tasks:
            desk = InboundDispatcher(inbox_processor, tasks)
            assert await desk.look_back() == len(said)
            catching_up = tasks.create_task(desk.catch_up())
            await desk.take(incoming("status saya, lagi", message="later", address="person3"))
            await desk.take(incoming("menu", message="another", address="jayapura"))
            messenger.open.set()
            assert await catching_up == len(said) + 1
            assert await desk.catch_up() == 0
        assert await _waiting(app) == 0
    for who in {who for who, _ in said}:
        expected = [words for one, words in said if one == who] + (["status saya, lagi"] if who == "person3" else [])
        assert [words for one, words in inbox_processor.order if one == who] == expected
    assert "jayapura" not in {who for who, _ in inbox_processor.order}, "answered at once"
    assert "jayapura" in {who for who, _ in messenger.heard}


async def test_a_portion_that_can_not_be_read_does_not_end_the_catching_up(sqlite_url: str) -> None:
    messenger, clock = Messenger(), SetClock(MONDAY)
    messenger.open.set()
    async with _house(sqlite_url, messenger, clock) as app:
        async with app.store.writing() as tx:
            for number in range(MOST + 3):
                await tx.inbox.add(incoming("menu", message=str(number), address=str(number)))
            await tx.connection.execute(text(f"UPDATE inbox SET content = '[' WHERE id <= {MOST}"))  # noqa: S608
        async with asyncio.TaskGroup() as tasks:
            assert await InboundDispatcher(app.inbox_processor, tasks).catch_up() == 3
    assert {who for who, _ in messenger.heard} == {str(MOST + number) for number in range(3)}


async def test_a_file_that_is_missing_in_a_turn_is_told_in_full(url: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is no outage of the store: the person hears an apology, and the log all that there is to know."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    messenger.open.set()

    def missing(*_all: object, **_more: object) -> None:
        raise FileNotFoundError("wave.png")

    async with _house(url, messenger, clock) as app:
        app.inbox_processor.turn_handler.staff = SimpleNamespace(desk=missing)  # type: ignore[assignment]
        async with asyncio.TaskGroup() as tasks:
            await InboundDispatcher(app.inbox_processor, tasks).take(incoming("menu"))
    assert len(messenger.heard) == 1
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == ["wave.png"]


async def test_a_wrong_statement_in_a_turn_is_told_in_full(url: str, caplog: pytest.LogCaptureFixture) -> None:
    messenger, clock = Messenger(), SetClock(MONDAY)
    messenger.open.set()

    async def wrong(tx: UnitOfWork, *_all: object) -> None:
        await tx.connection.execute(text("SELECT nothing FROM participants"))

    async with _house(url, messenger, clock) as app:
        app.inbox_processor.turn_handler.staff = SimpleNamespace(desk=wrong)  # type: ignore[assignment]
        async with asyncio.TaskGroup() as tasks:
            await InboundDispatcher(app.inbox_processor, tasks).take(incoming("menu"))
    assert len(messenger.heard) == 1
    [told] = [record.exc_text or "" for record in caplog.records if record.exc_info]
    assert "nothing" in told
