"""Console doors: links that let a member of the staff in once, and the sessions that follow from them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, Table, delete, insert, select, update

from bot.store.repositories.repository import Repository
from bot.store.schema.console import console_links, console_sessions
from bot.store.schema.staff import staff
from programme.model.staff import Role, StaffMember

_l, _s, _m = console_links.c, console_sessions.c, staff.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSession:
    """Somebody of the staff who is signed in, as they are at this moment; ends at `expires_at` (UTC)."""

    id: int
    member: StaffMember
    expires_at: datetime


class ConsoleDoors(Repository):
    """Repository of links and sessions. Of both only a digest is kept."""

    async def link(self, member: StaffMember, made_by: str, lasts: timedelta) -> str | None:
        """Make a link for a member; return its code, None where nobody at this address is on the staff."""
        here = (_m.channel == member.channel) & (_m.address == member.address) & _m.active
        number = (await self._connection.execute(select(_m.id).where(here))).scalar()
        if number is None:
            return None
        code = secrets.token_urlsafe(24)
        values = {"digest": digest_of(code), "member": number, "made_by": made_by, "expires_at": self.now + lasts}
        await self._connection.execute(insert(console_links).values(values))
        return code

    async def enter(self, code: str, lasts: timedelta) -> tuple[str, StaffMember] | None:
        """Use a link up; return the token of a new session and whose it is, None where the link opens nothing."""
        fresh = (_l.digest == digest_of(code)) & _l.used_at.is_(None) & (_l.expires_at > self.now)
        used = await self._connection.execute(
            update(console_links).where(fresh).values(used_at=self.now).returning(_l.member)
        )
        number = used.scalar_one_or_none()
        member = await self._one(select(staff).where(_m.id == number, _m.active), _member) if number else None
        if member is None:
            return None
        return await self.begin(member, lasts), member

    async def begin(self, member: StaffMember, lasts: timedelta) -> str:
        """Begin a session of a member; return its token."""
        token = secrets.token_urlsafe(32)
        here = (_m.channel == member.channel) & (_m.address == member.address)
        number = select(_m.id).where(here).scalar_subquery()
        values = {"digest": digest_of(token), "member": number, "since": self.now, "expires_at": self.now + lasts}
        await self._connection.execute(insert(console_sessions).values(values))
        return token

    async def session(self, token: str) -> ConsoleSession | None:
        """Return the session with this token; None where it ended, ran out, or its member has left."""
        return await self._one(self._running().where(_s.digest == digest_of(token)), _session)

    async def still(self, session: int) -> ConsoleSession | None:
        """Return a session as it is now; None where it is over."""
        return await self._one(self._running().where(_s.id == session), _session)

    async def all_running(self) -> dict[int, ConsoleSession]:
        """Return everybody's sessions by their number."""
        return {one.id: one for one in await self._all(self._running(), _session)}

    async def running(self) -> list[ConsoleSession]:
        """Return everybody's sessions, the newest first; at most a hundred."""
        return await self._all(self._running().order_by(_s.id.desc()).limit(100), _session)

    async def whose(self, token: str) -> str | None:
        """Name the member to whom a token belonged, whether or not it is still good, for the records."""
        return await self._named(console_sessions, _s.digest == digest_of(token))

    async def whose_is(self, session: int) -> str | None:
        """Name the member whose session this is or was, for the records."""
        return await self._named(console_sessions, _s.id == session)

    async def linked(self, code: str) -> str | None:
        """Name the member for whom a link was made, whether or not it is still good, for the records."""
        return await self._named(console_links, _l.digest == digest_of(code))

    async def _named(self, table: Table, which: ColumnElement[bool]) -> str | None:
        chosen = select(_m.channel, _m.address).join(table, table.c.member == _m.id).where(which)
        row = (await self._connection.execute(chosen)).one_or_none()
        return None if row is None else f"{row.channel}:{row.address}"

    async def end(self, session: int) -> None:
        """End a session."""
        this = update(console_sessions).where(_s.id == session, _s.ended_at.is_(None))
        await self._connection.execute(this.values(ended_at=self.now))

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next `few` links and sessions that ran out before then; return how many."""
        links = select(_l.digest).where(_l.expires_at < before).limit(few)
        gone = (await self._connection.execute(delete(console_links).where(_l.digest.in_(links)))).rowcount
        over = select(_s.id).where(_s.expires_at < before).limit(few)
        return gone + (await self._connection.execute(delete(console_sessions).where(_s.id.in_(over)))).rowcount

    def _running(self) -> Select[tuple[object, ...]]:
        joined = select(_s.id, _s.expires_at, _m.channel, _m.address, _m.role, _m.name)
        chosen = joined.join(staff, _s.member == _m.id)
        return chosen.where(_s.ended_at.is_(None), _s.expires_at > self.now, _m.active)


def digest_of(secret: str) -> str:
    """Return what is kept of a link or a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _member(row: Row[tuple[object, ...]]) -> StaffMember:
    return StaffMember(channel=row.channel, address=row.address, role=Role(row.role), name=row.name)


def _session(row: Row[tuple[object, ...]]) -> ConsoleSession:
    return ConsoleSession(id=row.id, member=_member(row), expires_at=row.expires_at)
