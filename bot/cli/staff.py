"""`sobat staff`: who works here, and what they did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.errors import at_desk
from bot.cli.options import Database
from programme.model.staff import LINK_LASTS, Role, StaffMember
from programme.model.zones import Zone

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext

app = typer.Typer(
    no_args_is_help=True,
    help="""
Look after the staff: agents answer people, supervisors also make announcements, admins may do everything.

Begin with the first admin:  [bold]sobat staff add --telegram 12345 --role admin --name "Rina"[/]
""",
)
console = Console()

Telegram = Annotated[int | None, typer.Option("--telegram", help="The person's Telegram id, a number.")]
Terminal = Annotated[
    str | None, typer.Option("--terminal", help="Instead: their name in sobat chat, or their login here.")
]


def _place(telegram: int | None, terminal: str | None) -> tuple[str, str]:
    if (telegram is None) == (terminal is None):
        raise typer.BadParameter("who? --telegram NUMBER, or --terminal NAME")
    return ("telegram", str(telegram)) if telegram is not None else ("terminal", str(terminal))


@app.command()
def add(
    *,
    telegram: Telegram = None,
    terminal: Terminal = None,
    role: Annotated[Role, typer.Option(help="What they may do; each role includes the ones before it.")],
    name: Annotated[str, typer.Option(help="How colleagues call them.")],
    database: Database = None,
) -> None:
    """Take somebody in, or change their role or name."""
    channel, address = _place(telegram, terminal)

    async def put(desk: CommandContext) -> None:
        member = StaffMember(channel=channel, address=address, role=role, name=name)
        who = (await desk.member(None)).who
        async with desk.store.writing() as tx:
            await tx.staff.put(member)
            await tx.staff.record(who, "staff add", member.who, role=role.value)
        console.print(f"[green]✓[/] {name} is {role.value} now", highlight=False)

    at_desk(database, put, first=True)


@app.command()
def remove(telegram: Telegram = None, terminal: Terminal = None, database: Database = None) -> None:
    """Let somebody go, and with them their invitations, their duty and the announcements that rest on them alone.

    What they did stays in the records.
    """
    from bot.broadcasts.dismissal import dismiss

    channel, address = _place(telegram, terminal)

    async def take_away(desk: CommandContext) -> None:
        who = (await desk.member(None)).who
        async with desk.store.writing() as tx:
            member = await tx.staff.at(channel, address)
            if member is None:
                raise typer.BadParameter(f"{channel}:{address} is not on the staff: see sobat staff list")
            ended = await dismiss(tx, member, who)
        console.print("[green]✓[/] removed; their invitations are void and their duty has ended")
        if ended:
            console.print(f"announcements that were cancelled or paused: {', '.join(map(str, ended))}", highlight=False)

    at_desk(database, take_away)


@app.command("list")
def list_(database: Database = None) -> None:
    """Show everybody on the staff."""

    async def show(desk: CommandContext) -> None:
        async with desk.store.reading() as tx:
            everybody = await tx.staff.everybody()
        table = Table("name", "role", "where")
        for member in everybody:
            table.add_row(member.name, member.role.value, member.who)
        console.print(table if everybody else "nobody yet: sobat staff add --help")

    at_desk(database, show)


@app.command()
def link(
    name: Annotated[str, typer.Argument(help="The member's name, or their address such as telegram:12345.")],
    database: Database = None,
) -> None:
    """Make a link into the console for a member, for two minutes and once; the first member gets in by this."""
    from bot.app.settings import read_settings

    async def make(desk: CommandContext) -> None:
        settings, who = read_settings(), (await desk.member(None)).who
        async with desk.store.writing() as tx:
            meant = [one for one in await tx.staff.everybody() if name in {one.name, one.who}]
            if len(meant) != 1:
                raise typer.BadParameter(f"{len(meant) or 'nobody'} on the staff by {name!r}: see sobat staff list")
            code = await tx.doors.link(meant[0], who, LINK_LASTS)
            await tx.staff.record(who, "console.link", meant[0].who)
        base = settings.console_url or f"http://{settings.host}:{settings.console_port}"
        console.print(f"{base}/konsol/masuk/{code}", highlight=False, soft_wrap=True)
        console.print("It works for two minutes, once; where it leads: sobat run --only console", highlight=False)

    at_desk(database, make)


@app.command()
def records(
    subject: Annotated[str | None, typer.Argument(help="Only what was done to this, such as broadcast/12.")] = None,
    database: Database = None,
) -> None:
    """Show the latest hundred acts of the staff, newest first."""

    async def show(desk: CommandContext) -> None:
        async with desk.store.reading() as tx:
            entries = await tx.staff.records(subject)
        table = Table("when (WIB)", "who", "act", "on", "")
        for each in entries:
            at = each.at.astimezone(Zone.WIB.tz)
            table.add_row(f"{at:%Y-%m-%d %H:%M:%S}", each.who, each.act, each.subject, _told(each.details))
        console.print(table)

    at_desk(database, show)


def _told(details: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in details.items())
