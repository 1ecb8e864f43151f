"""A town with staff: participants of wave 21 and those who write to all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from programme.staff import Role, StaffMember
from tests.story.town import Person, Town, open_town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Monday 18 October 2021, 09.00 WIB, three days before the cutoff of wave 21."""
    async with open_town(f"sqlite:///{tmp_path}/sobat.db") as opened:
        yield opened


async def hired(town: Town, name: str, role: Role = Role.SUPERVISOR) -> Person:
    """Somebody of the staff, who has written to the bot before."""
    person = town.person(name)
    await person.says("/start")
    await person.says("batal")
    async with town.house.store.writing() as tx:
        member = StaffMember(channel="terminal", address=name, role=role, name=name.title())
        await tx.staff.put(member, town.clock.now())
    return person


@pytest.fixture
async def rina(town: Town) -> Person:
    """A supervisor."""
    return await hired(town, "rina")


@pytest.fixture
async def joko(town: Town) -> Person:
    """Another supervisor."""
    return await hired(town, "joko")
