"""`sobat dead-letters`: what failed again and again and was set aside; try it again, or let it go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.options import Database
from programme.model.deliveries import delivery_id_from
from programme.model.spheres import Sphere

if TYPE_CHECKING:
    from bot.store import UnitOfWork

app = typer.Typer(no_args_is_help=False, help="See what was set aside after failing again and again; retry or drop it.")
console = Console()

_MEANINGS = {
    Sphere.UPDATE: "could not be written down; the sender was asked to write again. drop",
    Sphere.INBOX: "could not be answered; the sender got an apology. retry after a mending, or drop",
    Sphere.DELIVERY: "not sent, as it could not be read: mend, then retry. Or sent, its outcome not written: drop",
    Sphere.REMINDER: "nobody reminds this participant any more! Mend the data, then retry",
    Sphere.TICKET: "nobody looks after this ticket by itself. Mend, then retry",
    Sphere.VIEW: "the staff may not see all of this ticket. Mend, then retry",
    Sphere.INCIDENT: "its news did not reach everybody. Mend, then retry",
    Sphere.BROADCAST: "this announcement does not go on. Mend, then retry; resume it where it is paused",
    Sphere.JOB: "this round failed often. Mend, then retry",
}

Which = Annotated[str, typer.Argument(help="SPHERE/KEY as listed, such as inbox/17.")]


@app.callback(invoke_without_command=True)
def listed(context: typer.Context, database: Database = None) -> None:
    """List what was set aside: the sphere and number, why, how often it failed, since when."""
    if context.invoked_subcommand is None:
        _with_store(database, _show)


@app.command()
def retry(which: Which, database: Database = None) -> None:
    """Have it tried again, as if it had never failed."""
    _with_store(database, lambda tx: _revive(tx, which))


@app.command()
def drop(which: Which, database: Database = None) -> None:
    """Let it go: it is told of no more. A message is forgotten with its words."""
    _with_store(database, lambda tx: _drop(tx, which))


async def _show(tx: UnitOfWork) -> None:
    letters = await tx.dead_letters.all()
    if not letters:
        console.print("nothing is set aside")
        return
    table = Table("which", "failed", "since (UTC)", "by", "what it means, and what to do")
    for one in letters:
        key = f"{one.sphere}/{one.key}"
        table.add_row(key, f"{one.tries}x", f"{one.since:%d %b %H:%M}", one.reason, _MEANINGS.get(one.sphere, ""))
    console.print(table)


async def _revive(tx: UnitOfWork, which: str) -> None:
    from programme.model.clock import SystemClock

    sphere, key = _read(which)
    now = SystemClock().now()
    if not await tx.dead_letters.revive(sphere, key):
        raise typer.BadParameter(f"{which} is not set aside")
    match sphere:
        case Sphere.REMINDER if await tx.people.get(int(key)) is not None:
            await tx.reminders.set_row(int(key), now)
        case Sphere.VIEW:
            await tx.views.stale(int(key), now)
        case Sphere.DELIVERY:
            await tx.outbox.try_again(delivery_id_from(key), now)
    console.print(f"{which} is tried again", highlight=False)


async def _drop(tx: UnitOfWork, which: str) -> None:
    from programme.model.clock import SystemClock

    sphere, key = _read(which)
    if not await tx.dead_letters.revive(sphere, key):
        raise typer.BadParameter(f"{which} is not set aside")
    if sphere is Sphere.INBOX:
        await tx.inbox.handled(int(key), SystemClock().now())
    console.print(f"{which} is let go", highlight=False)


def _read(which: str) -> tuple[Sphere, str]:
    sphere, _slash, key = which.partition("/")
    if sphere not in set(Sphere) or not key:
        raise typer.BadParameter(f"{which!r} is no SPHERE/KEY such as inbox/17")
    return Sphere(sphere), key


def _with_store(database: str | None, act: Callable[[UnitOfWork], Awaitable[None]]) -> None:
    from bot.cli.acting import open_desk
    from bot.cli.errors import told

    async def run() -> None:
        async with open_desk(database) as desk, desk.store.writing() as tx:
            await act(tx)

    told(lambda: asyncio.run(run()))
