"""5,000 open tickets, 50 agents, 20 messages a second for a minute: nothing lost, relayed within a second.

Telegram takes 20 messages a minute into one group, so the staff's side is spread over several groups; the
fake server enforces that limit. One line is while all cards change, one shows what a group alone can carry.
"""

from __future__ import annotations

import asyncio
import random
import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.loops import run
from benchmarks.people import MONDAY, settle_people
from benchmarks.result import Result, quantile
from benchmarks.witness import Witness
from bot.app.settings import Settings
from bot.app.telegram import telegram_service
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.groups import STAFF
from bot.helpdesk.card_digest import digest_of
from bot.inbound.dispatcher import InboundDispatcher
from bot.outbound.worker import deliver_due
from handlers.helpdesk.card import card
from programme.model.clock import SetClock
from programme.model.messages import Incoming
from programme.model.participants import Participant
from programme.model.staff import Role, StaffMember
from programme.model.tickets import Ticket, TicketState

TICKETS, AGENTS, RATE = 5000, 50, 20.0
GROUPS, SECONDS = 60, 60
_MARK = re.compile(r"m\d{6}")


@dataclass
class Office:
    app: App
    front: InboundDispatcher
    api: Witness
    places: list[tuple[str, str, int]] = field(default_factory=list)  # person, room/topic, agent
    sent: dict[str, float] = field(default_factory=dict)

    async def say(self, rng: random.Random, *, agent: bool) -> None:
        mark = f"m{len(self.sent):06d}"
        person, topic, holder = rng.choice(self.places)
        self.sent[mark] = time.monotonic()
        more: dict[str, Any] = {"sender": str(holder)} if agent else {}
        await self.front.take(
            Incoming(
                channel=STAFF if agent else "telegram",
                address=topic if agent else person,
                id=mark,
                at=MONDAY,
                text=f"{mark} masih gagal juga",
                message=mark[1:],
                **more,
            )
        )

    def waits(self) -> list[float]:
        """Return how long each message took that has arrived."""
        arrived: dict[str, float] = {}
        for _, words, at in self.api.taken:
            for mark in _MARK.findall(words):
                arrived.setdefault(mark, at)
        return [at - self.sent[mark] for mark, at in arrived.items()]

    async def drained(self, seconds: float) -> None:
        """Wait until everything arrived, at most so long."""
        for _step in range(int(seconds * 10)):
            if len(self.waits()) == len(self.sent):
                return
            await deliver_due(self.app.sender)
            await asyncio.sleep(0.1)


async def _fill(office: Office, groups: int) -> None:
    """Tickets in the hands of agents, their topics and cards already there: what is measured is relaying."""
    app, api, now = office.app, office.api, MONDAY
    forums = [api.forum(-1000 - number) for number in range(groups)]
    async with app.store.writing() as tx:
        for agent in range(AGENTS):
            member = StaffMember(
                channel="telegram", address=str(agent + 1), role=Role.AGENT, name=f"Petugas{agent + 1}"
            )
            await tx.staff.put(member)
            await tx.agents.set(member.who, on_duty=True)
    await settle_people(app.store, TICKETS)
    cutoff = app.programme.cutoff(21)
    assert cutoff is not None
    for start in range(0, TICKETS, 1000):
        async with app.store.writing() as tx:
            for number in range(start + 1, start + 1001):
                agent, forum = number % AGENTS + 1, forums[number % groups]
                ticket = await tx.tickets.open(
                    Ticket(
                        id=0,
                        participant=number,
                        about="buying",
                        opened_at=now,
                        queued_at=now,
                        state=TicketState.HELD,
                        owner=f"telegram:{agent}",
                        cutoff=cutoff.at,
                    )
                )
                topic = number + 1_000_000
                forum.chat.topics[topic] = {"name": f"#{ticket.id}", "closed": False}
                person = Participant(id=number, name="Sri", wave=21)
                shown = digest_of(ticket, card(ticket, person, "", f"Petugas{agent}", MONDAY), MONDAY)
                await tx.views.place(ticket.id, str(forum.chat.id))
                await tx.views.shown(
                    ticket.id, topic=str(topic), card="1", card_digest=shown, topic_face="open", view_at=None
                )
                api.user(100_000 + number)
                office.places.append((str(100_000 + number), f"{forum.chat.id}/{topic}", agent))


@asynccontextmanager
async def _office(groups: int) -> AsyncIterator[Office]:
    clock, stop = SetClock(MONDAY), asyncio.Event()
    async with Witness() as api:
        api.limits.per_group = 20
        rooms = ",".join(str(-1000 - number) for number in range(groups))
        settings = Settings(telegram_token=api.token, telegram_base_url=api.base_url, telegram_staff_group=rooms)
        with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
            database = f"sqlite:///{Path(place) / 'bench.db'}"
            async with (
                telegram_service(settings, ButtonSigner(b"key"), clock) as telegram,
                build_app(
                    database=database,
                    clock=clock,
                    channels={"telegram": telegram.channel},
                    key=b"key",
                    staff_rooms=telegram.staff_rooms,
                ) as app,
                asyncio.TaskGroup() as tasks,
            ):
                assert app.helpdesk is not None
                office = Office(app, InboundDispatcher(app.inbox_processor, tasks), api)
                await _fill(office, groups)
                tasks.create_task(app.helpdesk.topic_sync.run(stop))
                yield office
                stop.set()
                app.helpdesk.topic_sync.wake()


async def _relay(groups: int, rate: float, seconds: float, *, moved: bool = False) -> Result:
    """Let people and agents write in turns; where `moved`, while the cards of all tickets change."""
    rng, longest = random.Random(7), 2.0 if moved else 1.0
    async with _office(groups) as office:
        if moved:
            await _move_cutoffs(office)
        start = time.monotonic()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
            await office.say(rng, agent=number % 2 == 0)
        await office.drained(90)
        waits, refused = office.waits(), office.api.limits.refused
    lost, p99 = len(office.sent) - len(waits), quantile(waits, 0.99)
    values = {
        "messages": len(office.sent),
        "lost": lost,
        "429s": refused,
        "ms p50": quantile(waits, 0.5) * 1000,
        "ms p99": p99 * 1000,
    }
    name = f"{rate:g} a second over {groups} groups" + (f", while {TICKETS:,} cards change" if moved else "")
    met = lost == 0 and refused == 0 and p99 < longest
    return Result(name, values, f"nothing lost, no 429, p99 under {longest:g} s", met)


async def _move_cutoffs(office: Office) -> None:
    """A cutoff moves: every card changes at once."""
    for start in range(1, TICKETS + 1, 500):
        async with office.app.store.writing() as tx:
            for number in range(start, start + 500):
                await tx.tickets.set_cutoff(number, MONDAY + timedelta(days=1))


def main(seconds: int = SECONDS) -> list[Result]:
    return [
        run(_relay(GROUPS, RATE, seconds)),
        run(_relay(GROUPS, RATE, seconds, moved=True)),
        run(_relay(1, 0.5, seconds)),
    ]
