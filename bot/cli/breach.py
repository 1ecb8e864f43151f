"""`sobat breach`: whom a leak touched, and the notices that article 46 of Law 27/2022 asks for, ready to complete."""

from __future__ import annotations

import asyncio
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console

from bot.app.settings import read_settings
from bot.cli.errors import at_desk
from bot.cli.options import Database, as_moment, maybe_moment
from locales import moment, speaking
from programme.model.controllers import DataController
from programme.model.spreadsheet_cells import lines_of
from programme.model.zones import Zone

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext
    from bot.store import UnitOfWork
    from bot.store.repositories.touched import Touched

console = Console()
FILE: Final = Path(__file__).with_name("breach_notice.toml")
TOLD_WITHIN: Final = timedelta(hours=72)
"""How long there is to tell; Law 27/2022, article 46 (1), as of 2022-10-17."""

_LISTS = ("roster", "roster_payments")


@dataclass(frozen=True, slots=True)
class Leak:
    """What is known of a leak: from when until when, of which tables, how, what is done; moments in UTC."""

    tables: Sequence[str]
    since: datetime
    until: datetime
    known: datetime
    how: str
    measures: str


def breach(
    *,
    since: Annotated[str, typer.Option("--since", help="When it began, such as 2026-11-01T09:00:00+07:00.")],
    table: Annotated[list[str], typer.Option("--table", help="What leaked; may be given several times.")],
    until: Annotated[str | None, typer.Option("--until", help="When it ended; without it, now.")] = None,
    known: Annotated[str | None, typer.Option("--known", help="When you knew of it; without it, now.")] = None,
    how: Annotated[str, typer.Option(help="How it came about, in Indonesian, for the notices.")] = "",
    measures: Annotated[str, typer.Option(help="What is done about it, in Indonesian, for the notices.")] = "",
    out: Annotated[Path, typer.Option(help="The folder for the list and both notices.")] = Path("pelanggaran"),
    database: Database = None,
) -> None:
    """List whom a leak of tables touched, and write the notices to them and to the agency (Law 27/2022, article 46).

    Touched is everybody of whom a row lay there until --until. Who was deleted since it began can't be listed any
    more: a backup of that time can. Nothing is sent by this.
    """
    began, ended, heard = as_moment(since), maybe_moment(until), maybe_moment(known)

    async def write(desk: CommandContext) -> None:
        leak = Leak(_known_tables(table), began, ended or desk.now, heard or desk.now, how, measures)
        if leak.since > leak.until:
            raise typer.BadParameter("--until is before --since")
        async with desk.store.writing() as tx:
            await tx.staff.record((await desk.member(None)).who, "breach.list", ",".join(leak.tables))
        async with desk.store.reading() as tx:
            await _write(tx, leak, out)

    at_desk(database, write)


def _known_tables(named: Sequence[str]) -> Sequence[str]:
    from bot.store.repositories.touched import PERSONAL_TABLES

    unknown = sorted(set(named) - set(PERSONAL_TABLES))
    if unknown:
        known = ", ".join(PERSONAL_TABLES)
        raise typer.BadParameter(f"{', '.join(unknown)}: no table with personal data. There are: {known}")
    return tuple(dict.fromkeys(named))


async def _write(tx: UnitOfWork, leak: Leak, out: Path) -> None:
    """Write the list and both notices, and tell how many there are by channel and until when to tell them."""
    from bot.store.repositories.touched import on_lists_only, touched

    people = [each async for each in touched(tx.connection, leak.tables, leak.until)]
    listed = sum([await on_lists_only(tx.connection, name) for name in leak.tables if name in _LISTS])
    await asyncio.to_thread(_files, people, notices(leak, len(people), listed), out)
    _tell(leak, out, people, listed)


def _files(people: Sequence[Touched], written: Mapping[str, str], out: Path) -> None:
    from bot.store.private_file import private_file

    out.mkdir(parents=True, exist_ok=True)
    with private_file(out / "terdampak.csv") as file:
        file.write(lines_of([("participant", "channel", "address", "tables")]))
        for each in people:
            told = [(each.person, channel, at, " ".join(each.tables)) for channel, at in each.places or (("", ""),)]
            file.write(lines_of(told))
    for name, words in written.items():
        (out / name).write_text(words, encoding="utf-8")


def notices(leak: Leak, people: int, listed: int) -> Mapping[str, str]:
    """Return the notices by the name of their file; what the operator did not tell is marked in them."""
    data: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    with speaking("id"):
        values = {
            "data": "\n".join(f"   - {data['tables'][name]}" for name in leak.tables),
            "since": _wib(leak.since),
            "until": _wib(leak.until),
            "known": _wib(leak.known),
            "deadline": _wib(leak.known + TOLD_WITHIN),
            "how": leak.how or "[ISI: bagaimana terjadinya]",
            "measures": leak.measures or "[ISI: upaya penanganan dan pemulihan]",
            "people": f"{people}",
            "listed": f"{listed}",
            "day": f"{_signed(read_settings().controller)}, [ISI: tanggal]",
        }
    return {
        "pemberitahuan-peserta.txt": data["people"].lstrip().format_map(values),
        "pemberitahuan-lembaga.txt": data["agency"].lstrip().format_map(values),
    }


def _signed(controller: DataController | None) -> str:
    return "[ISI: pengendali data, kontak]" if controller is None else f"{controller.name}, {controller.contact}"


def _wib(at: datetime) -> str:
    return moment(at, Zone.WIB.tz, Zone.WIB.value)


def _tell(leak: Leak, out: Path, people: Sequence[Touched], listed: int) -> None:
    channels = Counter(channel for each in people for channel, _address in each.places or (("nowhere", ""),))
    by_channel = ", ".join(f"{count:,} {channel}" for channel, count in sorted(channels.items()))
    where = f"{len(people):,} people touched ({by_channel or 'nobody'}): {out / 'terdampak.csv'}"
    console.print(where, highlight=False, soft_wrap=True)
    if listed:
        console.print(f"{listed:,} numbers of the lists belong to nobody known here: only the programme can tell them")
    deadline = (leak.known + TOLD_WITHIN).astimezone(Zone.WIB.tz)
    words = f"to be told by {deadline:%Y-%m-%d %H:%M} WIB; complete what says ISI in {out}"
    console.print(words, highlight=False, soft_wrap=True)
