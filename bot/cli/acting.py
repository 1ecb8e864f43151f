"""Who acts on the command line, and on which store."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import typer

from bot.app.database_errors import must_be_there
from bot.app.number_keys import open_keys
from bot.app.settings import DEFAULT_DATABASE, read_settings
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.staff_turns import StaffTurns
from bot.editing.in_force import policy_of, programme_of
from bot.store import Store, UnitOfWork, open_store
from bot.store.engine.migrate import DatabaseTooNew
from programme.model.clock import SetClock, SystemClock
from programme.model.phones import NumberKeys
from programme.model.staff import Role, StaffMember


@dataclass(slots=True)
class CommandContext:
    """What a command works with."""

    store: Store
    turns: StaffTurns
    numbers: NumberKeys

    @property
    def now(self) -> datetime:
        """The present moment, or the one that is rehearsed."""
        return self.store.clock.now()

    @property
    def office(self) -> BroadcastService:
        """Where announcements are ordered."""
        return self.turns.office

    async def member(self, telegram: str | None) -> StaffMember:
        """Return the member of staff with this Telegram id; without one, whoever is logged in here.

        Who has the database at hand may do everything, and is recorded by their login name. Raises
        typer.BadParameter for somebody who is not on the staff.
        """
        if telegram is None:
            login = getpass.getuser()
            return StaffMember(channel="terminal", address=login, role=Role.ADMIN, name=login)
        async with self.store.reading() as tx:
            found = await tx.staff.at("telegram", telegram)
        if found is None:
            raise typer.BadParameter(f"nobody on the staff has the Telegram id {telegram}: see sobat staff list")
        return found

    async def record_typist(self, tx: UnitOfWork, member: StaffMember, subject: str) -> None:
        """Write into the records at whose login another name was typed; that name alone proves nothing."""
        if member.channel != "terminal":
            typist = f"terminal:{getpass.getuser()}"
            await tx.staff.record(typist, "typed", subject, name=member.who)


@asynccontextmanager
async def opened(database: str | None, clock: datetime | None = None, *, first: bool = False) -> AsyncIterator[Store]:
    """Open the store of a command as it is, for the length of a block; `clock` None is the present.

    What may be the very `first` thing ever done makes a database that isn't there; for all else that raises
    WrongSetting, and DatabaseTooNew where code as old as this can't use it.
    """
    address = database or read_settings().database_url or DEFAULT_DATABASE
    if not first:
        must_be_there(address)
    store = open_store(address, SystemClock() if clock is None else SetClock(clock))
    try:
        if not first and await store.is_too_new():
            raise DatabaseTooNew
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_desk(
    database: str | None, clock: datetime | None = None, *, first: bool = False
) -> AsyncIterator[CommandContext]:
    """Open the store, its schema up to date; `clock` and `first` are as in `opened`."""
    settings = read_settings()
    rules = load_broadcast_rules(settings.telegram_rate, settings.whatsapp_rate, settings.whatsapp_tier)
    async with opened(database, clock, first=first) as store:
        await store.prepare()
        office = BroadcastService(store, await programme_of(store), await policy_of(store), rules)
        numbers = await open_keys(store, settings.secrets)
        yield CommandContext(store, StaffTurns(office), numbers)
