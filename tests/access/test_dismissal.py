"""Whoever is let go takes along what they had begun: invitations, duty, broadcasts that rest on them alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.broadcasts.dismissal import end_orders
from bot.store import UnitOfWork
from bot.store.repositories.agents import Invitation
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.model.messages import Message
from programme.model.staff import Role, StaffMember

NOW = datetime(2021, 10, 18, 2, tzinfo=UTC)
LATER = NOW + timedelta(hours=20)
RINA = StaffMember(channel="telegram", address="901", role=Role.SUPERVISOR, name="Rina")
DEWI = StaffMember(channel="telegram", address="902", role=Role.ADMIN, name="Dewi")


async def _joins(tx: UnitOfWork, code: str) -> bool:
    return await tx.agents.redeem(code, "telegram:1") is not None


async def test_an_invitation_ends_with_its_maker(tx: UnitOfWork) -> None:
    """Also where the maker comes back later; a colleague's goes on."""
    for member in (RINA, DEWI):
        await tx.staff.put(member)
    theirs = await tx.agents.invite(Invitation(Role.AGENT, RINA.who), LATER)
    other = await tx.agents.invite(Invitation(Role.AGENT, DEWI.who), LATER)
    await tx.staff.remove(RINA.channel, RINA.address)
    assert not await _joins(tx, theirs)
    await tx.staff.put(RINA)
    assert not await _joins(tx, theirs)
    assert await _joins(tx, other)
    assert not await _joins(tx, other)


async def test_who_is_given_a_lesser_role_invites_to_no_higher_one(tx: UnitOfWork) -> None:
    """What they may still give, they still give."""
    await tx.staff.put(RINA)
    high = await tx.agents.invite(Invitation(Role.SUPERVISOR, RINA.who), LATER)
    low = await tx.agents.invite(Invitation(Role.AGENT, RINA.who), LATER)
    await tx.staff.put(StaffMember(channel="telegram", address="901", role=Role.AGENT, name="Rina"))
    assert (await _joins(tx, high), await _joins(tx, low)) == (False, True)


async def test_an_operator_at_the_command_line_may_invite(tx: UnitOfWork) -> None:
    """They have the database at hand; a made-up member of a channel has not."""
    assert await _joins(tx, await tx.agents.invite(Invitation(Role.ADMIN, "terminal:root"), LATER))
    assert not await _joins(tx, await tx.agents.invite(Invitation(Role.ADMIN, "telegram:999"), LATER))


async def test_a_role_of_a_newer_version_is_the_least_of_ours_and_stops_nobody(tx: UnitOfWork) -> None:
    """Else no complaint could be taken, for everybody at work is looked at."""
    for member in (RINA, DEWI):
        await tx.staff.put(member)
        await tx.agents.set(member.who, on_duty=True)
    await tx.connection.execute(text("UPDATE staff SET role = 'coordinator' WHERE address = '902'"))
    roles = {one.who: one.member.role for one in await tx.agents.all()}
    assert roles == {RINA.who: Role.SUPERVISOR, DEWI.who: Role.AGENT}


async def test_duty_ends(tx: UnitOfWork) -> None:
    """Who comes back is not at once on duty."""
    await tx.staff.put(RINA)
    await tx.agents.set(RINA.who, on_duty=True)
    await tx.staff.remove(RINA.channel, RINA.address)
    await tx.staff.put(RINA)
    assert [agent.on_duty for agent in await tx.agents.all()] == [False]


@pytest.mark.parametrize(
    ("author", "approver", "state", "ends"),
    [
        (RINA, None, BroadcastState.WAITING_APPROVAL, BroadcastState.CANCELLED),
        (RINA, None, BroadcastState.SCHEDULED, BroadcastState.CANCELLED),
        (RINA, None, BroadcastState.RUNNING, BroadcastState.PAUSED),
        (DEWI, RINA, BroadcastState.SCHEDULED, BroadcastState.CANCELLED),
        (DEWI, RINA, BroadcastState.RUNNING, BroadcastState.PAUSED),
        (RINA, DEWI, BroadcastState.SCHEDULED, BroadcastState.SCHEDULED),
        (DEWI, None, BroadcastState.WAITING_APPROVAL, BroadcastState.WAITING_APPROVAL),
    ],
)
async def test_announcements_that_rest_on_them_alone_end(
    tx: UnitOfWork, author: StaffMember, approver: StaffMember | None, state: BroadcastState, ends: BroadcastState
) -> None:
    """What has not begun is cancelled, what runs is paused; a second person's approval stands."""
    number = await tx.broadcasts.add(
        Draft(audience=Audience(waves=(21,)), messages={"id": Message("Halo")}, starts_at=LATER),
        author=author.who,
        origin="test",
        state=BroadcastState.WAITING_APPROVAL,
        expected=1,
        exclusions=Exclusions(),
    )
    assert number is not None
    approved = {"approver": approver.who} if approver else {}
    await tx.broadcasts.move(number, state, since=[BroadcastState.WAITING_APPROVAL], **approved)
    ended = await end_orders(tx, RINA, DEWI.who)
    found = await tx.broadcasts.get(number)
    assert found is not None
    assert found.state is ends
    assert ended == ([number] if ends is not state else [])
    assert len(await tx.staff.records(f"broadcast/{number}")) == len(ended)
