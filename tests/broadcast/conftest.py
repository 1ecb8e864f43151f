"""A town with staff: participants of wave 21 and those who write to all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from bot.store import Store
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel
from programme.model.staff import Role, StaffMember
from tests.broadcast.crowd import Bureau, settle_in
from tests.story.town import Person, Town

Hire = Callable[[str, Role], Awaitable[Person]]


class StaffedTown(Town):
    """A town whose rules can be changed."""

    def lower_approval_to(self, people: int) -> None:
        office = self.app.staff.office
        office.rules = replace(office.rules, approval_above=people)


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[StaffedTown]:
    """Monday 18 October 2021, 09.00 WIB, three days before the cutoff of wave 21."""
    opened = StaffedTown(sqlite_url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def hire(town: StaffedTown) -> Hire:
    """Somebody of the staff, who has written to the bot before."""

    async def hired(name: str, role: Role) -> Person:
        person = town.person(name)
        await person.says("/start")
        await person.says("batal")
        async with town.app.store.writing() as tx:
            member = StaffMember(channel="terminal", address=name, role=role, name=name.title())
            await tx.staff.put(member)
        return person

    return hired


@pytest.fixture
async def rina(hire: Hire) -> Person:
    """A supervisor."""
    return await hire("rina", Role.SUPERVISOR)


@pytest.fixture
async def joko(hire: Hire) -> Person:
    """Another supervisor."""
    return await hire("joko", Role.SUPERVISOR)


@pytest.fixture
async def bureau(store: Store) -> Bureau:
    """Thirty people who have not bought, ids 1 to 30, and ten of each sort that is left out."""
    async with store.writing() as tx:
        await settle_in(tx, range(1, 31))
        await settle_in(tx, range(31, 41), reached=Milestone.BOUGHT)
        await settle_in(tx, range(41, 51), level=ReminderLevel.NONE)
        await settle_in(tx, range(51, 61), reachable=False)
        await settle_in(tx, range(61, 71), wave=20)
        await settle_in(tx, range(71, 81), reached=Milestone.COMPLETED)
    return Bureau(store)
