"""`sobat import`: reads a list, keeps its good rows, and tells about every bad one."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot.importing.incentives import IncentiveList
from bot.importing.lists import Office, Roll
from bot.importing.roster import RosterList
from bot.importing.sheets import BadRow, Row, rows_of
from bot.importing.trainings import TrainingList
from bot.number_keys import open_keys
from bot.secret import Secrets
from bot.settings import read_settings
from bot.store import Store, open_store
from programme.clock import SystemClock
from programme.programme import load_programme
from reminders.policy import load_policy

LISTS: dict[str, Roll] = {"roster": RosterList(), "trainings": TrainingList(), "incentives": IncentiveList()}
PERSONAL = ("roster", "incentives")
BATCH = 5_000
SHOWN = 50
DEFAULT_DATABASE = "sqlite:///sobat.db"

console = Console(stderr=True)


@dataclass(slots=True)
class Report:
    """What an import came to. Row numbers count the heading as row 1."""

    good: int = 0
    changed: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def print_template(what: str) -> None:
    """Print an empty list with one example row, and the meaning of the columns on the error stream."""
    columns = LISTS[what].columns
    writer = csv.writer(sys.stdout)
    writer.writerow([column.name for column in columns])
    writer.writerow([column.example for column in columns])
    for column in columns:
        needed = " [bold](required)[/]" if column.required else ""
        console.print(f"  [cyan]{column.name}[/]{needed}: {column.meaning}")


def import_file(what: str, file: Path, *, dry_run: bool, database: str | None) -> int:
    """Import a file; return the exit code: 0 where all rows were good, 1 where some were not."""
    settings = read_settings()
    if what in PERSONAL and not settings.has_own_key:
        console.print(
            "[yellow]Note:[/] neither SOBAT_SECRET nor TELEGRAM_TOKEN is set, so numbers are hashed with the "
            "demonstration's key. The real bot will not recognise them: set what it runs with, and import again."
        )
    url = database or settings.database_url or DEFAULT_DATABASE
    report = asyncio.run(_import(LISTS[what], file, url, settings.secrets, dry_run=dry_run))
    _tell(report, file, dry_run=dry_run)
    return 1 if report.bad else 0


async def _import(roll: Roll, file: Path, database: str, secrets: Secrets, *, dry_run: bool) -> Report:
    store = open_store(database)
    now = SystemClock().now()
    try:
        numbers = secrets.fresh
        if not dry_run:
            await store.prepare()
            numbers = await open_keys(store, secrets, now)
        office = Office(load_programme(), load_policy(), numbers, now)
        return await import_rows(roll, file, store, office, dry_run=dry_run)
    finally:
        await store.close()


async def import_rows(roll: Roll, file: Path, store: Store, office: Office, *, dry_run: bool = False) -> Report:
    """Read the file and keep its good rows, a batch at a time. Raises UnreadableFile."""
    report = Report()
    rows = rows_of(file, tuple(column.name for column in roll.columns if column.required))
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(file.name, total=None)
        while batch := list(islice(rows, BATCH)):
            items = list(_good(roll, batch, office, report))
            if items and not dry_run:
                async with store.writing() as tx:
                    report.changed += await roll.put(items, tx, office)
            report.good += len(items)
            progress.update(bar, advance=len(batch), description=f"{file.name}: {report.good:,} rows")
    return report


def _good(roll: Roll, batch: list[Row], office: Office, report: Report) -> Iterator[Any]:
    for row in batch:
        try:
            yield roll.read(row, office)
        except BadRow as bad:
            report.bad.append((row.number, str(bad)))


def _tell(report: Report, file: Path, *, dry_run: bool) -> None:
    for number, reason in report.bad[:SHOWN]:
        console.print(f"[yellow]row {number}[/]: {reason}", highlight=False)
    if len(report.bad) > SHOWN:
        console.print(f"[yellow]... and {len(report.bad) - SHOWN:,} more bad rows[/]")
    done = "nothing was changed (--dry-run)" if dry_run else f"{report.changed:,} new or changed"
    console.print(f"{file.name}: {report.good:,} good rows, {len(report.bad):,} bad, {done}", highlight=False)
