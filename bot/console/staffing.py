"""Staffing: who works here and as what, decided for the console; nobody changes themselves, and an admin stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Final

from bot.broadcasts.dismissal import dismiss
from bot.store import UnitOfWork
from bot.store.repositories.agents import Agent, Invitation, OpenInvitation
from programme.helpdesk import HelpdeskRules
from programme.model.staff import Role, StaffMember

_INVITATIONS: Final = 50


class StaffingResult(Enum):
    """What came of an act."""

    DONE = auto()
    ONESELF = auto()
    LAST_ADMIN = auto()
    OVERTAKEN = auto()
    """They are otherwise by now than the page has shown."""
    GONE = auto()
    TOO_HIGH = auto()
    UNKNOWN_SHIFT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Everybody, when each was seen last, and the invitations that are open."""

    now: datetime
    agents: Sequence[Agent]
    seen: Mapping[str, datetime]
    invitations: Sequence[OpenInvitation]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Staffing:
    """Reads and changes who works here, each in the transaction in which somebody was let do it."""

    rules: HelpdeskRules

    async def team(self, tx: UnitOfWork) -> Team:
        """Read everybody."""
        agents, open_now = await tx.agents.all(), await tx.agents.open_invitations(_INVITATIONS)
        return Team(
            now=tx.now,
            agents=agents,
            seen=await tx.staff.seen_last([one.who for one in agents]),
            invitations=open_now,
            names=await tx.agents.names({one.made_by for one in open_now}),
        )

    async def change_role(self, tx: UnitOfWork, actor: StaffMember, who: str, role: Role, seen: Role) -> StaffingResult:
        """Give somebody another role than the one that was `seen`."""
        member = await self._changeable(tx, actor, who)
        if isinstance(member, StaffingResult):
            return member
        if member.role is not seen:
            return StaffingResult.OVERTAKEN
        if role is not seen:
            await tx.staff.put(replace(member, role=role))
            await tx.staff.record(actor.who, "staff.role", who, before=seen.value, role=role.value)
        return StaffingResult.DONE

    async def remove(self, tx: UnitOfWork, actor: StaffMember, who: str) -> StaffingResult:
        """Let somebody go; all that is theirs ends at once."""
        member = await self._changeable(tx, actor, who)
        if isinstance(member, StaffingResult):
            return member
        await dismiss(tx, member, actor.who)
        return StaffingResult.DONE

    async def set_shift(self, tx: UnitOfWork, actor: StaffMember, who: str, shift: str | None) -> StaffingResult:
        """Put somebody on a shift; None is any of them."""
        if shift is not None and shift not in self.rules.hours.shifts:
            return StaffingResult.UNKNOWN_SHIFT
        found = await _member(tx, who)
        if found is None:
            return StaffingResult.GONE
        known = next((one for one in await tx.agents.all() if one.who == who), None)
        on_duty = known is not None and known.on_duty
        await tx.agents.set(who, shift=shift, on_duty=on_duty)
        await tx.staff.record(actor.who, "staff.shift", who, shift=shift or "")
        return StaffingResult.DONE

    async def invite(
        self, tx: UnitOfWork, actor: StaffMember, role: Role, shift: str | None
    ) -> tuple[str, datetime] | StaffingResult:
        """Make an invitation; return its code, which is shown once, and until when it works."""
        if not actor.role.covers(role):
            return StaffingResult.TOO_HIGH
        if shift is not None and shift not in self.rules.hours.shifts:
            return StaffingResult.UNKNOWN_SHIFT
        until = tx.now + self.rules.invitation_lasts
        code = await tx.agents.invite(Invitation(role, actor.who, shift), until)
        await tx.staff.record(actor.who, "staff.invite", role.value)
        return code, until

    async def revoke(self, tx: UnitOfWork, actor: StaffMember, digest: str) -> StaffingResult:
        """Make an invitation worthless, unless it is to a role above one's own."""
        mine = [one for one in await tx.agents.open_invitations(_INVITATIONS) if one.digest == digest]
        if mine and not actor.role.covers(mine[0].role):
            return StaffingResult.TOO_HIGH
        if await tx.agents.revoke(digest) is None:
            return StaffingResult.OVERTAKEN
        await tx.staff.record(actor.who, "staff.invite.revoke", "invitation")
        return StaffingResult.DONE

    async def _changeable(self, tx: UnitOfWork, actor: StaffMember, who: str) -> StaffMember | StaffingResult:
        """Return whom somebody may change: not themselves, and never the last who may change anybody."""
        if who == actor.who:
            return StaffingResult.ONESELF
        admins = {one.who for one in await tx.staff.admins()}
        member = await _member(tx, who)
        if member is None:
            return StaffingResult.GONE
        if who in admins and len(admins) == 1:
            return StaffingResult.LAST_ADMIN
        return member


async def _member(tx: UnitOfWork, who: str) -> StaffMember | None:
    channel, _colon, address = who.partition(":")
    return await tx.staff.at(channel, address)
