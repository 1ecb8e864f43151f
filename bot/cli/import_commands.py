"""`sobat import`: takes lists in, lists what was taken in, and takes it back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.errors import at_desk, told
from bot.cli.options import Database

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext

app = typer.Typer(
    no_args_is_help=True,
    help="""
Take in a list: who passed (roster), trainings, or incentive payments.

The whole list is read and compared before anything is changed, and told is what becomes different. Good rows go
in; every bad row is reported with its number and the reason, and lies in FILE.ditolak.csv. A cell or column
that is missing leaves what is known; running it twice changes nothing. Where too much looks wrong, nothing
happens without --yes. The columns are told by --template. Within a day, all of it can be undone.
""",
)

File = Annotated[Path | None, typer.Argument(help="A .csv, .tsv or .xlsx file.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would change, change nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Take it in though much of it looks wrong.")]
Template = Annotated[bool, typer.Option("--template", help="Print an empty list with its columns.")]
Number = Annotated[int, typer.Argument(help="The import's number; sobat import list tells them.")]


_LISTS = {
    "roster": "Who passed, by phone number.",
    "trainings": "Trainings, with who sells them and for how much.",
    "incentives": "Incentive payments, by phone number.",
}


def _command(what: str, words: str) -> None:
    @app.command(what, help=words)
    def take(
        file: File = None,
        *,
        dry_run: DryRun = False,
        yes: Yes = False,
        template: Template = False,
        database: Database = None,
    ) -> None:
        from bot.cli.importing import import_file, print_template

        if template:
            print_template(what)
            return
        if file is None:
            raise typer.BadParameter("which file? Or --template for an empty one.")
        told(lambda: sys.exit(import_file(what, file, dry_run=dry_run, sure=yes, database=database)))


for _what, _words in _LISTS.items():
    _command(_what, _words)


@app.command("list")
def listed(database: Database = None) -> None:
    """List the latest imports, those of the console too: number, when, who, how far."""
    at_desk(database, _list)


@app.command()
def undo(number: Number, database: Database = None) -> None:
    """Take back what an import changed, within a day. What came after it stays, and is counted.

    Messages that went out because of it can't be called back.
    """
    at_desk(database, lambda desk: _undo(desk, number))


async def _list(desk: CommandContext) -> None:
    from bot.cli.importing import console
    from programme.model.zones import Zone

    async with desk.store.reading() as tx:
        found = await tx.imports.recent(20)
    if not found:
        console.print("No list was taken in yet: sobat import roster FILE")
    for one in found:
        when = f"{one.created_at.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M} WIB"
        counts = f"{one.kept:,} of {one.changes:,} kept" + (f", {one.undone:,} undone" if one.undone else "")
        undoable = ", can be undone" if one.can_be_undone(desk.now) else ""
        line = f"{one.id}  {when}  {one.list}  {one.file}  {one.author}  {one.state}: {counts}{undoable}"
        console.print(line, highlight=False, soft_wrap=True, markup=False)


async def _undo(desk: CommandContext, number: int) -> None:
    from bot.cli.importing import console, taken_back

    one = await taken_back(desk, number)
    left = f"; {one.left:,} were changed or deleted since, and stay as they are" if one.left else ""
    console.print(
        f"{one.undone:,} of {one.kept:,} changes of {one.file} are undone{left}", highlight=False, markup=False
    )
