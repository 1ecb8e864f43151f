"""`sobat dead-letters`: what failed again and again and was set aside; try it again, or let it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.errors import at_desk
from bot.cli.options import Database
from programme.model.deliveries import delivery_id_from
from programme.model.spheres import Sphere

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext
    from bot.store import UnitOfWork

app = typer.Typer(no_args_is_help=False, help="See what was set aside after failing again and again; retry or drop it.")
console = Console()

_MEANINGS = {
    Sphere.UPDATE: "could not be written down; the sender was asked to write again. drop",
    Sphere.INBOX: "could not be answered; the sender got an apology. retry after a mending, or drop",
    Sphere.DELIVERY: "not sent, as it could not be read: mend, then retry. Or sent, its outcome not written: drop",
    Sphere.RECEIPT: "what became of a message after it was sent could not be written; it was sent all the same. drop",
    Sphere.REMINDER: "nobody reminds this participant any more! Mend the data, then retry",
    Sphere.LEAVING: "this participant's data should be gone and is still here! Mend, then retry",
    Sphere.TICKET: "nobody looks after this ticket by itself. Mend, then retry",
    Sphere.VIEW: "the staff may not see all of this ticket. Mend, then retry",
    Sphere.NOTICE: "words to the staff's group that were refused. drop",
    Sphere.INCIDENT: "its news did not reach everybody. Mend, then retry",
    Sphere.BROADCAST: "this announcement does not go on. Mend, then retry; resume it where it is paused",
    Sphere.JOB: "this round failed often. Mend, then retry",
}

Which = Annotated[str, typer.Argument(help="SPHERE/KEY as listed, such as inbox/17.")]


@app.callback(invoke_without_command=True)
def listed(context: typer.Context, database: Database = None) -> None:
    """List what was set aside: the sphere and number, why, how often it failed, since when."""
    if context.invoked_subcommand is None:
        at_desk(database, _show)


@app.command()
def retry(which: Which, database: Database = None) -> None:
    """Have it tried again, as if it had never failed."""
    at_desk(database, lambda desk: _revive(desk, which))


@app.command()
def drop(which: Which, database: Database = None) -> None:
    """Let it go: it is told of no more. A message is forgotten with its words."""
    at_desk(database, lambda desk: _drop(desk, which))


async def _show(desk: CommandContext) -> None:
    async with desk.store.reading() as tx:
        letters = await tx.dead_letters.all()
    if not letters:
        console.print("nothing is set aside")
        return
    table = Table("which", "failed", "since (UTC)", "by", "what it means, and what to do")
    for one in letters:
        key = f"{one.sphere}/{one.key}"
        table.add_row(key, f"{one.tries}x", f"{one.since:%d %b %H:%M}", one.reason, _MEANINGS[one.sphere])
    console.print(table)


async def _revive(desk: CommandContext, which: str) -> None:
    async with desk.store.writing() as tx:
        sphere, key = await _taken_back(tx, which)
        match sphere:
            case Sphere.REMINDER if await tx.people.get(int(key)) is not None:
                await tx.reminders.set_row(int(key), tx.now)
            case Sphere.VIEW:
                await tx.views.stale(int(key))
            case Sphere.DELIVERY:
                await tx.outbox.try_again(delivery_id_from(key))
    console.print(f"{which} is tried again", highlight=False)


async def _drop(desk: CommandContext, which: str) -> None:
    async with desk.store.writing() as tx:
        sphere, key = await _taken_back(tx, which)
        if sphere is Sphere.INBOX:
            await tx.inbox.handled(int(key))
    console.print(f"{which} is let go", highlight=False)


async def _taken_back(tx: UnitOfWork, which: str) -> tuple[Sphere, str]:
    """Set a dead letter aside no longer; return its sphere and key."""
    sphere, _slash, key = which.partition("/")
    if sphere not in set(Sphere) or not key:
        raise typer.BadParameter(f"{which!r} is no SPHERE/KEY such as inbox/17")
    if not await tx.dead_letters.revive(Sphere(sphere), key):
        raise typer.BadParameter(f"{which} is not set aside")
    return Sphere(sphere), key
