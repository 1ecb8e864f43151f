"""People, messages and deliveries as the tests of the store need them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from psycopg.errors import AdminShutdown
from sqlalchemy.exc import OperationalError

from bot.store import InboxRow, UnitOfWork
from programme.model.deliveries import Claimed, Delivery, Outcome, Settlement
from programme.model.events import Event
from programme.model.messages import AskContact, Button, Incoming, Kind, Link, Message, Open
from programme.model.participants import Participant
from tests.databases import at

MONDAY = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)
CUTOFF = datetime(2021, 10, 21, 17, 0, tzinfo=UTC)
PASSED_ON = date(2021, 9, 30)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

GREETING = Message(
    "<b>Hai!</b>\nSampai 23.59 WIB.",
    (
        (Button("Beli", Open("purchase", {"platform": "tokopedia"})), Link("Situs", "https://example.id")),
        (AskContact("Nomor"),),
    ),
)


def incoming(text: str = "halo", *, message: str = "m1", address: str = "makassar", **more: Any) -> Incoming:
    return Incoming(channel="telegram", address=address, id=message, at=MONDAY, text=text, **more)


def owed(person: int, source: str = "h-3", kind: Kind = Kind.REMINDER, **more: Any) -> Delivery:
    return Delivery(participant=person, source=source, kind=kind, **{"due_at": MONDAY, **more})


def away() -> OperationalError:
    """What is raised while the database can't be reached."""
    return OperationalError("INSERT", {}, AdminShutdown("terminating connection\nwith more lines"))


async def meet(tx: UnitOfWork, address: str = "makassar", channel: str = "telegram", now: datetime = MONDAY) -> int:
    return (await at(tx, now).people.at(channel, address, language=None)).id


async def happen(tx: UnitOfWork, person: int, *events: Event, now: datetime = MONDAY) -> Participant:
    """Apply events to a person and keep them."""
    participant = await tx.people.get(person)
    assert participant is not None
    for event in events:
        participant = participant.after(event)
    await at(tx, now).people.save(participant, events)
    return participant


async def claim(tx: UnitOfWork, now: datetime = MONDAY, limit: int = 10, **more: Any) -> list[Claimed]:
    return await at(tx, now).outbox.claim(limit=limit, lease=MINUTE, **more)


async def sources(tx: UnitOfWork, now: datetime = MONDAY, **more: Any) -> list[str]:
    return [claimed.delivery.source for claimed in await claim(tx, now, **more)]


async def unhandled(tx: UnitOfWork, limit: int) -> list[InboxRow]:
    """The messages that wait, oldest first, as who takes over after everybody died finds them."""
    return await at(tx, MONDAY + 365 * 24 * HOUR).inbox.take_over(MONDAY, but=(), limit=limit)


async def states(tx: UnitOfWork) -> dict[str, str]:
    """How each source stands."""
    return {entry.source: entry.state.value for entry in await tx.outbox.log(100)}


def settled(claimed: Claimed, outcome: Outcome, at: datetime = MONDAY, **more: Any) -> Settlement:
    return Settlement(claimed, outcome, at, **more)
