"""Who passed, as the programme's own list says: known by the keyed hash of the phone number alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, Text, Update, bindparam, delete, exists, select, update

from bot.store.engine.bulk import Types, bound, given
from bot.store.engine.upserts import change_many
from bot.store.repositories.leaving import drop_number, rows_of_number
from bot.store.repositories.lines import Lines
from bot.store.repositories.loading import MANY, payment_from
from bot.store.repositories.repository import Repository
from bot.store.schema.codec import step_from, step_to
from bot.store.schema.people import participants
from bot.store.schema.programme import roster, roster_payments
from programme.model.events import RosterMatched
from programme.model.milestones import Step
from programme.model.payments import Payment
from programme.model.phones import NumberHash, OwnHash
from programme.model.zones import Zone

_HASHES: Types = (("phone_hash", Text()),)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person who passed."""

    phone_hash: str
    wave: int
    passed_on: date | None = None
    zone: Zone | None = None
    progress: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterPayment:
    """One payment to the person behind a number."""

    phone_hash: str
    payment: Payment


class Roster(Repository):
    """Repository of roster."""

    @property
    def lines(self) -> Lines:
        """The roster's rows as plain values, many at a time."""
        return Lines(self._connection, roster)

    @property
    def payment_lines(self) -> Lines:
        """The payments as plain values, many at a time."""
        return Lines(self._connection, roster_payments)

    async def put(self, rows: Sequence[RosterRow]) -> int:
        """Keep rows, the last one where a number comes twice; return how many were new or changed."""
        written = {
            row.phone_hash: {
                "phone_hash": row.phone_hash,
                "wave": row.wave,
                "passed_on": row.passed_on,
                "zone": row.zone,
                "progress": [step_to(step) for step in row.progress],
            }
            for row in rows
        }
        return await change_many(self._connection, roster, list(written.values()))

    async def put_payments(self, rows: Sequence[RosterPayment]) -> int:
        """Keep payments, the last one where a number comes twice; return how many were new or changed."""
        written = {
            (row.phone_hash, row.payment.number): {"phone_hash": row.phone_hash, **asdict(row.payment)} for row in rows
        }
        return await change_many(self._connection, roster_payments, list(written.values()))

    async def find(self, number: OwnHash) -> RosterMatched | None:
        """Return what the roster and the payments say of a person's own number; None where it is not on the roster."""
        await self.rekey([number])
        found = await self._connection.execute(select(roster).where(roster.c.phone_hash == number.text))
        row = found.one_or_none()
        if row is None:
            return None
        paid = await self._connection.execute(
            select(roster_payments)
            .where(roster_payments.c.phone_hash == number.text)
            .order_by(roster_payments.c.number)
        )
        return RosterMatched(
            row.wave,
            row.passed_on,
            row.zone,
            tuple(step_from(step) for step in row.progress),
            tuple(payment_from(payment) for payment in paid),
        )

    async def linked(self, phone_hashes: Iterable[str]) -> dict[OwnHash, int]:
        """Return the participants of whom these are the own numbers; who came last, where two shared one."""
        asked = bound(self._connection, _HASHES, [(each,) for each in set(phone_hashes)])
        rows = await self._connection.execute(_linked(self._connection.dialect.name), asked)
        return {OwnHash(row.phone_hash): row.id for row in rows}

    async def export(self, number: NumberHash) -> dict[str, object]:
        """Return the rows that an operator finds by a number, as plain JSON values by table."""
        return await rows_of_number(self._connection, (number.text, *number.former))

    async def drop(self, number: NumberHash) -> None:
        """Delete what lies under a number, as an operator does who has made sure whose it is."""
        await drop_number(self._connection, (number.text, *number.former))

    async def rekey(self, numbers: Iterable[NumberHash]) -> None:
        """Put these numbers' hashes under the key in use, wherever they lie under an earlier one."""
        renewed = {former: number.text for number in numbers for former in number.former}
        if not renewed:
            return
        for table in (participants, roster, roster_payments):
            if found := await self._lying(table, renewed):
                pairs = [{"former": former, "renewed": renewed[former]} for former in found]
                await self._connection.execute(_renew(table), pairs)
                if table is not participants:  # where there was a newer row, it stands
                    left = delete(table).where(table.c.phone_hash == bindparam("former"))
                    await self._connection.execute(left, pairs)

    async def _lying(self, table: Table, hashes: Iterable[str]) -> list[str]:
        """Return those of the hashes that lie in a table."""
        wanted = sorted(hashes)
        found: list[str] = []
        for start in range(0, len(wanted), MANY):
            chosen = select(table.c.phone_hash).distinct().where(table.c.phone_hash.in_(wanted[start : start + MANY]))
            found += (await self._connection.execute(chosen)).scalars().all()
        return found


def _renew(table: Table) -> Update:
    renewed = update(table).where(table.c.phone_hash == bindparam("former")).values(phone_hash=bindparam("renewed"))
    if table is participants:
        return renewed
    newer = table.alias("newer")
    same = [newer.c[column.name] == table.c[column.name] for column in table.primary_key if column.name != "phone_hash"]
    return renewed.where(~exists().where(newer.c.phone_hash == bindparam("renewed"), *same))


@cache
def _linked(dialect: str) -> Select[Any]:
    """Return the participants of whom `given` has the own numbers, who came last at the end."""
    asked = given(dialect, _HASHES)
    return (
        select(participants.c.phone_hash, participants.c.id)
        .where(participants.c.phone_hash.in_(select(asked.c.phone_hash)))
        .order_by(participants.c.id)
    )
