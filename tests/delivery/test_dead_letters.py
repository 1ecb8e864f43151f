"""What fails again and again by its own fault is set aside, told to an operator, and holds up nothing behind it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.app.health import complaints
from bot.app.profiles import hint
from bot.app.retention import Retention
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import FREE, Terms
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from bot.inbound.dispatcher import InboundDispatcher
from bot.outbound.receipt_writer import ReceiptWriter
from bot.outbound.settlements import SettlementWriter
from bot.outbound.worker import deliver_due
from bot.store import UnitOfWork
from bot.store.isolation import Apart
from programme.model.clock import SetClock
from programme.model.deliveries import Outcome, Settlement
from programme.model.messages import Incoming, Kind, Message
from programme.model.receipts import Receipt, ReceiptState
from programme.model.spheres import Sphere
from programme.redaction.cutter import redact
from tests.command_line import SOBAT
from tests.databases import at
from tests.store.samples import MONDAY, incoming, meet, owed

SORRY = "Maaf"


@dataclass
class Messenger:
    name: str = "telegram"
    heard: list[tuple[str, str]] = field(default_factory=list)

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        self.heard.append((address, message.text))
        return str(len(self.heard))

    def by(self, address: str) -> list[str]:
        return [said for where, said in self.heard if where == address]


@dataclass
class Service:
    app: App
    messenger: Messenger
    clock: SetClock

    async def takes(self, *messages: Incoming) -> None:
        async with asyncio.TaskGroup() as tasks:
            desk = InboundDispatcher(self.app.inbox_processor, tasks)
            for one in messages:
                await desk.take(one)

    async def takes_up_again(self) -> int:
        self.clock.set(self.clock.now() + timedelta(minutes=1))
        async with asyncio.TaskGroup() as tasks:
            return await InboundDispatcher(self.app.inbox_processor, tasks).catch_up()

    async def set_aside(self) -> list[tuple[Sphere, int]]:
        async with self.app.store.reading() as tx:
            return [(one.sphere, one.tries) for one in await tx.dead_letters.all()]


@pytest.fixture
async def service(url: str) -> AsyncIterator[Service]:
    messenger, clock = Messenger(), SetClock(MONDAY)
    async with build_app(database=url, clock=clock, channels={"telegram": messenger}, key=b"key") as app:
        yield Service(app, messenger, clock)


@pytest.mark.parametrize("odd", ["status\x00 saya", "status \ud83d saya", "\udc00", "\x00", "a" * 60_000])
async def test_no_character_stops_anybody(service: Service, odd: str) -> None:
    """PostgreSQL takes no NUL, no encoding takes half a character: they are replaced at the door."""
    named = replace(incoming(odd, message="1"), name=odd[:9], language="id")
    await service.takes(named, incoming("status saya", message="2", address="jayapura"))
    assert service.messenger.by("makassar")
    assert service.messenger.by("jayapura")
    assert not await service.set_aside()


async def test_a_message_without_a_moment_is_answered(service: Service) -> None:
    await service.takes(replace(incoming("status saya"), at=cast(Any, None)))
    assert service.messenger.by("makassar")


async def test_what_no_store_takes_is_set_aside_and_apologised_for(service: Service) -> None:
    await service.takes(
        replace(incoming("status saya", message="1"), at=datetime(2021, 10, 18)),  # noqa: DTZ001 - no zone, no moment
        incoming("status saya", message="2", address="jayapura"),
    )
    assert SORRY in service.messenger.by("makassar")[0]
    assert service.messenger.by("jayapura")
    assert await service.set_aside() == [(Sphere.UPDATE, 1)]
    async with service.app.store.reading() as tx:
        [complaint] = complaints(await tx.queue_stats())
    assert "set aside after failing again and again: update/1 (" in complaint
    assert "sobat dead-letters" in complaint


async def test_an_update_that_can_not_be_read_costs_an_apology_not_silence(service: Service) -> None:
    reader = Reader(me=7, username="SobatBot", signer=ButtonSigner(b"k"), redact=redact, clock=service.clock)
    person = {"id": 71, "is_bot": False, "first_name": "Siti"}
    said = {"message_id": 1, "chat": {"id": 71, "type": "private"}, "from": person, "text": "status saya"}
    async with asyncio.TaskGroup() as tasks:
        intake = Intake(reader, InboundDispatcher(service.app.inbox_processor, tasks).take, hint)
        for number, date in enumerate((None, 10**15, -(10**15), "kemarin")):
            await intake.admit({"update_id": number, "message": {**said, "date": date}})
        await intake.admit({"update_id": 9, "message": {**said, "date": 10**15, "chat": {"id": -5, "type": "group"}}})
    assert len(service.messenger.by("71")) >= 4
    assert not service.messenger.by("-5")


class Broken(Exception):
    """A mistake of ours."""


async def test_a_row_that_always_fails_is_set_aside_after_three_tries(service: Service) -> None:
    class Failing:
        helpdesk = None

        def __init__(self, turns: Any) -> None:
            self.sorry = turns.sorry
            self.handle = turns.handle
            self._apologise = turns.apologise

        async def apologise(self, tx: UnitOfWork, row: Any) -> Any:
            if "racun" in row.incoming.text:
                raise Broken
            return await self._apologise(tx, row)

    turns = service.app.inbox_processor.turn_handler
    failing = Failing(turns)

    async def handle(tx: UnitOfWork, row: Any, known: Any, *, waited: bool = False) -> Any:
        if "racun" in row.incoming.text:
            raise Broken
        return await turns.handle(tx, row, known, waited=waited)

    failing.handle = handle
    service.app.inbox_processor.turn_handler = cast(Any, failing)
    await service.takes(incoming("racun", message="1"))
    again = [await service.takes_up_again() for _ in range(4)]
    assert sum(again) <= 3, "it is taken up for ever no more"
    assert [sphere for sphere, _tries in await service.set_aside()] == [Sphere.INBOX]
    assert SORRY in service.messenger.by("makassar")[-1]
    await service.takes(incoming("status saya", message="2"))
    assert len(service.messenger.by("makassar")) > 1
    async with service.app.store.reading() as tx:
        assert (await tx.queue_stats()).inbox.waiting == 0


async def test_a_row_that_can_not_be_read_holds_up_no_other(service: Service) -> None:
    """As when an older version finds what a newer one wrote."""
    async with service.app.store.writing() as tx:
        for number, who in enumerate(("makassar", "jayapura", "sabang")):
            await tx.inbox.add(incoming("status saya", message=str(number), address=who))
        spoilt = text("UPDATE inbox SET content = :content WHERE address = 'makassar'")
        await tx.connection.execute(spoilt, {"content": '{"sort": "telepathy"'})
    assert await service.takes_up_again() == 2
    assert service.messenger.by("jayapura")
    assert service.messenger.by("sabang")
    assert await service.set_aside() == [(Sphere.INBOX, 1)]
    assert await service.takes_up_again() == 0


async def test_one_whose_words_can_not_be_found_stops_nobody_elses(service: Service) -> None:
    async with service.app.store.writing() as tx:
        people = [await meet(tx, name) for name in ("makassar", "jayapura")]
        await tx.outbox.put([
            owed(people[0], "nonsense/that/no/version/knows/99x", kind=Kind.REMINDER, message=None),
            owed(people[1], "fine", kind=Kind.REMINDER, message=Message("halo")),
        ])  # fmt: skip
    await deliver_due(service.app.sender)
    assert service.messenger.by("jayapura") == ["halo"]


@pytest.mark.parametrize(
    "spoilt",
    [
        "message = '['",
        "message = '{}'",
        """message = '{"text": "halo", "attachment": {"sort": "smell", "channel": "x", "reference": "1"}}'""",
        """message = '{"text": "halo", "keys": [[{"label": "x", "action": {"wish": 1}}]]}'""",
        "unless = 'enlightened'",
    ],
)
async def test_a_delivery_that_can_not_be_read_stops_nobody_elses(service: Service, spoilt: str) -> None:
    """As when an older version finds what a newer one wrote; after a mending it goes out."""
    async with service.app.store.writing() as tx:
        people = [await meet(tx, name) for name in ("makassar", "jayapura", "sabang")]
        await tx.outbox.put([owed(person, "x", message=Message(f"halo {person}")) for person in people])
        await tx.connection.execute(text(f"UPDATE deliveries SET {spoilt.replace(':', chr(92) + ':')} WHERE id = 2"))  # noqa: S608
    await deliver_due(service.app.sender)
    assert service.messenger.heard == [("makassar", "halo 1"), ("sabang", "halo 3")]
    assert await service.set_aside() == [(Sphere.DELIVERY, 1)]
    async with at(service.app.store, MONDAY).writing() as tx:
        mended = """UPDATE deliveries SET message = '{"text"\\: "halo"}', unless = NULL WHERE id = 2"""
        await tx.connection.execute(text(mended))
        await tx.outbox.try_again(2)
    await deliver_due(service.app.sender)
    assert service.messenger.by("jayapura") == ["halo"]


async def test_words_of_many_that_can_not_be_read_stop_nobody_elses(service: Service) -> None:
    async with service.app.store.writing() as tx:
        people = [await meet(tx, name) for name in ("makassar", "jayapura", "sabang")]
        alike = Message("sama untuk semua")
        await tx.outbox.put([owed(person, "x", message=alike) for person in people[:2]])
        await tx.outbox.put([owed(people[2], "x", message=Message("halo"))])
        await tx.connection.execute(text("UPDATE shared_messages SET content = '{}'"))
    await deliver_due(service.app.sender)
    assert service.messenger.heard == [("sabang", "halo")]
    assert len(await service.set_aside()) == 2
    async with service.app.store.reading() as tx:
        assert await tx.outbox.next_due() is None, "nobody waits for them"
        assert len(await tx.outbox.log(5)) == 3


async def test_one_outcome_that_can_not_be_written_stops_no_other(service: Service) -> None:
    async with at(service.app.store, MONDAY).writing() as tx:
        people = [await meet(tx, name) for name in ("makassar", "jayapura", "sabang")]
        await tx.outbox.put([owed(person, "x") for person in people])
        claimed = await tx.outbox.claim(limit=5, lease=timedelta(minutes=1))

    async def also(_tx: UnitOfWork, notes: Any) -> None:
        if any(one.claimed.delivery.participant == people[1] for one in notes):
            raise Broken

    settlements = SettlementWriter(service.app.store, also)
    for one in claimed:
        settlements.note(Settlement(one, Outcome.SENT, MONDAY, provider_id="1"))
    async with asyncio.timeout(20):
        await settlements.write()
    async with service.app.store.reading() as tx:
        assert {entry.state.value for entry in await tx.outbox.log(5)} == {"sent"}
    assert await service.set_aside() == [(Sphere.DELIVERY, 1)]


async def test_one_receipt_that_can_not_be_written_stops_no_other(service: Service) -> None:
    """The channel would tell all of them again and again."""
    async with at(service.app.store, MONDAY).writing() as tx:
        people = [await meet(tx, name) for name in ("makassar", "jayapura")]
        await tx.outbox.put([owed(person, "x") for person in people])
        claimed = await tx.outbox.claim(limit=5, lease=timedelta(minutes=1))
        await tx.outbox.settle([Settlement(one, Outcome.SENT, MONDAY, provider_id="1") for one in claimed])
    fine = Receipt(channel="telegram", message="m", state=ReceiptState.READ, at=MONDAY, reference="2.1")
    odd = replace(fine, state=cast(Any, "smelt"), reference="1.1")
    await ReceiptWriter(service.app.store, {}, asyncio.Event()).receive([odd, fine])
    async with service.app.store.reading() as tx:
        found = await tx.connection.execute(text("SELECT receipt IS NOT NULL FROM deliveries ORDER BY id"))
        assert [bool(one) for one in found.scalars()] == [False, True]
    assert await service.set_aside() == [(Sphere.RECEIPT, 1)]


async def test_one_person_who_can_not_be_planned_stops_no_other_sweep(service: Service) -> None:
    async with service.app.store.writing() as tx:
        for name in ("makassar", "jayapura"):
            person = await meet(tx, name)
            await tx.reminders.set_row(person, MONDAY - timedelta(minutes=5))
        spoilt = text("UPDATE participants SET zone = 'Atlantis' WHERE id = 1")
        await tx.connection.execute(spoilt)
    for _hour in range(4):
        await service.app.jobs.sweep()
        service.clock.set(service.clock.now() + timedelta(hours=1, minutes=1))
    async with service.app.store.reading() as tx:
        assert await tx.reminders.next_at() is None, "both were looked at, and neither for ever"
    assert await service.set_aside() == [(Sphere.REMINDER, 3)]


async def test_whoever_can_not_be_deleted_keeps_nobody_elses_data_here(sqlite_url: str) -> None:
    """An operator is told. Nor does a kind of data that can't be dropped keep others."""
    clock = SetClock(MONDAY)
    async with build_app(database=sqlite_url, clock=clock, channels={}, key=b"key") as app:
        async with app.store.writing() as tx:
            for name in ("makassar", "jayapura"):
                await meet(tx, name)
            refusing = "CREATE TRIGGER no_{0} BEFORE DELETE ON {0} WHEN old.id = 1 BEGIN SELECT RAISE(ABORT, 'no'); END"
            for table in ("participants", "inbox"):
                await tx.connection.execute(text(refusing.format(table)))
            await tx.inbox.add_handled(incoming("status saya", message="1"))
        for _night in range(3):
            clock.set(clock.now() + timedelta(days=1000))
            await Retention(app.store).drop()
        async with app.store.reading() as tx:
            assert await tx.people.newest() == 1
            told = {(one.sphere, one.key): one.tries for one in await tx.dead_letters.all()}
        assert told == {(Sphere.LEAVING, "1"): 3, (Sphere.JOB, "tidy traces"): 3}


async def test_one_announcement_that_fails_stops_no_other(service: Service) -> None:
    """Nor one ticket, nor one incident: whatever is gone through one after the other."""
    seen: list[int] = []

    async def step(number: int) -> int:
        seen.append(number)
        if number == 1:
            raise Broken
        return 0

    for _round in range(5):
        await Apart(service.app.store, Sphere.BROADCAST).each([1, 2], step)
    assert (seen.count(1), seen.count(2)) == (3, 5)


async def test_a_store_that_is_away_sets_nothing_aside(service: Service) -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY

    async def away(_thing: int) -> int:
        raise OperationalError("BEGIN", None, busy)

    for _try in range(4):
        with pytest.raises(OperationalError):
            await Apart(service.app.store, Sphere.TICKET).each([1], away)
    assert not await service.set_aside()


def test_whatever_can_be_set_aside_says_what_to_do(sqlite_url: str) -> None:
    async def fail() -> None:
        async with (
            build_app(database=sqlite_url, clock=SetClock(MONDAY), channels={}, key=b"key") as app,
            at(app.store, MONDAY).writing() as tx,
        ):
            for sphere in Sphere:
                await tx.dead_letters.failed(sphere, 1, "Broken", most=1)

    asyncio.run(fail())
    listed = CliRunner().invoke(SOBAT, ["dead-letters", "--database", sqlite_url], env={"COLUMNS": "250"}).output
    assert len(re.findall(r"\b(?:drop|retry)\b", listed)) >= len(Sphere)


def test_an_operator_sees_retries_and_drops(sqlite_url: str) -> None:
    async def fail() -> None:
        async with (
            build_app(database=sqlite_url, clock=SetClock(MONDAY), channels={}, key=b"key") as app,
            at(app.store, MONDAY).writing() as tx,
        ):
            assert await tx.inbox.add(incoming("status saya")) == 1
            await tx.dead_letters.failed(Sphere.INBOX, 1, "Broken", most=1)
            await tx.dead_letters.failed(Sphere.REMINDER, 5, "Broken", most=1)

    asyncio.run(fail())
    run = CliRunner().invoke
    database = ("--database", sqlite_url)
    listed = run(SOBAT, ["dead-letters", *database], env={"COLUMNS": "200"}).output
    assert "inbox/1" in listed
    assert "reminder/5" in listed
    assert run(SOBAT, ["dead-letters", "retry", "inbox/1", *database]).output == "inbox/1 is tried again\n"
    assert run(SOBAT, ["dead-letters", "drop", "reminder/5", *database]).output == "reminder/5 is let go\n"
    assert run(SOBAT, ["dead-letters", "drop", "reminder/5", *database]).exit_code != 0
    assert "nothing is set aside" in run(SOBAT, ["dead-letters", *database]).output
