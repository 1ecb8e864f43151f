"""How the staff work at the helpdesk: shift, team, capacity, whether on duty; and the invitations to join."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Row, delete, insert, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository, reader
from bot.store.schema.helpdesk import agents, canned_replies, invitations
from bot.store.schema.staff import staff
from programme.helpdesk import CannedReply
from programme.model.staff import Role, StaffMember

_a = agents.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A member of the staff at work. `shift` None is any shift; `capacity` None is the usual one.

    Who never worked at the helpdesk is not `known` to it, and off duty.
    """

    member: StaffMember
    shift: str | None = None
    team: str | None = None
    capacity: int | None = None
    on_duty: bool = True
    given_at: datetime | None = None
    known: bool = True

    @property
    def who(self) -> str:
        """Name the member in records."""
        return self.member.who


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation makes of whoever takes it."""

    role: Role
    made_by: str
    shift: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """An invitation that nobody took yet, until `expires_at` (UTC); `digest` names it, its code is kept nowhere."""

    digest: str
    role: Role
    made_by: str
    expires_at: datetime
    shift: str | None = None
    team: str | None = None


class Agents(Repository):
    """Repository of people at work."""

    async def all(self) -> list[Agent]:
        """Return all members of the staff with how they work, in the order in which they came."""
        address = staff.c.channel + ":" + staff.c.address
        chosen = select(staff, agents).outerjoin(agents, _a.who == address).where(staff.c.active).order_by(staff.c.id)
        return await self._all(chosen, _agent)

    async def names(self, whos: Collection[str | None]) -> dict[str, str]:
        """Return the names of these members and former members, by `StaffMember.who`."""
        wanted = [who for who in whos if who is not None]
        if not wanted:
            return {}
        address = (staff.c.channel + ":" + staff.c.address).label("who")
        found = await self._connection.execute(select(address, staff.c.name).where(address.in_(wanted)))
        return {row.who: row.name for row in found}

    async def on_duty(self) -> frozenset[str]:
        """Return who takes complaints now."""
        return frozenset((await self._connection.execute(select(_a.who).where(_a.on_duty))).scalars())

    async def set(self, who: str, **values: object) -> None:
        """Note how a member works: `shift`, `team`, `capacity`, `on_duty`, `given_at`."""
        adding = insert_into(self._connection, agents).values({"who": who, "on_duty": True, **values})
        await self._connection.execute(adding.on_conflict_do_update(index_elements=[_a.who], set_=values))

    async def invite(self, invitation: Invitation, expires_at: datetime) -> str:
        """Make an invitation that works once; return its code, which is kept nowhere."""
        code = secrets.token_urlsafe(16)
        values = {**asdict(invitation), "expires_at": expires_at}
        await self._connection.execute(insert(invitations).values(digest=_digest(code), **values))
        return code

    async def open_invitations(self, limit: int) -> list[OpenInvitation]:
        """Return invitations that may still be used, those that end first in front."""
        i = invitations.c
        fresh = select(invitations).where(i.used_by.is_(None), i.expires_at > self.now)
        return await self._all(fresh.order_by(i.expires_at, i.digest).limit(limit), reader(OpenInvitation))

    async def revoke(self, digest: str) -> OpenInvitation | None:
        """Make an invitation worthless; None where it was used or revoked already."""
        i = invitations.c
        unused = (i.digest == digest) & i.used_by.is_(None)
        found = await self._one(select(invitations).where(unused), reader(OpenInvitation))
        gone = await self._connection.execute(delete(invitations).where(unused))
        return found if gone.rowcount == 1 else None

    async def redeem(self, code: str, who: str) -> Invitation | None:
        """Use up an invitation; None where it was used, ran out, or never was.

        Whoever made it must still be allowed to: on the staff in such a role, or at the command line.
        """
        i = invitations.c
        fresh = (i.digest == _digest(code)) & i.used_by.is_(None) & (i.expires_at > self.now)
        made = (await self._connection.execute(select(i.role, i.made_by).where(fresh))).one_or_none()
        if made is None or not await self._may_invite(made.made_by, Role(made.role)):
            return None
        done = await self._connection.execute(
            update(invitations)
            .where(fresh)
            .values(used_by=who, used_at=self.now)
            .returning(i.role, i.shift, i.team, i.made_by)
        )
        row = done.one_or_none()
        return None if row is None else Invitation(row.role, row.made_by, row.shift, row.team)

    async def _may_invite(self, maker: str, role: Role) -> bool:
        channel, _colon, address = maker.partition(":")
        here = (staff.c.channel == channel) & (staff.c.address == address)
        found = (await self._connection.execute(select(staff.c.role, staff.c.active).where(here))).one_or_none()
        if found is None:
            return channel == "terminal"  # an operator, who has the database at hand
        return bool(found.active) and Role(found.role).covers(role)

    async def canned(self) -> dict[str, CannedReply]:
        """Return the replies that staff wrote or changed, by name; an empty text takes one away."""
        rows = await self._connection.execute(select(canned_replies).order_by(canned_replies.c.name))
        return {row.name: CannedReply(name=row.name, intent=row.intent, text=row.text) for row in rows}

    async def put_canned(self, reply: CannedReply) -> None:
        """Keep a reply under its name."""
        values = {"intent": reply.intent, "text": reply.text}
        adding = insert_into(self._connection, canned_replies).values(name=reply.name, **values)
        await self._connection.execute(
            adding.on_conflict_do_update(index_elements=[canned_replies.c.name], set_=values)
        )


def _agent(row: Row[tuple[object, ...]]) -> Agent:
    found = row._mapping
    member = StaffMember(
        channel=found[staff.c.channel],
        address=found[staff.c.address],
        role=Role(found[staff.c.role]),
        name=found[staff.c.name],
    )
    on_duty = found[_a.on_duty]
    return Agent(
        member=member,
        shift=found[_a.shift],
        team=found[_a.team],
        capacity=found[_a.capacity],
        on_duty=bool(on_duty),
        known=on_duty is not None,
        given_at=found[_a.given_at],
    )


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
