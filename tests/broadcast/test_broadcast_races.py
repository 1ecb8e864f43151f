"""Two operators press at the same moment, two processes plan and send at once: one wins, nobody gets it twice."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace

import pytest

from bot.broadcasts.rules import load_broadcast_rules
from bot.store import open_store
from programme.model.broadcast_refusals import AlreadyOrdered, BroadcastRefused, NotNow, OwnApproval
from programme.model.broadcasts import Broadcast, BroadcastAct
from programme.model.staff import Role, StaffMember
from tests.broadcast.crowd import JOKO, RINA, Bureau, settle_in

pytestmark = pytest.mark.usefixtures("threads")

ROUNDS = int(os.environ.get("RACE_ROUNDS", "8"))
SITI = StaffMember(channel="telegram", address="904", role=Role.SUPERVISOR, name="Siti")


@pytest.fixture
async def bureaus(url: str) -> AsyncIterator[tuple[Bureau, Bureau]]:
    """Two processes over one database, where broadcasts to more than 20 people need a second person."""
    stores = [open_store(url), open_store(url)]
    rules = replace(load_broadcast_rules(), approval_above=20, window=10)
    async with stores[0].writing() as tx:
        await settle_in(tx, range(1, 31))
    yield Bureau(stores[0], rules), Bureau(stores[1], rules)
    for store in stores:
        await store.close()


async def _both(*work: Awaitable[Broadcast]) -> list[Broadcast | BroadcastRefused]:
    async def tried(each: Awaitable[Broadcast]) -> Broadcast | BroadcastRefused:
        try:
            return await each
        except BroadcastRefused as refusal:
            return refusal

    return await asyncio.gather(*(tried(each) for each in work))


def _refusals(results: list[Broadcast | BroadcastRefused]) -> list[type]:
    return [type(each) for each in results if isinstance(each, BroadcastRefused)]


async def test_of_two_who_order_the_same_one_is_told_so(bureaus: tuple[Bureau, Bureau]) -> None:
    """The same words to the same people at the same moment are one broadcast."""
    one, other = bureaus
    for number in range(ROUNDS):
        results = await _both(one.orders(f"Halo {number}"), other.orders(f"Halo {number}", JOKO))
        assert _refusals(results) == [AlreadyOrdered]


async def test_of_two_who_approve_one_does(bureaus: tuple[Bureau, Bureau]) -> None:
    """And whoever ordered it never does."""
    one, other = bureaus
    for number in range(ROUNDS):
        found = await one.orders(f"Halo {number}")
        assert found.state.value == "waiting_approval"
        results = await _both(
            one.acts(found.id, BroadcastAct.APPROVE, JOKO),
            other.acts(found.id, BroadcastAct.APPROVE, SITI),
            one.acts(found.id, BroadcastAct.APPROVE, RINA),
        )
        assert set(_refusals(results)) <= {OwnApproval, NotNow}
        assert len(_refusals(results)) == 2
        looked_at = await one.office.look_at(found.id)
        assert looked_at is not None
        assert looked_at[0].approver in {JOKO.who, SITI.who}


async def test_approving_and_cancelling_at_once_end_in_one_story(bureaus: tuple[Bureau, Bureau]) -> None:
    """Whatever comes first, a cancelled one sends nothing."""
    one, other = bureaus
    for number in range(ROUNDS):
        found = await one.orders(f"Halo {number}")
        await _both(one.acts(found.id, BroadcastAct.APPROVE, JOKO), other.acts(found.id, BroadcastAct.CANCEL, SITI))
        await asyncio.gather(one.rounds.run(), other.rounds.run())
        assert await one.state(found.id) == "cancelled"
        assert await one.sends() == []


async def test_two_who_pause_and_resume_at_once_never_lose_a_message(bureaus: tuple[Bureau, Bureau]) -> None:
    """Whoever is second hears that the state has changed; everybody still gets it once."""
    one, other = bureaus
    got: Counter[int] = Counter()
    for number in range(ROUNDS // 4):
        found = await one.orders(f"Halo {number}")
        await one.acts(found.id, BroadcastAct.APPROVE, JOKO)
        for _turn in range(60):
            await asyncio.gather(one.rounds.run(), other.rounds.run())
            await _both(one.acts(found.id, BroadcastAct.PAUSE), other.acts(found.id, BroadcastAct.PAUSE, JOKO))
            sent = await asyncio.gather(one.sends(limit=3), other.sends(limit=3))
            got.update(person for each in sent for person in each)
            results = await _both(
                one.acts(found.id, BroadcastAct.RESUME), other.acts(found.id, BroadcastAct.RESUME, JOKO)
            )
            assert len(_refusals(results)) >= 1
            sent = await asyncio.gather(one.sends(limit=7), other.sends(limit=7))
            got.update(person for each in sent for person in each)
            if await one.state(found.id) == "done":
                break
        assert await one.state(found.id) == "done"
    assert got == Counter(dict.fromkeys(range(1, 31), ROUNDS // 4))


async def test_two_processes_plan_and_send_everybody_once(bureaus: tuple[Bureau, Bureau]) -> None:
    """In small stretches, both at once."""
    one, other = bureaus
    for number in range(ROUNDS // 4):
        found = await one.orders(f"Halo {number}")
        await one.acts(found.id, BroadcastAct.APPROVE, JOKO)
        got: list[int] = []
        for _turn in range(60):
            await asyncio.gather(one.rounds.run(), other.rounds.run())
            sent = await asyncio.gather(one.sends(limit=4), other.sends(limit=4))
            got += [person for each in sent for person in each]
            if await one.state(found.id) == "done":
                break
        assert sorted(got) == list(range(1, 31))
