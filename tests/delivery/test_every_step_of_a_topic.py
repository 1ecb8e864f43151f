"""The crash table goes on: a process killed at every step of what it shows the staff in a ticket's topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count

from bot.channels.groups import Rows
from bot.helpdesk.topic_sync import TopicSync
from bot.rate_limit.group_policy import GroupRateLimiter
from programme.model.clock import SetClock
from programme.model.messages import Attachment, Sort
from programme.model.tickets import Author, Entry, Ticket, TicketState
from programme.programme import load_programme
from tests.delivery.mortal import Killed, Life, MortalStore
from tests.delivery.test_every_step import LEASES, Count, Fate
from tests.store.samples import MONDAY, meet

ROOM = "-100700"
PROGRAMME = load_programme()


@dataclass
class Wall:
    """The staff's group: what was done there is seen, whether or not we live to know."""

    life: Life
    seen: list[str] = field(default_factory=list)

    async def create(self, room: str, name: str) -> str:
        return self._done("topic")

    async def delete(self, room: str, topic: str) -> None:
        self._done("gone")

    async def set_open(self, room: str, topic: str, *, is_open: bool) -> None:
        self._done("open" if is_open else "closed")

    async def post(
        self, room: str, topic: str | None, text: str, keys: Rows = (), *, answers: str | None = None
    ) -> str:
        return self._done("card" if keys else text)

    async def pass_on(
        self,
        room: str,
        topic: str,
        attachment: Attachment,
        caption: str,
        *,
        answers: str | None = None,
        data: bytes | None = None,
    ) -> str:
        return self._done("picture")

    async def edit(self, room: str, message: str, text: str, keys: Rows = ()) -> None:
        self._done("other card")

    def link(self, room: str, topic: str) -> str:
        return f"{room}/{topic}"

    def _done(self, what: str) -> str:
        self.life.step("before the wire")
        self.seen.append(what)
        self.life.step("on the wire")
        return str(len(self.seen))


Change = Callable[[MortalStore, SetClock, Ticket], Awaitable[None]]


@dataclass
class TopicWay:
    """One ticket after the other comes to be shown as it is, each process dying one step later than the one before."""

    store: MortalStore
    change: Change
    shown_before: bool = False
    clock: SetClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = self.store.clock = SetClock(MONDAY)

    async def walk(self) -> tuple[Counter[str], list[Fate]]:
        """Return what is to be seen, and what became of each, until one process lives to the end."""
        whole = await self._gone(Life())
        fates: list[Fate] = []
        for place in count(1):
            life = Life(place)
            got = await self._gone(life)
            if not life.ended:
                break
            fates.append(Fate(life.steps[-1], (whole - got).total(), (got - whole).total()))
        return whole, fates

    async def _gone(self, life: Life) -> Counter[str]:
        """Bring a new ticket's topic up to date as long as `life` lasts, and by the next process if it ends."""
        wall = Wall(Life())
        await self._prepared(wall)
        try:
            await self._refresh(wall, life)
        except* Killed:
            self.clock.set(self.clock.now() + LEASES)
            await self._refresh(wall, Life())
        self.store.passes_to(Life())
        async with self.store.reading() as tx:
            assert await tx.views.rooms_with_news() == {}
        return Counter(wall.seen)

    async def _refresh(self, wall: Wall, life: Life) -> None:
        """Do what a process does that knows nothing but the store."""
        wall.life = life
        self.store.passes_to(life)
        await TopicSync(self.store, PROGRAMME, wall, (ROOM,), {ROOM: GroupRateLimiter(per_minute=10_000)}).refresh()

    async def _prepared(self, wall: Wall) -> None:
        now = self.clock.now()
        self.store.passes_to(Life())
        async with self.store.writing() as tx:
            person = await meet(tx, f"person{now}", now=now)
            new = Ticket(id=0, participant=person, about="buying", opened_at=now, queued_at=now, waits_since=now)
            ticket = await tx.tickets.open(new)
            await tx.views.place(ticket.id, ROOM)
        if self.shown_before:
            await self._refresh(wall, Life())
            wall.seen.clear()
        await self.change(self.store, self.clock, ticket)
        self.clock.set(now + LEASES)


async def _says(store: MortalStore, clock: SetClock, ticket: Ticket) -> None:
    """The person says something, and shows a picture of it."""
    said = Entry(ticket=ticket.id, at=clock.now(), author=Author.PERSON, text="sudah 3x gagal")
    picture = Attachment(Sort.PHOTO, "telegram", "layar")
    async with store.writing() as tx:
        await tx.ticket_entries.say(said)
        await tx.ticket_entries.say(replace(said, text="ini layarnya", attachment=picture))


async def _says_and_is_closed(store: MortalStore, clock: SetClock, ticket: Ticket) -> None:
    """And the ticket is closed right after it."""
    await _says(store, clock, ticket)
    async with store.writing() as tx:
        await tx.tickets.save(replace(ticket, state=TicketState.CLOSED, closed_at=clock.now()))


@asynccontextmanager
async def mortal(url: str) -> AsyncIterator[MortalStore]:
    store = MortalStore(url, Life(), SetClock(MONDAY))
    yield store
    await store.close()


def _judge(fates: list[Fate], count: Count) -> None:
    """Nothing is lost; twice is only the one act that was on the wire, until its outcome is written."""
    count("times", len(fates))
    assert [fate for fate in fates if fate.lost] == []
    unknown = False
    for fate in fates:
        unknown = fate.step == "on the wire" or (unknown and fate.step != "commit")
        assert fate.twice == unknown, fate
    assert fates[-1].twice == 0, "in the end it is known"


async def test_a_new_ticket_is_shown_wherever_the_process_dies(url: str, record_property: Count) -> None:
    async with mortal(url) as store:
        whole, fates = await TopicWay(store, _says).walk()
    assert whole == Counter(["topic", "card", "👤 sudah 3x gagal", "picture"])
    _judge(fates, record_property)


async def test_what_comes_later_is_shown_wherever_the_process_dies(sqlite_url: str, record_property: Count) -> None:
    """It is relayed, the card is changed, the topic closed."""
    async with mortal(sqlite_url) as store:
        whole, fates = await TopicWay(store, _says_and_is_closed, shown_before=True).walk()
    assert whole == Counter(["👤 sudah 3x gagal", "picture", "other card", "closed"])
    _judge(fates, record_property)
