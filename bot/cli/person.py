"""`sobat person`: what is kept of one participant, shown, left alone or deleted by an operator on their request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console

from bot.cli.errors import at_desk
from bot.cli.options import Database
from programme.model.events import ProcessingPaused
from programme.model.participants import Pause
from programme.model.phones import NumberHash, normal_phone
from reminders.schedule import reschedule

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext
    from bot.store import UnitOfWork

app = typer.Typer(
    no_args_is_help=True,
    help="""
Show, restrict or delete what is kept of one participant, for those who can't do so themselves (/privasi, /hakdata).

Be sure first that it is them who ask: a number on paper proves nothing.
""",
)
console = Console(stderr=True)

Phone = Annotated[str | None, typer.Option("--phone", help="Their mobile number; only its hash is looked for.")]
Place = Annotated[str | None, typer.Option("--at", help="Instead: where they write from, such as telegram:12345.")]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom an operator means: participants, and the number's hash where they were named by it."""

    people: tuple[int, ...]
    number: NumberHash | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """Name them in records without telling who they are."""
        return tuple(f"participant/{person}" for person in self.people) or ("roster",)


@app.command()
def export(
    phone: Phone = None,
    at: Place = None,
    out: Annotated[Path | None, typer.Option(help="Write into this file; else on the terminal.")] = None,
    database: Database = None,
) -> None:
    """Write all that is kept of a participant as JSON, table by table."""

    from bot.store.private_file import private_file

    async def write(desk: CommandContext) -> None:
        async with desk.store.writing() as tx:
            found = await _found(tx, desk, phone, at)
            kept = [await tx.people.export(person) for person in found.people]
            if found.number is not None and not kept:
                kept = [await tx.roster.export(found.number)]
            await _record(tx, desk, "person.export", found)
        written = orjson.dumps(kept, option=orjson.OPT_INDENT_2).decode()
        if out is None:
            typer.echo(written)
            return
        with private_file(out) as file:
            file.write(written + "\n")
        console.print(f"[green]✓[/] written to {out}: hand it to nobody but them, then delete it", highlight=False)

    at_desk(database, write)


@app.command()
def delete(
    phone: Phone = None,
    at: Place = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    database: Database = None,
) -> None:
    """Delete all that is kept of a participant, their rows of the roster too. They get no goodbye and no reminder."""

    async def take_away(desk: CommandContext) -> None:
        async with desk.store.reading() as tx:
            found = await _found(tx, desk, phone, at)
        whom = ", ".join(found.subjects)
        if not yes and not typer.confirm(f"Delete everything that is kept of {whom}? This can't be undone"):
            raise typer.Abort
        async with desk.store.writing() as tx:
            for person in found.people:
                await tx.people.forget(person)
            if found.number is not None:
                await tx.roster.drop(found.number)
            await _record(tx, desk, "person.delete", found)
        console.print(f"[green]✓[/] {whom} deleted; backups still hold it", highlight=False)

    at_desk(database, take_away)


@app.command()
def restrict(phone: Phone = None, at: Place = None, database: Database = None) -> None:
    """Leave a participant's data alone: kept as they are, nothing noted, nothing sent unasked (articles 11 and 41)."""
    _left_alone(phone, at, database, Pause.RESTRICTED)


@app.command()
def withdraw(phone: Phone = None, at: Place = None, database: Database = None) -> None:
    """Withdraw a participant's consent: everything stops now, and is deleted within 3 x 24 hours (article 40)."""
    _left_alone(phone, at, database, Pause.WITHDRAWN)


def _left_alone(phone: str | None, at: str | None, database: str | None, why: Pause) -> None:
    async def pause(desk: CommandContext) -> None:
        async with desk.store.writing() as tx:
            found = await _found(tx, desk, phone, at)
            for number in found.people:
                await _pause(tx, desk, number, why)
            await _record(tx, desk, f"person.{why.value}", found)
        if not found.people:
            raise typer.BadParameter("nobody shared that number: only a list has it, and nothing is sent by it")
        whom = ", ".join(found.subjects)
        console.print(f"[green]✓[/] {whom} left alone; one press of theirs goes on again", highlight=False)

    at_desk(database, pause)


async def _pause(tx: UnitOfWork, desk: CommandContext, number: int, why: Pause) -> None:
    """Do what the person's own words do, with the reminders that follow from it."""
    await tx.people.lock(number)
    person, event = await tx.people.get(number), ProcessingPaused(why.value)
    if person is None or person.pause is why:
        return
    after = person.after(event)
    await tx.people.save(after, [event])
    if why is Pause.WITHDRAWN:
        await tx.consents.withdraw(number)
    await reschedule(tx.reminders, after, desk.office.programme, desk.office.policy)


async def _found(tx: UnitOfWork, desk: CommandContext, phone: str | None, at: str | None) -> Found:
    if (phone is None) == (at is None):
        raise typer.BadParameter("who? --phone NUMBER, or --at CHANNEL:ADDRESS")
    if phone is not None:
        return await _by_number(tx, desk, phone)
    channel, colon, address = str(at).partition(":")
    tx.people.kept_as = desk.numbers.names
    person = await tx.people.who(channel, address) if colon else None
    if person is None:
        raise typer.BadParameter(f"nobody writes from {at}: expected such as telegram:12345")
    return Found((person,))


async def _by_number(tx: UnitOfWork, desk: CommandContext, phone: str) -> Found:
    normal = normal_phone(phone)
    if normal is None:
        raise typer.BadParameter("that is no Indonesian mobile number, such as 081234567890")
    number = desk.numbers.kept(normal)
    people = await tx.people.with_number(number)
    if not people and not await tx.roster.export(number):
        raise typer.BadParameter("nobody shared that number, and no list has it")
    return Found(tuple(people), number)


async def _record(tx: UnitOfWork, desk: CommandContext, act: str, found: Found) -> None:
    who = (await desk.member(None)).who
    for subject in found.subjects:
        await tx.staff.record(who, act, subject)
