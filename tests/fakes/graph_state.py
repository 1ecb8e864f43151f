"""What the fake of Graph knows: the account, its people and their phones, what was sent and what came in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from programme.model.clock import Clock, SetClock
from tests.fakes.graph_media import Media
from tests.fakes.graph_templates import Template, Templates

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # where the fake's clock stands when nobody sets it
WINDOW = timedelta(hours=24)
ENTRY = timedelta(hours=72)  # the free entry after an advertisement


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as the phone shows it. `buttons` may be pressed, `rows` chosen; `links` are addresses by label.

    `payloads` are what a button or a row sends back; `asks_number` tells that the phone offers to share the number.
    """

    id: str
    kind: str
    text: str
    header: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    opener: str = ""  # the label that opens the list
    links: dict[str, str] = field(default_factory=dict)
    payloads: dict[str, str] = field(default_factory=dict)
    data: bytes | None = None
    filename: str = ""
    template: str = ""
    reply_to: str = ""
    asks_number: bool = False
    location: tuple[float, float] | None = None


@dataclass(slots=True)
class Person:
    """One person on WhatsApp; `number_visible` is False for whoever took a username and isn't known by number."""

    number: str
    bsuid: str
    name: str
    username: str | None = None
    parent: str | None = None  # the parent BSUID, where a portfolio has those
    number_visible: bool = True
    on_whatsapp: bool = True
    phone_on: bool = True
    marketing: bool = True  # False: has switched marketing off (131050)
    capped: bool = False  # True: has had enough marketing from anybody (131049)
    window_until: datetime | None = None
    entry_until: datetime | None = None
    typing_until: datetime | None = None
    heard: list[Heard] = field(default_factory=list)
    unread: list[Message] = field(default_factory=list)
    waiting: list[Message] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Message:
    """One message that Graph has accepted; `to_number` tells by which of the two fields it was addressed."""

    id: str
    person: Person
    address: str
    to_number: bool
    shown: Heard
    at: datetime
    until: datetime
    template: Template | None = None
    callback_data: str | None = None
    spoiled: bool = False  # its medium is not what its type says
    pricing: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """The account, its one number and what a test may set of them."""

    id: str = "102290129340398"
    number_id: str = "106540352242922"
    display_number: str = "6281100000001"
    name: str = "Sobat Prakerja"
    quality: str = "GREEN"
    status: str = "CONNECTED"
    throughput: str = "STANDARD"
    locked: bool = False
    payment: bool = True  # False: messages beyond the free ones fail with 131042 although the call succeeds
    free_service: int = 1000  # service messages a calendar month that cost nothing (since 1 Oct 2026) [B]
    pacing: int | None = None  # messages of a template that is not GREEN until the rest is held; None: never
    subscribed: bool = True


class State:
    """Everything that is known; the clock is the fake's own and stands still until it is set."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SetClock(START)
        self.account = Account()
        self.media = Media(self.clock)
        self.templates = Templates(self.clock)
        self.numbers: dict[str, Person] = {}
        self.bsuids: dict[str, Person] = {}
        self.incoming: dict[str, Person] = {}  # messages of people, by id
        self.marks: list[dict[str, Any]] = []  # bodies that marked a message as read
        self.sent: dict[str, Message] = {}
        self.expired: list[Message] = []  # waited longer than their time to live
        self.silent: list[dict[str, Any]] = []  # accepted and never to be seen: the address was in the wrong field
        self._ids: Iterator[int] = count(1)
        self._free: dict[tuple[int, int], int] = {}

    def add(self, person: Person) -> Person:
        self.numbers[person.number] = self.bsuids[person.bsuid] = person
        return person

    def moves(self, person: Person, number: str, bsuid: str) -> None:
        """The person has another number and with it another BSUID; the old ones are nobody's."""
        self.numbers.pop(person.number, None)
        self.bsuids.pop(person.bsuid, None)
        person.number, person.bsuid = number, bsuid
        self.add(person)

    def next_id(self) -> str:
        return f"wamid.HBgNNjI4MTEwMDAwMDAwMRUCABEYEj{next(self._ids):012d}AA=="

    def stamp(self) -> str:
        """Now, in seconds since 1970, as webhooks write it."""
        return str(int(self.clock.now().timestamp()))

    def window_open(self, person: Person) -> bool:
        now = self.clock.now()
        return any(until is not None and now < until for until in (person.window_until, person.entry_until))

    def price(self, person: Person, template: Template | None) -> dict[str, Any]:
        """The `pricing` of one message by the model since July 2025 (Meta, pricing: PMP); counts what is free."""
        category = "service" if template is None else template.category.lower()
        kind = "regular"
        if person.entry_until is not None and self.clock.now() < person.entry_until:
            kind = "free_entry_point"
        elif template is None and self._takes_free():
            kind = "free_customer_service"
        return {"billable": kind == "regular", "pricing_model": "PMP", "type": kind, "category": category}

    def _takes_free(self) -> bool:
        now = self.clock.now()
        month = now.year, now.month
        if self._free.get(month, 0) >= self.account.free_service:
            return False
        self._free[month] = self._free.get(month, 0) + 1
        return True
