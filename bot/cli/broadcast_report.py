"""Shows on the terminal how far announcements are, and writes what became of each message."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from bot.cli.acting import CommandContext, open_desk
from bot.cli.whatsapp_words import receipt_lines
from bot.store.private_file import private_file
from programme.model.amendments import Amendment, AmendmentKind, AmendmentProgress
from programme.model.broadcast_refusals import NoSuchBroadcast
from programme.model.broadcasts import Broadcast, Exclusions, Progress
from programme.model.spreadsheet_cells import lines_of
from programme.model.zones import Zone

console = Console()
LOOK_EVERY = 2.0  # seconds

_REASONS = {
    "other_wave": "in other waves",
    "other_zone": "in other time zones",
    "milestone": "by milestone (bought already, or not so far)",
    "not_chosen": "not among those chosen (by list, share, or what they got)",
    "opted_out": "want no reminders",
    "unreachable": "can't be reached",
    "heard": "already got these words",
    "unknown": "on the official list, but never wrote to the bot: nobody can reach them",
}


async def show_latest(database: str | None) -> None:
    """Show the latest announcements, newest first."""
    async with open_desk(database) as desk:
        latest = await desk.office.recent(10)
    table = Table("no.", "state", "wave", "starts (WIB)", "by", "people", "sent", "failed")
    for found, progress in latest:
        waves = ", ".join(map(str, found.audience.waves)) or "all"
        numbers = (f"{found.expected:,}", f"{progress.sent:,}", f"{progress.failed + progress.gone:,}")
        table.add_row(str(found.id), _state(found), waves, wib(found.starts_at), found.author, *numbers)
    console.print(table if latest else "no announcements yet: sobat broadcast --help")


async def show(number: int, database: str | None, *, watch: bool) -> None:
    """Show one announcement; with `watch`, a bar until it is through. Raises NoSuchBroadcast."""
    async with open_desk(database) as desk:
        found, progress = await _look(desk, number)
        if watch and not found.state.is_final:
            found, progress = await _watched(desk, number)
        async with desk.store.reading() as tx:
            amended = [(each, await tx.amendments.progress(each)) for each in await tx.amendments.of(number)]
    for label, value in (*_lines(found, progress), *(line for each in amended for line in _amended(*each))):
        console.print(f"{label:<12}{value}", highlight=False)


async def write_results(number: int, file: Path | None, database: str | None) -> None:
    """Write a CSV: participant, channel, state, at (WIB), reason. Raises NoSuchBroadcast."""
    async with open_desk(database) as desk:
        await _look(desk, number)
        with _output(file) as out:
            await results_to(out, desk, number)


async def results_to(out: TextIO, desk: CommandContext, number: int) -> None:
    """Write what became of each person's message, line by line."""
    out.write(lines_of([("participant", "channel", "state", "at", "reason")]))
    async with desk.store.reading() as tx:
        async for each in tx.broadcasts.results(number):
            at = each.at.astimezone(Zone.WIB.tz).isoformat(timespec="seconds") if each.at else ""
            out.write(lines_of([(each.participant, each.channel or "", each.state.value, at, each.reason or "")]))


def left_out(exclusions: Exclusions) -> Iterator[tuple[str, int]]:
    """Name the reasons for which people are left out, with their number, where there are any."""
    return ((_REASONS[name], count) for name, count in asdict(exclusions).items() if count)


def wib(moment: datetime) -> str:
    """Write a moment on the programme's clock."""
    return f"{moment.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M:%S} WIB"


def duration(time: timedelta) -> str:
    """Write a duration: 2 h 05 min, or 40 s."""
    seconds = int(time.total_seconds())
    return f"{seconds} s" if seconds < 60 else f"{seconds // 3600} h {seconds % 3600 // 60:02} min"


async def _look(desk: CommandContext, number: int) -> tuple[Broadcast, Progress]:
    looked_at = await desk.office.look_at(number)
    if looked_at is None:
        raise NoSuchBroadcast(number)
    return looked_at


async def _watched(desk: CommandContext, number: int) -> tuple[Broadcast, Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console) as bar:
        task = bar.add_task("")
        while True:
            found, progress = await _look(desk, number)
            through = progress.planned - progress.waiting
            total = max(found.expected, progress.planned)
            bar.update(task, description=_state(found), completed=through, total=total)
            if found.state.is_final:
                return found, progress
            await asyncio.sleep(LOOK_EVERY)


def _lines(found: Broadcast, progress: Progress) -> Iterator[tuple[str, str]]:
    yield "state", _state(found) + (f" ({found.reason})" if found.reason else "")
    yield "ordered by", found.author + (f", approved by {found.approver}" if found.approver else "")
    yield "starts", wib(found.starts_at)
    if found.not_after:
        yield "ends by", wib(found.not_after)
    yield "people", f"{found.expected:,}"
    for reason, count in left_out(found.exclusions):
        yield "  left out", f"{count:,} {reason}"
    counts = asdict(progress)
    reasons = counts.pop("reasons")
    del counts["receipts"]
    for name, count in counts.items():
        if count:
            yield name, f"{count:,}"
    for reason, count in reasons:
        yield "  why", f"{count:,} {reason}"
    yield from receipt_lines(progress.receipts)


def _amended(amendment: Amendment, progress: AmendmentProgress) -> Iterator[tuple[str, str]]:
    """Tell of an amendment how far it is, and who keeps the former words."""
    withdraws = amendment.kind is AmendmentKind.WITHDRAW
    yield "withdrawn" if withdraws else "edited", f"by {amendment.author}, {amendment.state.value.replace('_', ' ')}"
    named = {
        "done": "done",
        "waiting": "waiting",
        "no_way": "got it on WhatsApp, where nothing can be changed: sobat broadcast correct",
        "too_late": "got it more than 48 hours ago, or without a trace of their message",
        "failed": "refused by the channel",
        "unsure": "perhaps never got it",
    }
    for name, words in named.items():
        if count := getattr(progress, name):
            yield "", f"{count:,} {words}"


def _state(found: Broadcast) -> str:
    return found.state.value.replace("_", " ")


@contextmanager
def _output(file: Path | None) -> Iterator[TextIO]:
    if file is None:
        yield sys.stdout
        return
    with private_file(file) as out:
        yield out
    console.print(f"[green]✓[/] written to {file}", highlight=False)
