"""`sobat check --live`: how the running service does, and whether the next cutoff's reminders will be out in time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import orjson
from rich.console import Console

from bot.app.health import complaints, lines, look
from bot.app.metrics.cutoff_figures import CutoffFigures, read_cutoffs
from bot.app.settings import read_settings
from bot.app.whatsapp_health import template_complaints
from bot.app.write_probe import LITTLE
from bot.cli.acting import opened
from bot.cli.check_messengers import telegram_webhook_troubles
from bot.editing.in_force import policy_of, programme_of
from bot.store import Store
from bot.store.engine.migrate import known_revisions
from locales import moment, speaking
from programme.model.zones import Zone

console = Console()

URGENT: Final = timedelta(hours=6)
"""So long before a cutoff nobody should be without a reminder; as the alert CutoffAtRisk has it."""

FRESH: Final = timedelta(days=3)
"""So old the roster may be while a cutoff is as near: whoever bought since would be reminded all the same."""


@dataclass(slots=True)
class Findings:
    """What there is to tell, and what is wrong with what to do about it."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def check_live(database: str | None = None, *, as_json: bool = False) -> int:
    """Tell how the running service is doing; return 0 where nothing waits for too long."""
    console.quiet = as_json
    found = Findings()
    async with opened(database) as store:
        await _revision(store, found)
        await _queues(store, found)
        await look_at_cutoffs(store, found)
        _disk(store.directory, found)
    found.wrong += await telegram_webhook_troubles(console)
    _tell(found, as_json=as_json)
    return 1 if found.wrong else 0


def _tell(found: Findings, *, as_json: bool) -> None:
    for line in found.lines:
        console.print(f"  {line}", highlight=False, soft_wrap=True)
    for complaint in found.wrong:
        console.print(f"[red]✗[/] {complaint}", highlight=False, soft_wrap=True)
    if not found.wrong:
        console.print("[green]✓[/] nothing waits for too long")
    if as_json:
        told = {"ok": not found.wrong, "waits": found.lines, "wrong": found.wrong}
        sys.stdout.write(orjson.dumps(told).decode() + "\n")


async def _revision(store: Store, found: Findings) -> None:
    revision, newest = await store.revision(), max(known_revisions())
    found.lines.append(f"revision of the database: {revision or 'none'}; of this Sobat: {newest}")
    if revision is not None and revision < newest:
        found.wrong.append("the database is older than this Sobat: sobat db upgrade")
        return
    async with store.reading() as tx:
        left = await tx.back_fills.unfinished()
    found.lines += [f"back-fill {each.name}: up to row {each.upto:,} of {each.last:,}" for each in left]


async def _queues(store: Store, found: Findings) -> None:
    async with store.reading() as tx:
        stats = await look(tx)
        templates = await tx.accounts.templates() if stats.whatsapp is not None else None
    found.lines += lines(stats)
    found.wrong += complaints(stats, read_settings().whatsapp_tier)
    if templates is not None:
        found.wrong += template_complaints(templates, await programme_of(store), stats.at)


async def look_at_cutoffs(store: Store, found: Findings) -> None:
    """The next cutoffs: whether the last reminders will be out in time, and whether the roster is fresh enough."""
    settings, now = read_settings(), store.clock.now()
    rates: Mapping[str, float] = {"telegram": settings.telegram_rate, "whatsapp": settings.whatsapp_rate}
    coming = await read_cutoffs(store, await programme_of(store), await policy_of(store), rates)
    found.lines += [cutoff_line(each, now) for each in coming] or ["next cutoff: none within 31 days"]
    found.wrong += [trouble for each in coming for trouble in cutoff_troubles(each, now)]
    async with store.reading() as tx:
        roster = await tx.imports.last_kept("roster")
    age = None if roster is None else now - roster.changed_at
    found.lines.append("roster: none was imported" if age is None else f"roster: imported {_long(age)} ago")
    near = min((each.at for each in coming), default=None)
    if age is not None and near is not None and near - now <= FRESH < age:
        found.wrong.append(
            f"the last roster is {_long(age)} old and a cutoff is near: sobat import roster, or people are reminded "
            "who have bought"
        )


def cutoff_line(cutoff: CutoffFigures, now: datetime) -> str:
    """Say when a wave's cutoff is, and when its last reminders will be out where that is reckoned."""
    out = "" if cutoff.finish is None else f"; its last reminders will be out at {_wib(cutoff.finish)}"
    return f"cutoff of wave {cutoff.wave}: {_wib(cutoff.at)}, in {_long(cutoff.at - now)}{out}"


def cutoff_troubles(cutoff: CutoffFigures, now: datetime) -> list[str]:
    """Say why people of a wave may lose their place without a word from us, and where what to do stands."""
    found, what = [], "docs/OPERATIONS.md, CutoffAtRisk"
    if cutoff.finish is not None and cutoff.finish > cutoff.at:
        found.append(f"the last reminders of wave {cutoff.wave} will be out after its cutoff, at the rates set: {what}")
    if cutoff.unreminded and cutoff.at - now < URGENT:
        found.append(f"{cutoff.unreminded:,} people of wave {cutoff.wave} had no reminder since yesterday: {what}")
    return found


def _disk(directory: str | None, found: Findings) -> None:
    if directory is None:
        return
    free = shutil.disk_usage(directory).free
    found.lines.append(f"disk of the database: {free >> 20:,} MB free")
    if free < LITTLE:
        found.wrong.append(f"only {free >> 20} MB are left on the disk of the database: make room")


def _long(span: timedelta) -> str:
    return f"{span.days} days" if span.days >= 2 else f"{span / timedelta(hours=1):.0f} h"


def _wib(at: datetime) -> str:
    with speaking("en"):
        return moment(at, Zone.WIB.tz, Zone.WIB.value)
