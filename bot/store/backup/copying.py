"""Copies a database into one file and back: SQLite by its online backup, PostgreSQL by its own tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import URL

from bot.store.engine.engines import database

_HEADER: Final = b"SQLite format 3\x00"
_OTHER: Final = 'Is it of another version? Both tools must be at least as new as the server ("pg_dump --version")'


class NoCopy(Exception):
    """A backup or a restore can't be done; the sentence says why, and what to do."""


def copy_out(url: str, file: Path) -> None:
    """Write everything into `file`, as of one moment, while others read and write. Raises NoCopy."""
    place = database(url)
    file.touch(mode=0o600, exist_ok=False)
    if place.get_backend_name() == "sqlite":
        _copy_sqlite(str(place.database), file)
    else:
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
        _run("pg_dump", options, place)


def copy_in(file: Path, url: str) -> None:
    """Put what is in `file` into a database that has nothing in it yet. Raises NoCopy."""
    place = database(url)
    with file.open("rb") as opened:
        of_sqlite = opened.read(len(_HEADER)) == _HEADER
    if of_sqlite != (place.get_backend_name() == "sqlite"):
        raise NoCopy(f"{file.name} is of {'SQLite' if of_sqlite else 'PostgreSQL'}, and the database is not")
    if of_sqlite:
        _put_sqlite(file, Path(str(place.database)))
        return
    if not _is_empty(place):
        raise NoCopy("there is something in that database: restore into a new one (createdb), then use that")
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", (*options, f"--dbname={place.database}", str(file)), place)


def _copy_sqlite(source: str, file: Path) -> None:
    """In one step: what is written meanwhile goes to the log, and nobody waits."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as before, closing(sqlite3.connect(file)) as copy:
        before.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file


def _put_sqlite(file: Path, place: Path) -> None:
    if place.exists():
        raise NoCopy(f"{place} is there: move it away first, with its -wal and -shm")
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as copy:
        [found] = copy.execute("PRAGMA quick_check").fetchone()
    if found != "ok":
        raise NoCopy(f"{file.name} is damaged: {found}")
    part = place.with_name(f"{place.name}.part")
    shutil.copyfile(file, part)
    part.chmod(0o600)
    part.replace(place)


def _is_empty(place: URL) -> bool:
    address = place.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1")
        return found.fetchone() is None


def _run(tool: str, options: Sequence[str], place: URL) -> None:
    """Run one of PostgreSQL's tools; its password goes by the environment, where no other account sees it."""
    found = shutil.which(tool)
    if found is None:
        raise NoCopy(f"{tool} is not installed: it comes with Debian's package postgresql-client")
    done = subprocess.run([found, *options], env=_environment(place), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        why = "; ".join(line.removeprefix(f"{tool}: ") for line in done.stderr.splitlines() if line.strip())
        raise NoCopy(f"{tool}: {why}. {_OTHER}")


def _environment(place: URL) -> Mapping[str, str]:
    host = place.host or place.query.get("host")
    given = {
        "PGHOST": host,
        "PGPORT": place.port,
        "PGUSER": place.username,
        "PGPASSWORD": place.password,
        "PGDATABASE": place.database,
        "PGSSLMODE": place.query.get("sslmode"),
    }
    return os.environ | {name: str(value) for name, value in given.items() if value}
