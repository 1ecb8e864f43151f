"""`sobat backup` and `sobat restore`: everything in one file, and back, so that nobody hears anything twice."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.errors import told
from bot.cli.options import Database

console = Console(stderr=True)

File = Annotated[Path | None, typer.Argument(help="The file; else sobat-TIME.backup here.")]


class PastReminders(StrEnum):
    """What becomes of reminders that fell due between the backup and now."""

    SEND = "send"
    DROP = "drop"


def backup(file: File = None, database: Database = None) -> None:
    """Write everything into one file, while Sobat serves. Sealed for BACKUP_KEY, a public key of age, where it is set.

    The secret (SOBAT_SECRET) is not in it, and without the secret a restored database knows nobody's number: keep
    it elsewhere. On PostgreSQL this needs pg_dump, at least as new as the server.
    """
    told(lambda: _backup(file, database))


def restore(
    file: Annotated[Path | None, typer.Argument(help="A backup.")] = None,
    *,
    identity: Annotated[Path | None, typer.Option(help="The file with age's private key, for a sealed backup.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Let reminders go out again after a restore.")] = False,
    past: Annotated[
        PastReminders | None, typer.Option(help="With --resume: reminders from between the backup and now.")
    ] = None,
    database: Database = None,
) -> None:
    """Put a backup into a database that has nothing in it yet, while no Sobat runs on it.

    What was under way is marked unknown and not sent again, broadcasts are paused, and reminders are held back
    until `sobat restore --resume`, which asks what becomes of those that fell due meanwhile.
    """
    if resume == (file is not None):
        raise typer.BadParameter("which backup? Or --resume, after one was restored")
    told(lambda: asyncio.run(_resume(database, past)) if file is None else _restore(file, identity, database))


def _backup(file: Path | None, database: str | None) -> None:
    from bot.app.database_errors import must_be_there
    from bot.app.settings import WrongSetting, read_settings
    from bot.store.backup.copying import copy_out
    from bot.store.backup.sealing import seal

    settings, address = read_settings(), _address(database)
    must_be_there(address)
    into = file or Path(f"sobat-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup")  # the name of a file, on any clock
    if into.exists():
        raise WrongSetting(f"{into} is there: name another file")
    part = into.with_name(f"{into.name}.part")
    try:
        copy_out(address, part)
        if settings.backup_key is None:
            part.replace(into)
        else:
            seal(part, into, settings.backup_key)
    finally:
        part.unlink(missing_ok=True)
    size = into.stat().st_size / 1e6
    sealed = "sealed" if settings.backup_key else "not sealed (BACKUP_KEY): whoever has the file can read it"
    console.print(f"[green]✓[/] {into}, {size:,.1f} MB, {sealed}", highlight=False)


def _restore(file: Path, identity: Path | None, database: str | None) -> None:
    from bot.store.backup.copying import NoCopy, copy_in
    from bot.store.backup.sealing import is_sealed, unseal

    address = _address(database)
    with tempfile.TemporaryDirectory(prefix="sobat-", dir=file.absolute().parent) as place:
        plain = file
        if is_sealed(file):
            if identity is None:
                raise NoCopy("the backup is sealed: --identity FILE names the private key")
            unseal(file, plain := Path(place) / "backup", identity)
        copy_in(plain, address)
    asyncio.run(_mark(address))


async def _mark(address: str) -> None:
    from bot.cli.acting import opened
    from bot.store.backup.restored import mark

    async with opened(address) as store:
        await store.prepare()
        async with store.writing() as tx:
            found = await mark(tx.connection, tx.now)
    console.print(
        f"[green]✓[/] restored. Nobody knows what became of {found.messages:,} messages and {found.deliveries:,} "
        f"deliveries: they are left alone. {found.broadcasts:,} broadcasts are paused. Reminders are held back: "
        "once Sobat serves again, sobat restore --resume",
        highlight=False,
    )


async def _resume(database: str | None, chosen: PastReminders | None) -> None:
    from bot.app.jobs import skip_past
    from bot.cli.acting import opened
    from bot.store.backup.restored import past, restored_at, resume, send_past

    async with opened(database) as store:
        async with store.reading() as tx:
            since, found = await restored_at(tx.connection), await past(tx.connection, tx.now)
        if since is None:
            console.print("[green]✓[/] nothing is held back")
            return
        what = chosen or _asked(str(found))
        if what is PastReminders.DROP:
            await skip_past(store)
        async with store.writing() as tx:
            if what is PastReminders.SEND:
                await send_past(tx.connection, tx.now)
            await resume(tx.connection)
    console.print("[green]✓[/] reminders go out again", highlight=False)


def _asked(found: str) -> PastReminders:
    console.print(f"{found}.", highlight=False)
    answer = typer.prompt("Remind them now (some for the second time), or leave that out? send/drop", default="drop")
    try:
        return PastReminders(answer)
    except ValueError:
        raise typer.BadParameter("send or drop") from None


def _address(database: str | None) -> str:
    from bot.app.settings import DEFAULT_DATABASE, read_settings

    return database or read_settings().database_url or DEFAULT_DATABASE
