"""`sobat import`: reads a list, tells what it would change, and keeps its good rows."""

from __future__ import annotations

import asyncio
import csv
import gc
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from bot.app.database_errors import missing_file
from bot.app.import_process import upload_place
from bot.app.number_keys import look_up_keys, open_keys
from bot.app.secret import Secrets
from bot.app.settings import DEFAULT_DATABASE, read_settings
from bot.editing.in_force import policy_of, programme_of
from bot.importing.folder import UploadFolder
from bot.importing.intake import SHOWN, Import, Report
from bot.importing.job import ImportJob
from bot.importing.lists import Office, Roll
from bot.importing.orders import ImportOrders, known
from bot.importing.progress import Teller
from bot.importing.rolls import LISTS
from bot.importing.words import HEADINGS
from bot.store import Store, open_store
from programme.model.clock import SystemClock
from programme.model.imports import ChangedSince, ImportState, ListImport
from programme.model.phones import NumberKeys

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext

PERSONAL = ("roster", "incentives")

SOME_BAD, UNSURE, INTERRUPTED = 1, 3, 130
"""Exit codes beside 0: some rows were bad; nothing was changed, for it looks wrong; somebody pressed Ctrl-C."""

console = Console(stderr=True)


def print_template(what: str) -> None:
    """Print an empty list with one example row, and the meaning of the columns on the error stream."""
    columns = LISTS[what].columns
    writer = csv.writer(sys.stdout)
    writer.writerow([column.name for column in columns])
    writer.writerow([column.example for column in columns])
    for column in columns:
        needed = " [bold](required)[/]" if column.required else ""
        console.print(f"  [cyan]{column.name}[/]{needed}: {column.meaning}")
        if others := HEADINGS.get((what, column.name)):
            console.print(f"      also headed {', '.join(others[:6])}", style="dim", highlight=False, soft_wrap=True)


def import_file(what: str, file: Path, *, dry_run: bool, database: str | None, sure: bool = False) -> int:
    """Import a file; return the exit code: 0 where all rows were good."""
    settings = read_settings()
    if what in PERSONAL and not settings.has_own_key:
        console.print(
            "[yellow]Note:[/] neither SOBAT_SECRET nor TELEGRAM_TOKEN is set, so numbers are hashed with the "
            "demonstration's key. The real bot will not recognise them: set what it runs with, and import again."
        )
    report = Report()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)  # rows come and go by the hundred thousand, few of them in a circle
    place = database or settings.database_url or DEFAULT_DATABASE
    try:
        asyncio.run(_import(LISTS[what], file, place, settings.secrets, report=report, dry_run=dry_run, sure=sure))
    except KeyboardInterrupt:
        _tell_stopped(report, file)
        return INTERRUPTED
    except Exception:
        if report.applied.of:
            _tell_stopped(report, file)
        raise
    return _tell(report, file, dry_run=dry_run, sure=sure)


async def _import(
    roll: Roll, file: Path, database: str, secrets: Secrets, *, report: Report, dry_run: bool, sure: bool
) -> None:
    store = None if dry_run and missing_file(database) else open_store(database)  # looking must not make one
    try:
        numbers = await _keys(store, secrets, dry_run=dry_run)
        programme, policy, typist = await programme_of(store), await policy_of(store), f"terminal:{getpass.getuser()}"
        office = Office(programme, policy, numbers, SystemClock().now(), typist)
        await Import(store, office, Teller(console)).take(roll, file, report, dry_run=dry_run, sure=sure)
    finally:
        if store is not None:
            await store.close()


async def _keys(store: Store | None, secrets: Secrets, *, dry_run: bool) -> NumberKeys:
    """Return the keys of the database, which is brought up to date unless nothing is to be changed."""
    if store is None:
        return secrets.fresh
    if dry_run:
        return await look_up_keys(store, secrets)
    await store.prepare()
    return await open_keys(store, secrets)


def _tell_stopped(report: Report, file: Path) -> None:
    if report.applied.of:
        console.print(
            f"[yellow]Stopped[/]: {report.applied.done:,} of {report.applied.of:,} changes of {escape(file.name)} are "
            f"kept, each of them whole. The same import again does the rest; sobat import undo {report.applied.number} "
            "takes them back.",
            highlight=False,
        )
    else:
        console.print("[yellow]Stopped[/]: nothing was changed.")


def _tell(report: Report, file: Path, *, dry_run: bool, sure: bool) -> int:
    """Tell what was read, what it changes, and what was done; return the exit code."""
    for note in report.notes:
        _say(f"[cyan]note[/]: {escape(note)}")
    for number, reason in report.bad[:SHOWN]:
        _say(f"[yellow]row {number}[/]: {escape(reason)}")
    if report.changes.bad > SHOWN:
        _say(f"[yellow]... and {report.changes.bad - SHOWN:,} more bad rows[/]")
    if report.refused is not None:
        _say(f"all bad rows, with the reasons: {escape(str(report.refused))} (it holds people's numbers)")
    for line in report.changes.lines():
        _say(f"  {escape(line)}")
    stopped = report.doubts and not sure
    for doubt in report.doubts:
        _say(f"[yellow]looks wrong[/]: {escape(doubt)}")
    name = escape(file.name)
    counts = f"{name}: {report.good:,} good rows, {report.changes.bad:,} bad"
    if dry_run:
        _say(f"{counts}, nothing was changed (--dry-run){'; it would need --yes' if stopped else ''}")
    elif stopped:
        _say(f"{counts}, [bold]nothing was changed[/]. If all this is right, run it again with --yes.")
    else:
        _say(f"{counts}, {report.changed:,} new or changed")
        if report.changed:
            _say(f"All of it is undone within a day by: sobat import undo {report.applied.number}")
    if stopped:
        return UNSURE
    return SOME_BAD if report.changes.bad else 0


def _say(words: str) -> None:
    console.print(words, highlight=False, soft_wrap=True)


async def taken_back(desk: CommandContext, number: int) -> ListImport:
    """Undo an import, or go on with undoing it; return how it stands. Raises ImportRefused."""
    member = await desk.member(None)
    async with desk.store.writing() as tx:
        one = await known(tx, number)
        if one.state is not ImportState.UNDOING:
            await ImportOrders().undo(tx, member.who, one)
        claimed = await tx.imports.claim(number)
    if claimed is None:
        raise ChangedSince  # another process undoes it at this moment
    folder = UploadFolder(upload_place(read_settings(), desk.store))
    office = Office(await programme_of(desk.store), await policy_of(desk.store), desk.numbers, desk.now, member.who)
    await ImportJob(desk.store, folder, lambda _who: office).work(claimed)
    async with desk.store.reading() as tx:
        return await known(tx, number)
