"""Staf: who is invited, becomes something else and is let go; nobody changes themselves, and an admin stays."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.console.staffing import Staffing, StaffingResult
from bot.store import open_store
from programme.helpdesk import load_helpdesk
from programme.model.clock import SetClock
from programme.model.staff import Role, StaffMember
from tests.console.conftest import MONDAY, STAFF, Staffed

SARI, BUDI, _WATI, TARI = STAFF
STAFFING = Staffing(load_helpdesk())


async def role_of(staffed: Staffed, who: str) -> Role | None:
    async with staffed.app.store.reading() as tx:
        member = await tx.staff.at("demo", who)
    return member.role if member else None


async def test_an_invitation_is_shown_once_and_makes_a_member(staffed: Staffed) -> None:
    """A supervisor invites on the page; whoever brings the code works here, and the list has it no more."""
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/staf")
    sari.find(marker="Giliran").trigger("change", "pagi")
    sari.find(marker="Buat undangan").click()
    await sari.should_see("Hanya tampil sekali")
    (shown,) = sari.find(marker="kode").elements
    code = re.search(r"staf-([\w-]+)", getattr(shown, "text", ""))
    assert code is not None
    async with staffed.app.store.writing() as tx:
        assert [one.role for one in await tx.agents.open_invitations(9)] == [Role.AGENT]
        taken = await tx.agents.redeem(code[1], "telegram:5")
        assert taken is not None
        assert (taken.role, taken.shift, taken.made_by) == (Role.AGENT, "pagi", "demo:sari")
        assert await tx.agents.open_invitations(9) == []
    assert ("demo:sari", "staff.invite", "agent") in await staffed.trail("staff.")


async def test_an_invitation_is_revoked_and_reaches_no_higher_than_oneself(staffed: Staffed) -> None:
    """A revoked one opens nothing; a supervisor makes no admin and revokes none that does."""
    async with staffed.app.store.writing() as tx:
        assert await STAFFING.invite(tx, SARI, Role.ADMIN, None) is StaffingResult.TOO_HIGH
        high = await STAFFING.invite(tx, TARI, Role.ADMIN, None)
        assert not isinstance(high, StaffingResult)
        digest = (await tx.agents.open_invitations(9))[0].digest
        assert await STAFFING.revoke(tx, SARI, digest) is StaffingResult.TOO_HIGH
        assert await STAFFING.revoke(tx, TARI, digest) is StaffingResult.DONE
        assert await STAFFING.revoke(tx, TARI, digest) is StaffingResult.OVERTAKEN
        assert await tx.agents.redeem(high[0], "telegram:5") is None


async def test_an_admin_changes_a_role_and_lets_somebody_go(staffed: Staffed) -> None:
    """Whoever is let go is out of an open page at once, and so is every link and invitation that they made."""
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/aduan")
    async with staffed.app.store.writing() as tx:
        invited = await STAFFING.invite(tx, BUDI, Role.AGENT, None)
        link = await tx.doors.link(SARI, BUDI.who, timedelta(minutes=2))
    assert not isinstance(invited, StaffingResult)
    assert link is not None
    tari = await staffed.signed_in("tari")
    await tari.open("/konsol/staf")
    tari.find(marker="Peran Budi").trigger("change", "supervisor")
    async with asyncio.timeout(20):
        while await role_of(staffed, "budi") is not Role.SUPERVISOR:  # noqa: ASYNC110
            await asyncio.sleep(0)
    async with staffed.app.store.writing() as tx:
        assert await STAFFING.remove(tx, TARI, BUDI.who) is StaffingResult.DONE
        assert await tx.agents.redeem(invited[0], "telegram:5") is None
        assert await tx.doors.enter(link, timedelta(hours=1)) is None
    assert (await budi.http_client.get("/konsol")).status_code in {303, 307}
    acts = [act for _who, act, on in await staffed.trail("staff") if on == BUDI.who]
    assert acts == ["staff remove", "staff.role"]


async def test_nobody_changes_themselves_and_the_last_admin_stays(staffed: Staffed) -> None:
    """Neither oneself, nor the only one who may change anybody, nor somebody who became something else meanwhile."""
    async with staffed.app.store.writing() as tx:
        assert await STAFFING.change_role(tx, TARI, TARI.who, Role.AGENT, Role.ADMIN) is StaffingResult.ONESELF
        assert await STAFFING.remove(tx, TARI, TARI.who) is StaffingResult.ONESELF
        operator = StaffMember(channel="terminal", address="root", role=Role.ADMIN, name="root")
        assert await STAFFING.remove(tx, operator, TARI.who) is StaffingResult.LAST_ADMIN
        assert await STAFFING.change_role(tx, operator, TARI.who, Role.AGENT, Role.ADMIN) is StaffingResult.LAST_ADMIN
        assert await STAFFING.change_role(tx, TARI, BUDI.who, Role.ADMIN, Role.SUPERVISOR) is StaffingResult.OVERTAKEN
        assert await STAFFING.remove(tx, TARI, "demo:nobody") is StaffingResult.GONE


async def test_of_two_admins_who_remove_each_other_one_stays(url: str) -> None:
    """However their transactions meet."""
    one, other = (StaffMember(channel="demo", address=name, role=Role.ADMIN, name=name) for name in "ab")
    store = open_store(url, SetClock(MONDAY))
    async with store.writing() as tx:
        for member in (one, other):
            await tx.staff.put(member)

    async def remove(actor: StaffMember, whom: StaffMember) -> StaffingResult:
        async with store.writing() as tx:
            return await STAFFING.remove(tx, actor, whom.who)

    try:
        came = await asyncio.gather(remove(one, other), remove(other, one))
        async with store.reading() as tx:
            left = await tx.staff.everybody()
    finally:
        await store.close()
    assert sorted(result.name for result in came) == ["DONE", "LAST_ADMIN"]
    assert len(left) == 1


async def test_a_shift_says_when_somebody_is_on(staffed: Staffed) -> None:
    """The page tells who is on now by the helpdesk's own hours; another shift is one choice away."""
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/staf")
    await sari.should_see("bertugas sekarang")
    await sari.should_not_see("Keluarkan")
    sari.find(marker="Giliran Budi").trigger("change", "siang")
    for _turn in range(100):
        async with staffed.app.store.reading() as tx:
            shifts = {one.who: one.shift for one in await tx.agents.all()}
        if shifts[BUDI.who] == "siang":
            return
        await asyncio.sleep(0)
    pytest.fail("the shift was not set")
