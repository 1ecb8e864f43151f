"""What is wrong with a database, and what an operator can do about it, in one sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from bot.app.settings import WrongSetting
from bot.store.engine.engines import UnknownDatabase, read_address
from bot.store.engine.migrate import DatabaseTooNew
from bot.store.unavailable import NotOnDisk, is_away, words_of

NO_ADDRESS: Final = "no database address: expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"

TOO_NEW: Final = "a newer Sobat made this database: install that one, or put back the backup from before"

_PRIMARY: Final = 0xFF
_HELD: Final = "another process holds the database (a backup, a shell, an import): end it, or try again later"
_SQLITE: Final = {
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database: is DATABASE_URL right? Else put back the latest backup",
    sqlite3.SQLITE_CORRUPT: "the database is damaged: stop Sobat, keep the file, and put back the latest backup",
    sqlite3.SQLITE_CANTOPEN: "the database can't be opened: is its directory there, and may this account write to it?",
    sqlite3.SQLITE_READONLY: "the database can't be written: give this account the right to, for file and directory",
    sqlite3.SQLITE_PERM: "the database may not be opened by this account: give it the right to",
    sqlite3.SQLITE_FULL: "the disk is full: make room, and what waits goes on by itself",
    sqlite3.SQLITE_IOERR: "the disk does not read or write: look at the system's log, and have a backup at hand",
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
}
_POSTGRESQL: Final = (
    ("password authentication failed", "PostgreSQL does not take the user or the password in DATABASE_URL"),
    ("no password supplied", "PostgreSQL wants a password: postgresql://USER:PASSWORD@HOST/NAME in DATABASE_URL"),
    ("no pg_hba.conf entry", "PostgreSQL lets nobody in from this machine: see its pg_hba.conf"),
    ('role "', "PostgreSQL does not know the user in DATABASE_URL"),
    ('database "', "PostgreSQL has no database of the name in DATABASE_URL: create it with createdb"),
    ("too many", "PostgreSQL has no connection left: raise max_connections, or end what holds them"),
    ("failed to resolve host", "the host in DATABASE_URL is not known: is it spelt right?"),
    ("permission denied", "the user in DATABASE_URL may not do that in PostgreSQL: make it the owner of the database"),
)


def about(error: BaseException) -> str | None:
    """Say what is wrong where it is the database; None for everything else."""
    if isinstance(error, NotOnDisk):
        return f"what was committed can't be forced onto the disk ({error}): is it full, or failing?"
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return NO_ADDRESS
    if isinstance(error, UnknownDatabase):
        return str(error)
    if isinstance(error, DatabaseTooNew):
        return TOO_NEW
    if not isinstance(error, DBAPIError | sqlite3.Error):
        return f"the database does not answer ({words_of(error)}): has it connections left?" if is_away(error) else None
    return _of_driver(getattr(error, "orig", None) or error) or _in_general(error)


def must_be_there(address: str | None) -> None:
    """Refuse to look into an SQLite file that isn't there: looking would make an empty one. Raises WrongSetting."""
    if (path := missing_file(address)) is not None:
        raise WrongSetting(
            f"no database at {path}: is Sobat served from another directory? Set DATABASE_URL to its file"
        )


def missing_file(address: str | None) -> Path | None:
    """Return the SQLite file that the first start will make; None where it is there, or there is no such file."""
    path = _file(_read(address))
    return None if path is None or path.exists() else path


def place_troubles(address: str) -> list[str]:
    """Say what is wrong with the place of an SQLite file, whether it is there yet or not."""
    path = _file(_read(address))
    if path is None:
        return []
    place = path.absolute().parent
    if not place.is_dir():
        return [f"DATABASE_URL: there is no directory {place}: make it, or name another"]
    if path.is_dir():
        return [f"DATABASE_URL: {path} is a directory: name a file in it"]
    closed = [str(each) for each in (place, path) if each.exists() and not os.access(each, os.W_OK)]
    return [f"DATABASE_URL: {each} can't be written by this account: give it the right to" for each in closed]


def about_file(error: OSError) -> str | None:
    """Say what is wrong with a file or a disk; None where that says nothing to an operator."""
    if isinstance(error, FileNotFoundError) and error.filename:
        place = Path(str(error.filename)).parent
        return f"no such file: {error.filename}" if place.is_dir() else f"no such directory: {place}"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"the disk is full: make room{f' for {error.filename}' if error.filename else ''}"
    if error.errno in {errno.EMFILE, errno.ENFILE}:
        return "too many files are open: raise the limit (ulimit -n), or stop what else runs"
    if error.filename and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}: name another, or give this account the right to"
    return None


def _of_driver(error: BaseException) -> str | None:
    sort = getattr(error, "sqlite_errorcode", None)
    if sort is not None:
        if "no such table" in str(error):
            return "the database was never set up, or by an older Sobat: run sobat db upgrade"
        return _SQLITE.get(sort & _PRIMARY)
    said = str(error).lower()
    if getattr(error, "sqlstate", None) == "42P01":
        return "the database was never set up, or by an older Sobat: run sobat db upgrade"
    return next((sentence for words, sentence in _POSTGRESQL if words in said), None)


def _in_general(error: BaseException) -> str | None:
    if not is_away(error):
        return None
    return f"the database does not answer ({words_of(error)}): is DATABASE_URL right, and does the server run?"


def _read(address: str | None) -> URL:
    try:
        return read_address(address or "sqlite://")
    except ArgumentError:
        raise WrongSetting(f"DATABASE_URL: {NO_ADDRESS}") from None


def _file(url: URL) -> Path | None:
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if is_file else None
