"""Who works here, and what each of them did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Row

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository, reader
from bot.store.schema.console import console_links, console_sessions
from bot.store.schema.helpdesk import agents, invitations
from bot.store.schema.staff import audit, staff
from programme.model.staff import Role, StaffMember

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act of the staff: when (UTC), by whom, what, on what."""

    at: datetime
    who: str
    act: str
    subject: str
    details: Mapping[str, Any]


class Staff(Repository):
    """Repository of staff and its records."""

    async def at(self, channel: str, address: str) -> StaffMember | None:
        """Return the member who writes from this address; None for everybody else."""
        here = (staff.c.channel == channel) & (staff.c.address == address)
        return await self._one(select(staff).where(here, staff.c.active), _member)

    async def everybody(self) -> list[StaffMember]:
        """Return all members, in the order in which they came."""
        return await self._all(select(staff).where(staff.c.active).order_by(staff.c.id), _member)

    async def admins(self) -> list[StaffMember]:
        """Return the admins, locked until the transaction ends: of two who remove each other, one stays."""
        chosen = select(staff).where(staff.c.active, staff.c.role == Role.ADMIN).order_by(staff.c.id)
        return await self._all(chosen.with_for_update(), _member)

    async def seen_last(self, whos: Collection[str]) -> dict[str, datetime]:
        """Return when each of these did something last that stands in the records."""
        newest = select(func.max(audit.c.id)).where(audit.c.who.in_(whos)).group_by(audit.c.who)
        found = await self._connection.execute(select(audit.c.who, audit.c.at).where(audit.c.id.in_(newest)))
        return {row.who: row.at for row in found}

    async def put(self, member: StaffMember) -> None:
        """Take the member in, or give the one at this address another role and name."""
        values = {"role": member.role, "name": member.name, "active": True}
        adding = insert_into(self._connection, staff).values(
            channel=member.channel, address=member.address, since=self.now, **values
        )
        await self._connection.execute(adding.on_conflict_do_update(index_elements=["channel", "address"], set_=values))

    async def remove(self, channel: str, address: str) -> None:
        """Let the member go. The records of what they did stay.

        Their duty ends with it, and so do the invitations they made and their time at the console: coming back
        doesn't bring those back.
        """
        here = (staff.c.channel == channel) & (staff.c.address == address)
        await self._connection.execute(update(staff).where(here, staff.c.active).values(active=False))
        who = f"{channel}:{address}"
        await self._connection.execute(update(agents).where(agents.c.who == who).values(on_duty=False))
        number = select(staff.c.id).where(here).scalar_subquery()
        signed_in = (console_sessions.c.member == number) & console_sessions.c.ended_at.is_(None)
        await self._connection.execute(update(console_sessions).where(signed_in).values(ended_at=self.now))
        theirs = (console_links.c.member == number) | (
            (console_links.c.made_by == who) & console_links.c.used_at.is_(None)
        )
        await self._connection.execute(delete(console_links).where(theirs))
        unused = (invitations.c.made_by == who) & invitations.c.used_by.is_(None)
        await self._connection.execute(delete(invitations).where(unused))

    async def record(self, who: str, act: str, subject: str, **details: object) -> None:
        """Add an act to the records."""
        await self.note(AuditEntry(self.now, who, act, subject, details))

    async def note(self, entry: AuditEntry) -> None:
        """Add an act to the records, as of its own moment."""
        await self._connection.execute(insert(audit).values(asdict(entry)))

    async def trail(
        self, limit: int, *, before: int | None = None, who: str = "", act: str = "", subject: str = ""
    ) -> list[tuple[int, AuditEntry]]:
        """Return acts with their numbers, newest first: by somebody, of sorts and on subjects that begin so."""
        chosen = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            chosen = chosen.where(audit.c.id < before)
        if who:
            chosen = chosen.where(audit.c.who == who)
        for column, begins in ((audit.c.act, act), (audit.c.subject, subject)):
            if begins:
                chosen = chosen.where(column.startswith(begins, autoescape=True))
        entry = reader(AuditEntry)
        return [(row.id, entry(row)) for row in await self._connection.execute(chosen)]

    async def records(self, subject: str | None = None, *, acts: Collection[str] = ()) -> list[AuditEntry]:
        """Return what was done last, newest first; with `subject`, to that alone; with `acts`, of those sorts."""
        newest = select(audit).order_by(audit.c.id.desc()).limit(_SHOWN)
        if subject is not None:
            newest = newest.where(audit.c.subject == subject)
        if acts:
            newest = newest.where(audit.c.act.in_(acts))
        return await self._all(newest, reader(AuditEntry))


def _member(row: Row[Any]) -> StaffMember:
    return StaffMember(channel=row.channel, address=row.address, role=Role(row.role), name=row.name)
